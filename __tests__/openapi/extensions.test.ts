import { CatalogError, type OpenApiApi } from "../../src";
import { apiFromDocument, remarksOn } from "../support/openapi-documents";
import type { Json } from "../support/synthesize";
import { uriOf } from "./support/asked-of-callers";

const INTEGRATION = "x-amazon-apigateway-integration";
const AUTHORIZER = "x-amazon-apigateway-authorizer";
const ENDPOINT = "x-amazon-apigateway-endpoint-configuration";
const RESPONSES = "x-amazon-apigateway-gateway-responses";
const VALIDATORS = "x-amazon-apigateway-request-validators";

type Path = readonly string[];

/** A document with something at each place at which a word may stand. */
const base = (): Json => ({
  openapi: "3.0.3",
  info: { title: "Pets", version: "1", contact: { name: "a" }, license: { name: "b" } },
  externalDocs: { url: "https://docs.example.com" },
  tags: [{ name: "pets" }],
  servers: [{ url: "https://a.example.com", variables: { v: { default: "1" } } }],
  security: [{ gate: [] }],
  paths: {
    "/a": {
      post: {
        tags: ["pets"],
        parameters: [{ name: "q", in: "query", required: true, schema: { type: "string" } }],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { type: "object", properties: { b: { type: "string" } } } } },
        },
        responses: { "200": { description: "Fine", headers: { A: { schema: { type: "string" } } } } },
        [INTEGRATION]: {
          type: "http",
          httpMethod: "POST",
          uri: "https://b.example.com",
          responses: { default: { statusCode: "200" } },
        },
      },
    },
    "/b": { get: { [INTEGRATION]: { type: "http_proxy", httpMethod: "GET", uri: "https://b.example.com" } } },
  },
  components: {
    securitySchemes: {
      gate: {
        type: "apiKey",
        in: "header",
        name: "Authorization",
        [AUTHORIZER]: { type: "token", authorizerUri: uriOf("gate") },
      },
    },
    schemas: { pet: { type: "object" } },
    responses: { fine: { description: "Fine" } },
  },
  [VALIDATORS]: { all: { validateRequestBody: true, validateRequestParameters: true } },
});

/** The document with a value at a place of it; `undefined` takes out what is there. */
function withValue(path: Path, value: Json, document = base()): Json {
  const parent = path.slice(0, -1).reduce((node, name) => {
    node[name] ??= {};
    return node[name];
  }, document);
  parent[path.at(-1) as string] = value;
  return JSON.parse(JSON.stringify(document));
}

/** What becomes of a document: its errors, or its remarks and all that is made of it. */
function outcome(document: Json): { readonly errors: string[]; readonly remarks: string[]; readonly made: string } {
  let api: OpenApiApi;
  try {
    api = apiFromDocument(document, {});
  } catch (cause) {
    if (!(cause instanceof CatalogError)) throw cause;
    return { errors: cause.findings.map(({ place, message }) => `${place}: ${message}`), remarks: [], made: "" };
  }
  const made = JSON.stringify(api, (name, value) => (name === "source" ? undefined : value));
  return { errors: [], remarks: remarksOn(api), made };
}

const without = outcome(base());

/** How a document with one more word differs from that without it. */
function becomes(document: Json, before = without): "error" | "told" | "taken" | "nothing" {
  const { errors, remarks, made } = outcome(document);
  if (errors.length > 0) return "error";
  if (remarks.some((each) => !before.remarks.includes(each))) return "told";
  return made === before.made ? "nothing" : "taken";
}

test("the document without any of them is taken", () => {
  expect(without).toMatchObject({ errors: [], remarks: [] });
});

const A = ["paths", "/a", "post"];
const B = ["paths", "/b", "get"];
const GATE = ["components", "securitySchemes", "gate"];
const proxy = { type: "http_proxy", httpMethod: "GET", uri: "https://b.example.com/other" };
const policy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" }],
};

describe("each extension that AWS documents is taken, refused or reported at its place", () => {
  test.each<[Path, Json, ReturnType<typeof becomes>]>([
    [["paths", "/c", "x-amazon-apigateway-any-method"], { [INTEGRATION]: proxy }, "taken"],
    [["x-amazon-apigateway-cors"], { allowOrigins: ["*"] }, "told"],
    [["x-amazon-apigateway-api-key-source"], "AUTHORIZER", "taken"],
    [["x-amazon-apigateway-api-key-source"], "HEADER", "taken"],
    [[...B, "x-amazon-apigateway-auth"], { type: "AWS_IAM" }, "error"],
    [[...GATE, AUTHORIZER], { type: "token", authorizerUri: uriOf("other") }, "taken"],
    [[...GATE, "x-amazon-apigateway-authtype"], "awsSigv4", "nothing"],
    [["x-amazon-apigateway-binary-media-types"], ["image/png"], "taken"],
    [["x-amazon-apigateway-documentation"], { documentationParts: [] }, "told"],
    [["x-amazon-apigateway-endpoint-access-mode"], "STRICT", "error"],
    [[ENDPOINT], { disableExecuteApiEndpoint: true }, "taken"],
    [["servers", "0", ENDPOINT], { disableExecuteApiEndpoint: true }, "taken"],
    [[RESPONSES], { DEFAULT_4XX: { statusCode: "418" } }, "taken"],
    [["x-amazon-apigateway-importexport-version"], "1.0", "told"],
    [[...B, INTEGRATION], proxy, "taken"],
    [["x-amazon-apigateway-minimum-compression-size"], 10, "taken"],
    [["x-amazon-apigateway-policy"], policy, "taken"],
    [["x-amazon-apigateway-request-validator"], "all", "taken"],
    [[...A, "x-amazon-apigateway-request-validator"], "all", "taken"],
    [["x-amazon-apigateway-security-policy"], "SecurityPolicy_TLS13_1_3_2025_09", "error"],
    [["tags", "0", "x-amazon-apigateway-tag-value"], "prod", "told"],
  ])("%j: %j", (path, value, expected) => {
    expect(becomes(withValue(path, value))).toBe(expected);
  });

  test("x-amazon-apigateway-authtype decides where there is no authorizer", () => {
    const document = withValue([...GATE, AUTHORIZER], undefined);
    const before = outcome(withValue([...GATE, "x-amazon-apigateway-authtype"], "custom", document));
    expect(becomes(withValue([...GATE, "x-amazon-apigateway-authtype"], "awsSigv4", document), before)).toBe("taken");
  });

  test("x-amazon-apigateway-auth decides where no other authorizer is asked", () => {
    const document = withValue(["security"], []);
    const before = outcome(document);
    expect(becomes(withValue([...B, "x-amazon-apigateway-auth"], { type: "AWS_IAM" }, document), before)).toBe("taken");
  });

  test("x-amazon-apigateway-integrations are taken where an operation refers to one", () => {
    const document = withValue(["components", "x-amazon-apigateway-integrations"], { one: proxy });
    const reference = { $ref: "#/components/x-amazon-apigateway-integrations/one" };
    expect(becomes(withValue([...B, INTEGRATION], reference, document))).toBe("taken");
  });

  test("x-amazon-apigateway-request-validators are those that are named", () => {
    const document = withValue(["x-amazon-apigateway-request-validator"], "all");
    const before = outcome(document);
    const validators = (all: Json) => becomes(withValue([VALIDATORS], { all }, document), before);
    expect(validators({ validateRequestBody: true })).toBe("taken");
    expect(validators({ validateRequestParameters: true })).toBe("taken");
  });
});

const EXTENSIONS = [
  ...["any-method", "cors", "api-key-source", "auth", "authorizer", "authtype", "binary-media-types", "documentation"],
  ...["endpoint-access-mode", "endpoint-configuration", "gateway-responses", "importexport-version", "integration"],
  ...["integrations", "minimum-compression-size", "policy", "request-validator", "request-validators"],
  ...["security-policy", "tag-value"],
].map((name) => `x-amazon-apigateway-${name}`);

/** Places of a document, each with the extensions that belong there. */
const PLACES: readonly [Path, RegExp][] = [
  [[], /(cors|source|types|documentation|mode|configuration|s-responses|version|size|policy|validators?|y-responses)$/],
  [["info"], /^$/],
  [["info", "contact"], /^$/],
  [["info", "license"], /^$/],
  [["externalDocs"], /^$/],
  [["tags", "0"], /tag-value$/],
  [["servers", "0"], /configuration$/],
  [["servers", "0", "variables", "v"], /^$/],
  [["paths"], /^$/],
  [["paths", "/a"], /any-method$/],
  [A, /(-auth|-integration|request-validator)$/],
  [[...A, "parameters", "0"], /^$/],
  [[...A, "parameters", "0", "schema"], /^$/],
  [[...A, "requestBody"], /^$/],
  [[...A, "requestBody", "content", "application/json"], /^$/],
  [[...A, "requestBody", "content", "application/json", "schema"], /^$/],
  [[...A, "responses"], /^$/],
  [[...A, "responses", "200"], /^$/],
  [[...A, "responses", "200", "headers", "A"], /^$/],
  [[...A, INTEGRATION], /^$/],
  [[...A, INTEGRATION, "responses", "default"], /^$/],
  [["components"], /integrations$/],
  [GATE, /(authorizer|authtype)$/],
  [[...GATE, AUTHORIZER], /^$/],
  [["components", "schemas", "pet"], /^$/],
  [["components", "responses", "fine"], /^$/],
  [["components", "securitySchemes"], /^$/],
  [[VALIDATORS, "all"], /^$/],
];

describe("each extension at a place where API Gateway does not read it is an error", () => {
  test.each(PLACES)("at %j", (place, own) => {
    const silent = EXTENSIONS.filter((word) => !own.test(word)).filter(
      (word) => becomes(withValue([...place, word], { type: "AWS_IAM" })) !== "error",
    );
    expect(silent).toEqual([]);
  });
});

const withIntegration = (settings: Json) => ({
  type: "http",
  httpMethod: "POST",
  uri: "https://b.example.com",
  responses: { default: { statusCode: "200" } },
  ...settings,
});
const answer = (settings: Json) => withIntegration({ responses: { default: { statusCode: "200", ...settings } } });
const role = "arn:aws:iam::123456789012:role/r";

describe("each property of an extension is taken, refused or reported", () => {
  test.each<[string, Json, ReturnType<typeof becomes>]>([
    ["cacheKeyParameters", { cacheKeyParameters: ["method.request.querystring.q"] }, "taken"],
    ["cacheNamespace", { cacheNamespace: "own" }, "nothing"],
    ["connectionId", { connectionType: "VPC_LINK", connectionId: "abc123" }, "taken"],
    ["connectionType", { connectionType: "VPC_LINK" }, "error"],
    ["contentHandling", { contentHandling: "CONVERT_TO_TEXT" }, "taken"],
    ["credentials", { credentials: role }, "told"],
    ["httpMethod", { httpMethod: "PUT" }, "taken"],
    ["integrationSubtype", { integrationSubtype: "SQS-SendMessage" }, "error"],
    [
      "integrationTarget",
      { integrationTarget: "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/a/1" },
      "error",
    ],
    ["passthroughBehavior", { passthroughBehavior: "never" }, "taken"],
    ["payloadFormatVersion", { payloadFormatVersion: "2.0" }, "error"],
    ["requestParameters", { requestParameters: { "integration.request.header.A": "'1'" } }, "taken"],
    ["requestTemplates", { requestTemplates: { "application/json": "{}" } }, "taken"],
    ["responses", { responses: { default: { statusCode: "201" } } }, "taken"],
    ["responseTransferMode", { responseTransferMode: "STREAM" }, "error"],
    ["timeoutInMillis", { timeoutInMillis: 1000 }, "taken"],
    ["tlsConfig.insecureSkipVerification", { tlsConfig: { insecureSkipVerification: true } }, "taken"],
    ["tlsConfig.serverNameToVerify", { tlsConfig: { serverNameToVerify: "b.example.com" } }, "error"],
    ["type", { type: "http_proxy" }, "taken"],
    ["uri", { uri: "https://c.example.com" }, "taken"],
    ["responses.responseParameters", answer({ responseParameters: { "method.response.header.A": "'1'" } }), "taken"],
    ["responses.responseTemplates", answer({ responseTemplates: { "application/json": "{}" } }), "taken"],
    ["responses.contentHandling", answer({ contentHandling: "CONVERT_TO_TEXT" }), "taken"],
  ])("of an integration: %s", (_, settings, expected) => {
    expect(becomes(withValue([...A, INTEGRATION], withIntegration(settings)))).toBe(expected);
  });

  test("a cache namespace that several paths share is reported", () => {
    const shared = withValue([...A, INTEGRATION, "cacheNamespace"], "x");
    expect(becomes(withValue([...B, INTEGRATION, "cacheNamespace"], "x", shared))).toBe("told");
  });

  test.each<[string, Json, ReturnType<typeof becomes>]>([
    ["type", { type: "request", identitySource: "method.request.header.A" }, "taken"],
    ["authorizerUri", { authorizerUri: uriOf("other") }, "taken"],
    ["authorizerCredentials", { authorizerCredentials: role }, "taken"],
    ["authorizerPayloadFormatVersion", { authorizerPayloadFormatVersion: "2.0" }, "error"],
    ["enableSimpleResponses", { enableSimpleResponses: true }, "error"],
    ["identitySource", { identitySource: "method.request.header.A" }, "taken"],
    ["jwtConfiguration", { jwtConfiguration: { issuer: "https://i.example.com", audience: [] } }, "error"],
    ["identityValidationExpression", { identityValidationExpression: "^a$" }, "taken"],
    ["authorizerResultTtlInSeconds", { authorizerResultTtlInSeconds: 7 }, "taken"],
    [
      "providerARNs",
      {
        type: "cognito_user_pools",
        authorizerUri: undefined,
        providerARNs: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc"],
      },
      "taken",
    ],
  ])("of an authorizer: %s", (_, settings, expected) => {
    const written = { type: "token", authorizerUri: uriOf("gate"), ...settings };
    expect(becomes(withValue([...GATE, AUTHORIZER], written))).toBe(expected);
  });

  test.each<[string, Json, ReturnType<typeof becomes>]>([
    ["statusCode", { statusCode: 418 }, "taken"],
    ["responseParameters", { responseParameters: { "gatewayresponse.header.A": "'1'" } }, "taken"],
    [
      "responseParameters of the request",
      { responseParameters: { "gatewayresponse.header.A": "method.request.header.A" } },
      "told",
    ],
    ["responseTemplates", { responseTemplates: { "application/json": "{}" } }, "taken"],
    ["responseTemplates of another type", { responseTemplates: { "text/plain": "no" } }, "told"],
  ])("of a gateway response: %s", (_, settings, expected) => {
    expect(
      becomes(withValue([RESPONSES], { DEFAULT_5XX: settings }), outcome(withValue([RESPONSES], { DEFAULT_5XX: {} }))),
    ).toBe(expected);
  });

  test.each<[string, Json, ReturnType<typeof becomes>]>([
    ["disableExecuteApiEndpoint", { disableExecuteApiEndpoint: true }, "taken"],
    ["types", { types: ["REGIONAL"] }, "taken"],
    ["vpcEndpointIds", { types: ["PRIVATE"], vpcEndpointIds: ["vpce-0123456789abcdef0"] }, "taken"],
    ["ipAddressType", { ipAddressType: "dualstack" }, "error"],
  ])("of an endpoint: %s", (_, settings, expected) => {
    expect(becomes(withValue([ENDPOINT], settings))).toBe(expected);
  });
});

const VALUES: Readonly<Record<string, Json>> = {
  string: "x",
  boolean: true,
  number: 7,
  list: ["a"],
  object: { a: "b" },
  null: null,
};

describe("a value of another type than AWS documents is not dropped in silence", () => {
  const I = [...A, INTEGRATION];
  const G = [...GATE, AUTHORIZER];
  const R = [RESPONSES, "DEFAULT_4XX"];
  test.each<[Path, string]>([
    [["x-amazon-apigateway-api-key-source"], "string"],
    [["x-amazon-apigateway-binary-media-types"], "list"],
    [["x-amazon-apigateway-minimum-compression-size"], "number"],
    [["x-amazon-apigateway-policy"], "object"],
    [["x-amazon-apigateway-request-validator"], "string"],
    [[VALIDATORS], "object"],
    [[VALIDATORS, "all"], "object"],
    [[VALIDATORS, "all", "validateRequestBody"], "boolean"],
    [[RESPONSES], "object"],
    [R, "object"],
    [[...R, "statusCode"], "string number"],
    [[...R, "responseParameters"], "object"],
    [[...R, "responseTemplates"], "object"],
    [[ENDPOINT], "object"],
    [[ENDPOINT, "disableExecuteApiEndpoint"], "boolean"],
    [[ENDPOINT, "types"], "list"],
    [[ENDPOINT, "vpcEndpointIds"], "list"],
    [[...A, "x-amazon-apigateway-auth"], "object"],
    [[...A, "x-amazon-apigateway-request-validator"], "string"],
    [I, "object"],
    [[...I, "type"], "string"],
    [[...I, "uri"], "string"],
    [[...I, "httpMethod"], "string"],
    [[...I, "credentials"], "string"],
    [[...I, "connectionType"], "string"],
    [[...I, "connectionId"], "string"],
    [[...I, "contentHandling"], "string"],
    [[...I, "passthroughBehavior"], "string"],
    [[...I, "timeoutInMillis"], "number"],
    [[...I, "cacheNamespace"], "string"],
    [[...I, "cacheKeyParameters"], "list"],
    [[...I, "requestParameters"], "object"],
    [[...I, "requestParameters", "integration.request.header.A"], "string"],
    [[...I, "requestTemplates"], "object"],
    [[...I, "requestTemplates", "application/json"], "string null"],
    [[...I, "tlsConfig"], "object"],
    [[...I, "tlsConfig", "insecureSkipVerification"], "boolean"],
    [[...I, "responses"], "object"],
    [[...I, "responses", "default"], "object"],
    [[...I, "responses", "default", "statusCode"], "string number"],
    [[...I, "responses", "default", "responseParameters"], "object"],
    [[...I, "responses", "default", "responseTemplates"], "object"],
    [[...I, "responses", "default", "contentHandling"], "string"],
    [G, "object"],
    [[...G, "type"], "string"],
    [[...G, "authorizerUri"], "string"],
    [[...G, "authorizerCredentials"], "string"],
    [[...G, "identitySource"], "string"],
    [[...G, "identityValidationExpression"], "string"],
    [[...G, "authorizerResultTtlInSeconds"], "number"],
    [[...G, "providerARNs"], "list"],
    [[...GATE, "x-amazon-apigateway-authtype"], "string"],
  ])("%j", (path, own) => {
    const silent = Object.entries(VALUES)
      .filter(([kind]) => !own.split(" ").includes(kind))
      .filter(([, value]) => !["error", "told"].includes(becomes(withValue(path, value))));
    expect(silent.map(([kind]) => kind)).toEqual([]);
  });
});

describe("a value that AWS does not have is an error", () => {
  test.each<[Path, Json]>([
    [[...A, INTEGRATION, "type"], "ftp"],
    [[...A, INTEGRATION, "httpMethod"], "FETCH"],
    [[...A, INTEGRATION, "connectionType"], "VPC_LINKS"],
    [[...A, INTEGRATION, "contentHandling"], "CONVERT"],
    [[...A, INTEGRATION, "passthroughBehavior"], "sometimes"],
    [[...A, INTEGRATION, "timeoutInMillis"], 1],
    [[...A, INTEGRATION, "cacheKeyParameters"], ["q"]],
    [[...A, INTEGRATION, "responses", "default", "statusCode"], "2xx"],
    [[...A, INTEGRATION, "responses", "default", "contentHandling"], "CONVERT"],
    [[...GATE, AUTHORIZER, "type"], "tokens"],
    [[...GATE, AUTHORIZER, "authorizerResultTtlInSeconds"], 99_999],
    [["x-amazon-apigateway-api-key-source"], "QUERY"],
    [[ENDPOINT, "types"], ["LOCAL"]],
    [
      [ENDPOINT, "types"],
      ["EDGE", "REGIONAL"],
    ],
    [[RESPONSES, "DEFAULT_4XX", "statusCode"], "4xx"],
    [[...A, "x-amazon-apigateway-auth"], { type: "CUSTOM" }],
    [[...A, "x-amazon-apigateway-request-validator"], "some"],
  ])("%j: %j", (path, value) => {
    expect(becomes(withValue(path, value))).toBe("error");
  });
});
