import fc from "fast-check";
import type { OpenApiOptions } from "../../../src";
import type { Json } from "../../support/synthesize";
import { type Asked, uriOf } from "./asked-of-callers";

const AUTHORIZER = "x-amazon-apigateway-authorizer";
const AUTHTYPE = "x-amazon-apigateway-authtype";
const ENDPOINT = "x-amazon-apigateway-endpoint-configuration";

const header = (name: string, words: Json = {}) => ({ type: "apiKey", in: "header", name, ...words });

/** Schemes of all kinds. */
const SCHEMES: Readonly<Record<string, Json>> = {
  key: header("x-api-key"),
  capitals: header("X-API-Key"),
  token: header("Authorization", {
    [AUTHTYPE]: "custom",
    [AUTHORIZER]: { type: "token", authorizerUri: uriOf("token") },
  }),
  request: header("Unused", {
    [AUTHTYPE]: "Our own check",
    [AUTHORIZER]: { type: "request", authorizerUri: uriOf("request"), identitySource: "method.request.header.A" },
  }),
  "key that is a gate": header("x-api-key", {
    [AUTHORIZER]: { type: "request", authorizerUri: uriOf("keyed"), identitySource: "method.request.header.x-api-key" },
  }),
  pool: header("Authorization", {
    [AUTHTYPE]: "cognito_user_pools",
    [AUTHORIZER]: {
      type: "cognito_user_pools",
      providerARNs: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc"],
    },
  }),
  sigv4: header("Authorization", { [AUTHTYPE]: "awsSigv4" }),
  elsewhere: { type: "oauth2", flows: {}, flow: "implicit" },
  NONE: undefined,
};
const NAMES = Object.keys(SCHEMES);

const POLICY = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" },
    {
      Effect: "Deny",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: "execute-api:/*",
      Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
    },
  ],
};

const often = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 });
const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Most lists ask for little, so that most documents are taken. */
const security = fc.array(
  fc
    .uniqueArray(fc.oneof(fc.constantFrom("key", "token"), fc.constantFrom(...NAMES)), { minLength: 0, maxLength: 2 })
    .map((names) => Object.fromEntries(names.map((name) => [name, []]))),
  { minLength: 0, maxLength: 2 },
);

interface GeneratedOperation {
  readonly security: Json;
  readonly auth: string | undefined;
  readonly isReference: boolean;
  readonly asksParameter: boolean;
}
const operation: fc.Arbitrary<GeneratedOperation> = fc.record({
  security: often(security),
  auth: rarely(fc.constantFrom("AWS_IAM", "NONE")),
  isReference: fc.boolean(),
  asksParameter: fc.boolean(),
});

const METHODS = ["get", "post", "options", "x-amazon-apigateway-any-method"];

export interface AskingDocument {
  readonly document: Json;
  readonly options: OpenApiOptions;
}

/** Documents of all versions whose operations ask for something, in all ways in which that can be written. */
export const askingDocument: fc.Arbitrary<AskingDocument> = fc
  .record({
    version: fc.constantFrom("2.0", "3.0.3", "3.1.0"),
    root: often(security),
    paths: fc.array(fc.dictionary(fc.constantFrom(...METHODS), operation, { minKeys: 1, maxKeys: 2 }), {
      minLength: 1,
      maxLength: 3,
    }),
    // Whether the operations of a path stand in the item itself, in another, or in both.
    items: fc.array(fc.constantFrom("own", "other", "both"), { minLength: 3, maxLength: 3 }),
    referredSchemes: fc.boolean(),
    policy: often(fc.constant(POLICY)),
    isPrivate: fc.boolean(),
    disabled: fc.boolean(),
    endpointAt: fc.constantFrom("root", "server"),
    validator: often(fc.constant("all")),
    options: fc.record(
      {
        withoutSecurity: fc.constantFrom("OPEN" as const, "API_KEY" as const),
        securitySchemes: fc
          .constantFrom<NonNullable<OpenApiOptions["securitySchemes"]>[string]>("API_KEY", "AWS_IAM", "BACKEND", {
            lambda: "arn:aws:lambda:us-east-1:123456789012:function:given",
          })
          .map((elsewhere) => ({ elsewhere })),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ version, root, paths, items, options, ...all }) => {
    const isOld = version === "2.0";
    const others: Json = {};
    const operations: Json = {};
    const writtenPaths = paths.map((methods, index) => {
      const written = Object.entries(methods).map(([method, each], at) => {
        const body = writtenOperation(each, isOld);
        if (!each.isReference) return [method, body];
        operations[`o${index}${at}`] = body;
        return [method, { $ref: `#/x-operations/o${index}${at}` }];
      });
      const [first = [], ...rest] = written;
      const own = items[index] === "own" ? written : items[index] === "both" ? [first] : [];
      const other = items[index] === "own" ? [] : items[index] === "both" ? rest : written;
      if (items[index] === "own") return [`/p${index}`, Object.fromEntries(own)];
      others[`i${index}`] = Object.fromEntries(other);
      return [`/p${index}`, { $ref: `#/x-items/i${index}`, ...Object.fromEntries(own) }];
    });
    const schemes = Object.fromEntries(
      Object.entries(SCHEMES).flatMap(([name, scheme]) =>
        scheme === undefined ? [] : [[name, all.referredSchemes ? { $ref: `#/x-schemes/${name}` } : scheme]],
      ),
    );
    const isPrivate = all.isPrivate && all.policy !== undefined;
    const endpoint = {
      ...(isPrivate ? { types: ["PRIVATE"], vpcEndpointIds: ["vpce-0123456789abcdef0"] } : {}),
      ...(all.disabled ? { disableExecuteApiEndpoint: true } : {}),
    };
    const atServer = !isOld && all.endpointAt === "server";
    const document = {
      ...(isOld ? { swagger: version } : { openapi: version }),
      info: { title: "Pets", version: "1" },
      ...(atServer ? { servers: [{ url: "/", [ENDPOINT]: endpoint }] } : { [ENDPOINT]: endpoint }),
      ...(root === undefined ? {} : { security: root }),
      paths: Object.fromEntries(writtenPaths),
      "x-items": others,
      "x-operations": operations,
      "x-schemes": Object.fromEntries(Object.entries(SCHEMES).filter(([, scheme]) => scheme !== undefined)),
      ...(isOld ? { securityDefinitions: schemes } : { components: { securitySchemes: schemes } }),
      ...(all.policy ? { "x-amazon-apigateway-policy": all.policy } : {}),
      ...(all.validator ? { "x-amazon-apigateway-request-validator": all.validator } : {}),
      "x-amazon-apigateway-request-validators": { all: { validateRequestParameters: true } },
    };
    return { document, options: options as OpenApiOptions };
  });

const writtenOperation = ({ security: own, auth, asksParameter }: GeneratedOperation, isOld: boolean): Json => ({
  "x-amazon-apigateway-integration": { type: "http_proxy", httpMethod: "GET", uri: "https://b.example.com" },
  ...(own === undefined ? {} : { security: own }),
  ...(auth === undefined ? {} : { "x-amazon-apigateway-auth": { type: auth } }),
  ...(asksParameter
    ? {
        parameters: [
          { name: "q", in: "query", required: true, ...(isOld ? { type: "string" } : { schema: { type: "string" } }) },
        ],
      }
    : {}),
});

/** What is asked of the callers of a route: `key`, `iam`, the address of an authorizer, `?q` for a parameter. */
export type Asks = ReadonlySet<string>;

/** What a document asks, read by itself: each route with all that it lists. `unknown` is what API Gateway cannot ask. */
export function asksOfDocument({ document, options }: AskingDocument): Readonly<Record<string, Asks>> {
  const followed = (node: Json): Json => {
    if (typeof node?.$ref !== "string") return node;
    return followed(
      node.$ref
        .slice(2)
        .split("/")
        .reduce((at: Json, name: string) => at[name], document),
    );
  };
  const schemes = document.securityDefinitions ?? document.components.securitySchemes;
  const asksOfScheme = (name: string): string | undefined => {
    const use = options.securitySchemes?.[name];
    const scheme = followed(schemes[name]);
    if (use === "BACKEND" || name === "NONE") return undefined;
    if (use !== undefined) return use === "API_KEY" ? "key" : use === "AWS_IAM" ? "iam" : uriOf("given");
    const authorizer = scheme[AUTHORIZER];
    if (authorizer) return authorizer.authorizerUri ?? authorizer.providerARNs[0];
    if (scheme[AUTHTYPE] === "awsSigv4") return "iam";
    return scheme.name?.toLowerCase() === "x-api-key" ? "key" : "unknown";
  };
  const routes = Object.entries<Json>(document.paths).flatMap(([path, item]) => {
    const { $ref: _, ...own } = item;
    return Object.entries({ ...(item.$ref ? followed(item) : {}), ...own }).map(([method, written]): [string, Asks] => {
      const operation = followed(written);
      const isPreflight = method === "options";
      const requirements = operation.security ?? document.security;
      const isSigned = operation["x-amazon-apigateway-auth"]?.type === "AWS_IAM";
      const isKeyed = !requirements && !isPreflight && !isSigned && options.withoutSecurity !== "OPEN";
      const isChecked = operation.parameters && document["x-amazon-apigateway-request-validator"];
      const listed = (requirements ?? []).flatMap((each: Json) => Object.keys(each)).map(asksOfScheme);
      const asks = [...listed, isSigned && "iam", isKeyed && "key", isChecked && "?q"];
      const verb = method === "x-amazon-apigateway-any-method" ? "ANY" : method.toUpperCase();
      return [`${verb} ${path}`, new Set(asks.filter((each) => typeof each === "string"))];
    });
  });
  return Object.fromEntries(routes);
}

/** What an API asks of a route, in the same words. */
export const asksOfRoute = ({ key, authorization, authorizer }: Asked): string[] => [
  ...(key ? ["key"] : []),
  ...(authorization === "AWS_IAM" ? ["iam"] : []),
  ...(["CUSTOM", "COGNITO_USER_POOLS"].includes(authorization)
    ? [authorizer?.authorizer_uri ?? authorizer?.provider_arns?.[0]]
    : []),
];
