import { type ConformanceCase, DOCUMENTED } from "../case";

const IMPORT = DOCUMENTED("api-gateway-import-api");
const EXTENSIONS = DOCUMENTED("api-gateway-swagger-extensions-integration");
const FUNCTION_URI = `\${aws_lambda_function.NAME-called.invoke_arn}`;

type Json = Readonly<Record<string, unknown>>;

/** A mock, as `x-amazon-apigateway-integration` has it. */
const mock = (template: string, more: Json = {}): Json => ({
  "x-amazon-apigateway-integration": {
    type: "mock",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    responses: { default: { statusCode: "200", responseTemplates: { "application/json": template } } },
    ...more,
  },
});
const integration = (more: Json): Json => ({ "x-amazon-apigateway-integration": more });

/** An API whose `body` is written by hand. */
function written(
  title: string,
  paths: Json,
  request: ConformanceCase["request"],
  answer: ConformanceCase["answer"],
  { document = {}, source = IMPORT, ...more }: Partial<ConformanceCase> & { readonly document?: Json } = {},
): ConformanceCase {
  const body = JSON.stringify({ openapi: "3.0.1", info: { title: "pets", version: "1" }, paths, ...document });
  return { title: `a body with ${title}`, source, routes: {}, api: { body }, request, answer, ...more };
}

const OK = { status: 200, body: "ok" };
const MISSING_TOKEN = { status: 403, body: { message: "Missing Authentication Token" } };
const CALLED = { called: "exports.handler = async (event) => ({ body: JSON.stringify(event) });" };

/** A route whose body must be a pet, and the document that has it checked. */
const CHECKED_PETS = {
  "/pets": {
    post: {
      requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
      ...mock("ok"),
    },
  },
};
const CHECKED_BODIES = {
  document: {
    components: {
      schemas: { Pet: { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
    },
    "x-amazon-apigateway-request-validators": {
      body: { validateRequestBody: true, validateRequestParameters: false },
    },
    "x-amazon-apigateway-request-validator": "body",
  },
  source: DOCUMENTED("api-gateway-swagger-extensions-request-validator"),
};

export const BODIES: readonly ConformanceCase[] = [
  written("a mock", { "/pets": { get: mock("ok") } }, { line: "GET /pets" }, OK),
  written("a mock, asked by another method", { "/pets": { get: mock("ok") } }, { line: "POST /pets" }, MISSING_TOKEN),
  written("a mock, asked by another path", { "/pets": { get: mock("ok") } }, { line: "GET /pet" }, MISSING_TOKEN),
  written(
    "any method",
    { "/pets": { "x-amazon-apigateway-any-method": mock("any"), get: mock("get") } },
    { line: "DELETE /pets" },
    { status: 200, body: "any" },
    { source: DOCUMENTED("api-gateway-swagger-extensions-any-method") },
  ),
  written(
    "any method beside the one that is asked",
    { "/pets": { "x-amazon-apigateway-any-method": mock("any"), get: mock("get") } },
    { line: "GET /pets" },
    { status: 200, body: "get" },
    { source: DOCUMENTED("api-gateway-swagger-extensions-any-method") },
  ),
  written(
    "a parameter of a path",
    { "/pets/{id}": { get: mock("$input.params('id')") } },
    { line: "GET /pets/7" },
    { status: 200, body: "7" },
  ),
  written(
    "a greedy path beside a fixed one",
    { "/{proxy+}": { get: mock("greedy") }, "/pets": { get: mock("fixed") } },
    { line: "GET /pets" },
    { status: 200, body: "fixed" },
  ),
  written(
    "a greedy path, asked for more",
    { "/{proxy+}": { get: mock("$input.params('proxy')") }, "/pets": { get: mock("fixed") } },
    { line: "GET /pets/7/toys" },
    { status: 200, body: "pets/7/toys" },
  ),
  written(
    "a Lambda proxy",
    { "/pets": { get: integration({ type: "aws_proxy", httpMethod: "POST", uri: FUNCTION_URI }) } },
    { line: "GET /pets?a=1&a=2" },
    { status: 200, body: { resource: "/pets", multiValueQueryStringParameters: { a: ["1", "2"] } } },
    { functions: CALLED, source: EXTENSIONS },
  ),
  written(
    "a Lambda proxy that is called by GET",
    { "/pets": { get: integration({ type: "aws_proxy", httpMethod: "GET", uri: FUNCTION_URI }) } },
    { line: "GET /pets" },
    { status: 500, body: { message: "Internal server error" }, log: /Lambda takes POST alone/ },
    { functions: CALLED, source: EXTENSIONS },
  ),
  written(
    "a function without a proxy",
    {
      "/pets": {
        get: integration({
          type: "aws",
          httpMethod: "POST",
          uri: FUNCTION_URI,
          requestTemplates: { "application/json": '{"body": "$context.httpMethod"}' },
          responses: {
            default: { statusCode: "201", responseTemplates: { "application/json": "$input.path('$.body')" } },
          },
        }),
      },
    },
    { line: "GET /pets" },
    { status: 201, body: '{"body":"GET"}' },
    { functions: CALLED, source: EXTENSIONS },
  ),
  written(
    "an HTTP proxy",
    {
      "/pets/{id}": {
        get: integration({
          type: "http_proxy",
          httpMethod: "GET",
          uri: "BACKEND/animals/{id}",
          requestParameters: { "integration.request.path.id": "method.request.path.id" },
        }),
      },
    },
    { line: "GET /pets/7" },
    { status: 200, body: { path: "/animals/7" } },
    { source: EXTENSIONS },
  ),
  written(
    "an HTTP proxy, whose parameter nothing is mapped to",
    { "/pets/{id}": { get: integration({ type: "http_proxy", httpMethod: "GET", uri: "BACKEND/animals/{id}" }) } },
    { line: "GET /pets/7" },
    { status: 500, body: { message: "Internal server error" } },
    { source: EXTENSIONS },
  ),
  written(
    "a mapped header",
    {
      "/pets": {
        get: integration({
          type: "http_proxy",
          httpMethod: "GET",
          uri: "BACKEND/",
          requestParameters: { "integration.request.header.X-Fixed": `'it is "fixed"'` },
        }),
      },
    },
    { line: "GET /pets" },
    { status: 200, body: { headers: { "x-fixed": 'it is "fixed"' } } },
    { source: EXTENSIONS },
  ),
  written(
    "responses that are selected by patterns",
    {
      "/pets": {
        get: integration({
          type: "http",
          httpMethod: "GET",
          uri: "BACKEND/?status=404",
          responses: {
            default: { statusCode: "200" },
            "4\\d{2}": { statusCode: "400", responseTemplates: { "application/json": "bad" } },
          },
        }),
      },
    },
    { line: "GET /pets" },
    { status: 400, body: "bad" },
    { source: EXTENSIONS },
  ),
  written(
    "a response header",
    {
      "/pets": {
        get: mock("ok", {
          responses: {
            default: { statusCode: "200", responseParameters: { "method.response.header.X-Fixed": "'1'" } },
          },
        }),
      },
    },
    { line: "GET /pets" },
    { status: 200, headers: { "x-fixed": "1" } },
    { source: EXTENSIONS },
  ),
  ...(["when_no_match", "when_no_templates", "never"] as const).map((passthroughBehavior) =>
    written(
      `passthroughBehavior ${passthroughBehavior} and a type without a template`,
      { "/pets": { post: mock("ok", { passthroughBehavior }) } },
      { line: "POST /pets", headers: [["Content-Type", "text/plain"]], body: '{"statusCode": 200}' },
      passthroughBehavior === "when_no_match" ? OK : { status: 415, body: { message: "Unsupported Media Type" } },
      { source: DOCUMENTED("integration-passthrough-behaviors") },
    ),
  ),
  written(
    "a required query parameter that did not come",
    {
      "/pets": {
        get: {
          parameters: [{ name: "page", in: "query", required: true, schema: { type: "string" } }],
          "x-amazon-apigateway-request-validator": "all",
          ...mock("ok"),
        },
      },
    },
    { line: "GET /pets" },
    { status: 400, body: '{"message": "Missing required request parameters: [page]"}' },
    {
      document: {
        "x-amazon-apigateway-request-validators": {
          all: { validateRequestBody: true, validateRequestParameters: true },
        },
      },
      source: DOCUMENTED("api-gateway-swagger-extensions-request-validators"),
    },
  ),
  written(
    "a required query parameter of no validator",
    {
      "/pets": {
        get: { parameters: [{ name: "page", in: "query", required: true, schema: { type: "string" } }], ...mock("ok") },
      },
    },
    { line: "GET /pets" },
    OK,
    { source: DOCUMENTED("api-gateway-swagger-extensions-request-validators") },
  ),
  written(
    "a schema that a body does not match",
    CHECKED_PETS,
    { line: "POST /pets", headers: [["Content-Type", "application/json"]], body: '{"name": 7}' },
    { status: 400, body: '{"message": "Invalid request body"}' },
    CHECKED_BODIES,
  ),
  written(
    "a schema that a body matches",
    CHECKED_PETS,
    { line: "POST /pets", headers: [["Content-Type", "application/json"]], body: '{"name": "Rex"}' },
    OK,
    CHECKED_BODIES,
  ),
  written(
    "a key that is required",
    { "/pets": { get: { security: [{ key: [] }], ...mock("ok") } } },
    { line: "GET /pets" },
    { status: 403, body: { message: "Forbidden" }, headers: { "x-amzn-errortype": "ForbiddenException" } },
    {
      document: { components: { securitySchemes: { key: { type: "apiKey", name: "x-api-key", in: "header" } } } },
      source: DOCUMENTED("api-gateway-setup-api-key-with-console"),
    },
  ),
  written(
    "a gateway response",
    { "/pets": { get: mock("ok") } },
    { line: "GET /nothing" },
    { status: 404, body: { error: "Missing Authentication Token" }, headers: { "x-fixed": "1" } },
    {
      document: {
        "x-amazon-apigateway-gateway-responses": {
          MISSING_AUTHENTICATION_TOKEN: {
            statusCode: "404",
            responseParameters: { "gatewayresponse.header.X-Fixed": "'1'" },
            responseTemplates: { "application/json": '{"error": $context.error.messageString}' },
          },
        },
      },
      source: DOCUMENTED("api-gateway-swagger-extensions-gateway-responses"),
    },
  ),
  written(
    "a policy that denies",
    { "/pets": { get: mock("ok") } },
    { line: "GET /pets" },
    { status: 403, headers: { "x-amzn-errortype": "AccessDeniedException" } },
    {
      document: {
        "x-amazon-apigateway-policy": {
          Version: "2012-10-17",
          Statement: [{ Effect: "Deny", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" }],
        },
      },
      source: DOCUMENTED("openapi-extensions-policy"),
    },
  ),
  written(
    "Swagger 2.0, whose base path is not part of the paths by default",
    { "/pets": { get: mock("ok") } },
    { line: "GET /pets" },
    { status: 200, body: "ok" },
    {
      document: { openapi: undefined, swagger: "2.0", basePath: "/v1" },
      source: DOCUMENTED("api-gateway-import-api-basePath"),
    },
  ),
  written(
    "a path without an integration",
    { "/pets": { get: { responses: {} } } },
    { line: "GET /pets" },
    {
      status: 500,
      body: { message: "Internal server error" },
      told: /./,
    },
  ),
  written(
    "stage variables in a uri",
    {
      "/pets": {
        get: integration({ type: "http_proxy", httpMethod: "GET", uri: "BACKEND/${stageVariables.version}/x" }),
      },
    },
    { line: "GET /pets" },
    { status: 200, body: { path: "/v2/x" } },
    { stage: { variables: { version: "v2" } }, source: EXTENSIONS },
  ),
];
