import type { Json } from "../../support/synthesize";
import { uriOf } from "./asked-of-callers";

const INTEGRATION = "x-amazon-apigateway-integration";
const AUTHORIZER = "x-amazon-apigateway-authorizer";
const role = "arn:aws:iam::123456789012:role/r";

const schema = {
  type: "object",
  title: "A pet",
  description: "A pet of the shop",
  required: ["name"],
  properties: {
    name: { type: "string", pattern: "^[a-z]+$", enum: ["rex", "tom"], description: "What it is called" },
    kind: { $ref: "#/components/schemas/Kind" },
    tags: { type: "array", items: { type: "string" } },
  },
};
const kind = { type: "object", properties: { "a-b": { type: "string" } }, additionalProperties: { type: "string" } };

const answers = {
  default: {
    statusCode: "200",
    responseParameters: {
      "method.response.header.X-Id": "integration.response.header.id",
      "method.response.header.A": "'a'",
    },
    responseTemplates: { "application/json": '{"a":$input.json("$.a")}', "text/plain": "fine" },
    contentHandling: "CONVERT_TO_TEXT",
  },
  "4\\d{2}": { statusCode: "404", responseTemplates: { "application/json": "{}" } },
};

const integrations: Readonly<Record<string, Json>> = {
  http: {
    type: "http",
    httpMethod: "POST",
    uri: "https://b.example.com/{id}",
    requestParameters: {
      "integration.request.path.id": "method.request.path.id",
      "integration.request.header.X-A": "'fixed'",
      "integration.request.querystring.q": "method.request.querystring.q",
    },
    requestTemplates: { "application/json": '{"body":$input.body}' },
    passthroughBehavior: "never",
    contentHandling: "CONVERT_TO_TEXT",
    cacheKeyParameters: ["method.request.querystring.q"],
    cacheNamespace: "own",
    responses: answers,
  },
  service: {
    type: "aws",
    httpMethod: "POST",
    uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/q",
    credentials: role,
    requestTemplates: { "application/json": "Action=SendMessage" },
    responses: answers,
  },
  function: { type: "aws_proxy", httpMethod: "POST", uri: uriOf("f"), credentials: role },
  link: {
    type: "http_proxy",
    httpMethod: "GET",
    uri: "http://nlb.example.com/a",
    connectionType: "VPC_LINK",
    connectionId: "abc123",
  },
  mock: {
    type: "mock",
    responses: { default: { statusCode: "200", responseTemplates: { "application/json": '{"a":["b"]}' } } },
  },
  "mock with headers": {
    type: "mock",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    responses: {
      default: {
        statusCode: "200",
        responseParameters: { "method.response.header.X-A": "'1'" },
        responseTemplates: { "application/json": '{"a":"b"}' },
      },
    },
  },
};

const preflight = {
  security: [],
  [INTEGRATION]: {
    type: "mock",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    responses: {
      default: {
        statusCode: "200",
        responseParameters: {
          "method.response.header.Access-Control-Allow-Headers": "'Content-Type,X-A'",
          "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
          "method.response.header.Access-Control-Allow-Origin": "'https://shop.example.com'",
        },
      },
    },
  },
};

const schemes = {
  key: { type: "apiKey", in: "header", name: "x-api-key" },
  gate: {
    type: "apiKey",
    in: "header",
    name: "X-Token",
    "x-amazon-apigateway-authtype": "custom",
    [AUTHORIZER]: {
      type: "token",
      authorizerUri: uriOf("gate"),
      authorizerCredentials: role,
      identityValidationExpression: "^Bearer .+$",
      authorizerResultTtlInSeconds: 60,
    },
  },
  "our own.gate": {
    type: "apiKey",
    in: "header",
    name: "Unused",
    [AUTHORIZER]: {
      type: "request",
      authorizerUri: uriOf("other"),
      identitySource: "method.request.header.A,method.request.querystring.b",
    },
  },
  pool: {
    type: "apiKey",
    in: "header",
    name: "Authorization",
    [AUTHORIZER]: {
      type: "cognito_user_pools",
      providerARNs: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc"],
    },
  },
  sigv4: { type: "apiKey", in: "header", name: "Authorization", "x-amazon-apigateway-authtype": "awsSigv4" },
};

const SECURITIES: readonly Json[] = [
  [{ key: [] }],
  [{ gate: [] }],
  [{ "our own.gate": [], key: [] }],
  [{ pool: ["pets/read"] }],
  [{ sigv4: [] }],
  [],
];

/** A document in which each word that API Gateway takes has a value. */
function rich(version: "2.0" | "3.0.3" | "3.1.0"): Json {
  const isOld = version === "2.0";
  const parameters = [
    {
      name: "q",
      in: "query",
      required: true,
      description: "A word",
      ...(isOld ? { type: "string" } : { schema: { type: "string" } }),
    },
    {
      name: "X-Tenant",
      in: "header",
      required: true,
      ...(isOld ? { type: "string" } : { schema: { type: "string" } }),
    },
  ];
  const body = isOld
    ? {
        consumes: ["application/json"],
        parameters: [...parameters, { name: "pet", in: "body", required: true, schema: { $ref: "#/definitions/Pet" } }],
      }
    : {
        parameters,
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
        },
      };
  const id = {
    name: "id",
    in: "path",
    required: true,
    ...(isOld ? { type: "string" } : { schema: { type: "string" } }),
  };
  const paths = Object.fromEntries(
    Object.entries(integrations).map(([name, integration], index) => [
      `/r${index}/{id}`,
      {
        parameters: [id],
        post: {
          operationId: `call ${name}`,
          summary: `Calls ${name}`,
          description: "As it says",
          tags: ["pets"],
          security: SECURITIES[index],
          "x-amazon-apigateway-request-validator": "all",
          ...body,
          responses: { "200": { description: "Fine" } },
          [INTEGRATION]: integration,
        },
      },
    ]),
  );
  const schemas = {
    Pet: isOld ? JSON.parse(JSON.stringify(schema).replaceAll("#/components/schemas/", "#/definitions/")) : schema,
    Kind: kind,
  };
  const endpoint = { types: ["PRIVATE"], vpcEndpointIds: ["vpce-0123456789abcdef0"] };
  return {
    ...(isOld
      ? {
          swagger: version,
          host: "a.example.com",
          basePath: "/shop",
          "x-amazon-apigateway-endpoint-configuration": endpoint,
        }
      : {
          openapi: version,
          servers: [
            {
              url: "https://a.example.com/shop",
              description: "Ours",
              "x-amazon-apigateway-endpoint-configuration": endpoint,
            },
          ],
        }),
    info: { title: "Pets", description: "A shop for pets", version: "1" },
    tags: [{ name: "pets", description: "All of them" }],
    paths: { ...paths, "/cors": { get: { security: [], [INTEGRATION]: integrations.function }, options: preflight } },
    ...(isOld
      ? { securityDefinitions: schemes, definitions: schemas }
      : { components: { securitySchemes: schemes, schemas } }),
    "x-amazon-apigateway-api-key-source": "HEADER",
    "x-amazon-apigateway-binary-media-types": ["image/png"],
    "x-amazon-apigateway-minimum-compression-size": 10,
    "x-amazon-apigateway-request-validators": { all: { validateRequestBody: true, validateRequestParameters: true } },
    "x-amazon-apigateway-gateway-responses": {
      UNAUTHORIZED: {
        statusCode: "401",
        responseParameters: { "gatewayresponse.header.X-A": "'b'" },
        responseTemplates: { "application/json": '{"message":$context.error.messageString}' },
      },
    },
    "x-amazon-apigateway-policy": {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Ours",
          Effect: "Allow",
          Principal: "*",
          Action: "execute-api:Invoke",
          Resource: "execute-api:/*",
          Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } },
        },
      ],
    },
  };
}

export const richDocuments: Readonly<Record<string, Json>> = {
  "Swagger 2.0": rich("2.0"),
  "OpenAPI 3.0": rich("3.0.3"),
  "OpenAPI 3.1": rich("3.1.0"),
};

/** Where a text stands in a document: a value, or the name of an entry. */
export interface TextPlace {
  readonly path: readonly string[];
  readonly isName: boolean;
}

/** Places of a document, of its operations only those in which they differ. */
export const distinctPlaces = (document: Json): TextPlace[] =>
  textPlaces(document).filter(({ path }) => {
    const [, route = "", , word] = path;
    return !/^\/r[1-9]/.test(route) || word === "security" || word === INTEGRATION;
  });

export function textPlaces(value: Json, path: readonly string[] = []): TextPlace[] {
  if (typeof value === "string") return [{ path, isName: false }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    ...(Array.isArray(value) ? [] : [{ path: [...path, name], isName: true }]),
    ...textPlaces(each, [...path, name]),
  ]);
}

/** The document with the text at a place changed; entries keep their order. */
export function withText(document: Json, { path, isName }: TextPlace, change: (text: string) => string): Json {
  const [name, ...rest] = path;
  if (name === undefined) return typeof document === "string" ? change(document) : document;
  if (typeof document !== "object" || document === null || !(name in document)) return document;
  const isHere = isName && rest.length === 0;
  const changed = Object.entries(document).map(([each, value]) =>
    each !== name
      ? [each, value]
      : isHere
        ? [change(each), value]
        : [each, withText(value, { path: rest, isName }, change)],
  );
  return Array.isArray(document) ? changed.map(([, value]) => value) : Object.fromEntries(changed);
}
