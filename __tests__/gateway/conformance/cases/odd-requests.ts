import { type Block, type ConformanceCase, DOCUMENTED, echo, gives, http, mock } from "../case";

const PROXY_RESOURCE = DOCUMENTED("api-gateway-set-up-simple-proxy");
const RESPONSES = DOCUMENTED("api-gateway-gatewayResponse-definition");
const OUTPUT = DOCUMENTED("apigateway-use-lambda-authorizer");
const PARAMETERS = DOCUMENTED("request-response-data-mappings");
const TEXT = { "application/json": "ok" };

const answered = (
  title: string,
  source: string,
  routes: ConformanceCase["routes"],
  request: ConformanceCase["request"],
  answer: ConformanceCase["answer"],
  more: Partial<ConformanceCase> = {},
): ConformanceCase => ({ title, source, routes, request, answer, ...more });

const MISSING_TOKEN = { status: 403, headers: { "x-amzn-errortype": "MissingAuthenticationTokenException" } };

let responses = 0;
/** A gateway response, and a request that it answers. */
function responded(
  title: string,
  response: Block,
  request: ConformanceCase["request"],
  answer: ConformanceCase["answer"],
  route = mock("ok"),
): ConformanceCase {
  const name = `odd-${++responses}`;
  const resources = { aws_api_gateway_gateway_response: { [name]: { rest_api_id: "API", ...response } } };
  return answered(`a gateway response ${title}`, RESPONSES, { "GET /pets": route }, request, answer, { resources });
}

let authorizers = 0;
/** A TOKEN authorizer whose function gives a result. */
function authorizer(
  title: string,
  result: unknown,
  answer: ConformanceCase["answer"],
  { token = "abc", ...attributes }: Block & { readonly token?: string | null } = {},
): ConformanceCase {
  const id = `odd-authorizer-${++authorizers}`;
  const method = { authorization: "CUSTOM", authorizer_id: `\${aws_api_gateway_authorizer.${id}.id}` };
  return answered(
    `an authorizer ${title}`,
    OUTPUT,
    { "GET /pets": echo({}, { method }) },
    { line: "GET /pets", headers: token === null ? [] : [["Authorization", token]] },
    answer,
    {
      functions: { decider: `exports.handler = async () => (${JSON.stringify(result)});` },
      resources: {
        aws_api_gateway_authorizer: {
          [id]: {
            rest_api_id: "API",
            name: id,
            type: "TOKEN",
            authorizer_uri: `\${aws_lambda_function.NAME-decider.invoke_arn}`,
            authorizer_result_ttl_in_seconds: 0,
            ...attributes,
          },
        },
      },
    },
  );
}
const policy = (statement: object, more: object = {}) => ({
  principalId: "joe",
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: "*", ...statement }],
  },
  ...more,
});
const UNAUTHORIZED = { status: 401, body: { message: "Unauthorized" } };
const MISCONFIGURED = {
  status: 500,
  body: { message: null },
  headers: { "x-amzn-errortype": "AuthorizerConfigurationException" },
};

export const ODD_REQUESTS: readonly ConformanceCase[] = [
  // Routes.
  answered(
    "a fixed part comes before a parameter",
    PROXY_RESOURCE,
    { "GET /pets/{id}": mock("id"), "GET /pets/mine": mock("mine") },
    { line: "GET /pets/mine" },
    { status: 200, body: "mine" },
  ),
  answered(
    "a parameter comes before a greedy one",
    PROXY_RESOURCE,
    { "GET /pets/{id}": mock("id"), "GET /pets/{proxy+}": mock("greedy") },
    { line: "GET /pets/7" },
    { status: 200, body: "id" },
  ),
  answered(
    "a greedy parameter takes what has more parts",
    PROXY_RESOURCE,
    { "GET /pets/{id}": mock("id"), "GET /pets/{proxy+}": mock("greedy") },
    { line: "GET /pets/7/toys" },
    { status: 200, body: "greedy" },
  ),
  answered(
    "a greedy parameter does not take nothing",
    PROXY_RESOURCE,
    { "GET /pets/{proxy+}": mock("greedy") },
    { line: "GET /pets" },
    MISSING_TOKEN,
  ),
  answered(
    "a method comes before ANY",
    PROXY_RESOURCE,
    { "ANY /pets": mock("any"), "PUT /pets": mock("put") },
    { line: "PUT /pets" },
    { status: 200, body: "put" },
  ),
  answered(
    "ANY takes HEAD, and answers without a body",
    PROXY_RESOURCE,
    { "ANY /pets": gives({ headers: { "X-A": "1" } }) },
    { line: "HEAD /pets" },
    { status: 200, headers: { "x-a": "1" } },
  ),
  answered(
    "HEAD has no route where GET has",
    PROXY_RESOURCE,
    { "GET /pets": mock("ok") },
    { line: "HEAD /pets" },
    {
      status: 403,
    },
  ),
  answered(
    "OPTIONS has no route where GET has",
    PROXY_RESOURCE,
    { "GET /pets": mock("ok") },
    { line: "OPTIONS /pets" },
    MISSING_TOKEN,
  ),
  answered(
    "names of paths have a case",
    PROXY_RESOURCE,
    { "GET /pets": mock("ok") },
    { line: "GET /Pets" },
    MISSING_TOKEN,
  ),
  answered(
    "a path of names of JavaScript",
    PROXY_RESOURCE,
    { "GET /{proxy+}": echo() },
    { line: "GET /__proto__/constructor?__proto__=1&constructor=2" },
    {
      status: 200,
      body: {
        pathParameters: { proxy: "__proto__/constructor" },
        queryStringParameters: { constructor: "2" },
      },
    },
  ),
  // Parameters.
  answered(
    "a fixed value with quotes inside",
    PARAMETERS,
    { "GET /pets": http("BACKEND/", { "integration.request.header.X-A": `'say "a", b'` }) },
    { line: "GET /pets" },
    { status: 200, body: { headers: { "x-a": 'say "a", b' } } },
  ),
  answered(
    "a query parameter that came twice, mapped as one and as several",
    PARAMETERS,
    {
      "GET /pets": http("BACKEND/", {
        "integration.request.header.X-Last": "method.request.querystring.q",
        "integration.request.header.X-All": "method.request.multivaluequerystring.q",
      }),
    },
    { line: "GET /pets?q=1&q=2" },
    { status: 200, body: { headers: { "x-last": "2", "x-all": "1,2" } } },
  ),
  answered(
    "a header that came twice, mapped as one and as several",
    PARAMETERS,
    {
      "GET /pets": http("BACKEND/", {
        "integration.request.header.X-Last": "method.request.header.X-Q",
        "integration.request.header.X-All": "method.request.multivalueheader.X-Q",
      }),
    },
    {
      line: "GET /pets",
      headers: [
        ["X-Q", "1"],
        ["X-Q", "2"],
      ],
    },
    { status: 200, body: { headers: { "x-last": "2", "x-all": "1,2" } } },
  ),
  answered(
    "a mapping from a body that is not JSON",
    PARAMETERS,
    { "POST /pets": http("BACKEND/", { "integration.request.header.X-A": "method.request.body.name" }) },
    { line: "POST /pets", body: "{broken" },
    { status: 200 },
  ),
  answered(
    "a stage variable in the host of a uri",
    DOCUMENTED("aws-api-gateway-stage-variables-reference"),
    { "GET /pets": http("${stageVariables.backend}/v1") },
    { line: "GET /pets" },
    { status: 200, body: { path: "/v1" } },
    { stage: { variables: { backend: "BACKEND" } } },
  ),
  answered(
    "a query without a value, and one without a name",
    DOCUMENTED("set-up-lambda-proxy-integrations"),
    { "GET /pets": echo() },
    { line: "GET /pets?a&b=&c=1%202+3" },
    { status: 200, body: { queryStringParameters: { a: "", b: "", c: "1 2 3" } } },
  ),
  answered(
    "a header that came twice, in an event",
    DOCUMENTED("set-up-lambda-proxy-integrations"),
    { "GET /pets": echo() },
    {
      line: "GET /pets",
      headers: [
        ["X-Q", "1"],
        ["X-Q", "2"],
      ],
    },
    { status: 200, body: { headers: { "X-Q": "2" }, multiValueHeaders: { "X-Q": ["1", "2"] } } },
  ),
  answered(
    "a body of a binary type",
    DOCUMENTED("lambda-proxy-binary-media"),
    { "POST /pets": echo() },
    { line: "POST /pets", headers: [["Content-Type", "image/png"]], body: "png" },
    { status: 200, body: { body: "cG5n", isBase64Encoded: true } },
    { api: { binary_media_types: ["image/*"] } },
  ),
  answered(
    "a body of a type that is not a binary one",
    DOCUMENTED("lambda-proxy-binary-media"),
    { "POST /pets": echo() },
    { line: "POST /pets", headers: [["Content-Type", "text/plain"]], body: "png" },
    { status: 200, body: { body: "png", isBase64Encoded: false } },
    { api: { binary_media_types: ["image/*"] } },
  ),
  // Gateway responses.
  responded(
    "with another status",
    { response_type: "MISSING_AUTHENTICATION_TOKEN", status_code: "404" },
    { line: "GET /nothing" },
    { status: 404, body: { message: "Missing Authentication Token" } },
  ),
  responded(
    "for all of 4XX, with another status",
    { response_type: "DEFAULT_4XX", status_code: "418" },
    { line: "GET /nothing" },
    { status: 418 },
  ),
  responded(
    "of a type that is not this one",
    { response_type: "THROTTLED", status_code: "420" },
    { line: "GET /nothing" },
    { status: 403 },
  ),
  responded(
    "with the type of the error",
    {
      response_type: "DEFAULT_4XX",
      response_templates: { "application/json": '{"type": "$context.error.responseType"}' },
    },
    { line: "GET /nothing" },
    { status: 403, body: { type: "MISSING_AUTHENTICATION_TOKEN" } },
  ),
  responded(
    "of another type than JSON",
    { response_type: "DEFAULT_4XX", response_templates: { "text/plain": "no: $context.error.message" } },
    { line: "GET /nothing" },
    { status: 403, body: "no: Missing Authentication Token", headers: { "content-type": "text/plain" } },
  ),
  responded(
    "with directives of Velocity, which it does not know",
    { response_type: "DEFAULT_4XX", response_templates: { "application/json": "#set($a = 1)$a" } },
    { line: "GET /nothing" },
    { status: 403, body: "#set($a = 1)$a" },
  ),
  responded(
    "with what came in the path and the query",
    {
      response_type: "UNSUPPORTED_MEDIA_TYPE",
      response_parameters: { "gatewayresponse.header.X-Page": "method.request.querystring.page" },
    },
    { line: "GET /pets?page=2", headers: [["Content-Type", "text/plain"]] },
    { status: 415, headers: { "x-page": "2" } },
    mock("ok", undefined, {
      integration: {
        type: "MOCK",
        passthrough_behavior: "NEVER",
        request_templates: { "application/json": '{"statusCode": 200}' },
      },
    }),
  ),
  // Authorizers.
  authorizer("that allows", policy({}), {
    status: 200,
    body: { requestContext: { authorizer: { principalId: "joe" } } },
  }),
  authorizer("that denies", policy({ Effect: "Deny" }), {
    status: 403,
    body: { Message: "User is not authorized to access this resource with an explicit deny" },
  }),
  authorizer("that allows another method", policy({ Resource: "arn:aws:execute-api:*:*:*/prod/POST/*" }), {
    status: 403,
    body: { Message: "User is not authorized to access this resource" },
  }),
  authorizer("whose action is all of them", policy({ Action: "*" }), { status: 200 }),
  authorizer("whose action is of another service", policy({ Action: "s3:GetObject" }), { status: 403 }),
  authorizer("without a policy", { principalId: "joe" }, MISCONFIGURED),
  authorizer("without a principal", { policyDocument: policy({}).policyDocument }, MISCONFIGURED),
  authorizer("whose policy is a string", { principalId: "joe", policyDocument: "Allow" }, MISCONFIGURED),
  authorizer("whose effect is none", policy({ Effect: "Maybe" }), MISCONFIGURED),
  authorizer("that answers null", null, MISCONFIGURED),
  authorizer("with numbers and booleans in its context", policy({}, { context: { plan: 7, paid: true } }), {
    status: 200,
    body: { requestContext: { authorizer: { plan: "7", paid: "true" } } },
  }),
  authorizer("with a list in its context", policy({}, { context: { roles: ["a"] } }), MISCONFIGURED),
  authorizer("with an object in its context", policy({}, { context: { user: { id: 1 } } }), MISCONFIGURED),
  authorizer("without a token", policy({}), UNAUTHORIZED, { token: null }),
  authorizer("with a token that does not match", policy({}), UNAUTHORIZED, {
    identity_validation_expression: "^Bearer [-0-9a-z]+$",
  }),
  authorizer(
    "with a token that matches",
    policy({}),
    { status: 200 },
    {
      token: "Bearer abc",
      identity_validation_expression: "^Bearer [-0-9a-z]+$",
    },
  ),
  authorizer("with an expression that takes others for hours", policy({}), UNAUTHORIZED, {
    token: `${"a".repeat(60)}!`,
    identity_validation_expression: "(a+)+",
  }),
  authorizer(
    "with a lookahead in its expression, with a notice",
    policy({}),
    { ...MISCONFIGURED, told: /has the expression \(\?!b\)\.\*, which is not supported here/ },
    { identity_validation_expression: "(?!b).*" },
  ),
  // Selection patterns.
  answered(
    "a selection pattern that matches line breaks",
    DOCUMENTED("handle-errors-in-lambda-integration"),
    {
      "GET /pets": {
        integration: { type: "AWS", integration_http_method: "POST" },
        function: "exports.handler = async () => { throw new Error('first\\nsecond'); };",
        responses: [
          { status_code: "200" },
          { status_code: "409", selection_pattern: "first.*", response_templates: TEXT },
        ],
      },
    },
    { line: "GET /pets" },
    { status: 409, body: "ok" },
  ),
  answered(
    "a selection pattern with a lookahead, with a notice",
    DOCUMENTED("handle-errors-in-lambda-integration"),
    {
      "GET /pets": {
        integration: { type: "HTTP", integration_http_method: "GET", uri: "BACKEND/?status=404" },
        responses: [{ status_code: "200" }, { status_code: "400", selection_pattern: "(?!2).*" }],
      },
    },
    { line: "GET /pets" },
    { status: 500, told: /has the expression \(\?!2\)\.\*, which is not supported here/ },
  ),
];
