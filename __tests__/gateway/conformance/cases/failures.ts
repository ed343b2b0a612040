import { type ConformanceCase, DOCUMENTED, echo, gives, http, mock, RECORDED } from "../case";

const INTERNAL = {
  status: 500,
  body: { message: "Internal server error" },
  headers: { "x-amzn-errortype": "InternalServerErrorException" },
};
const BAD_GATEWAY = { ...INTERNAL, status: 502 };
const PETS = { line: "GET /pets" };
const FORMAT = RECORDED("lambda: test_aws_proxy_response_payload_format_validation");
const ILLEGAL = "https://repost.aws/knowledge-center/api-gateway-http-integration-errors";

const answers = (title: string, result: unknown, answer: ConformanceCase["answer"]): ConformanceCase => ({
  title: `a function that answers ${title}`,
  source: FORMAT,
  routes: { "GET /pets": gives(result) },
  request: PETS,
  answer,
});
const chooses = (title: string, template: string, status: number): ConformanceCase => ({
  title: `a mock whose template gives ${title}`,
  source: "https://github.com/hashicorp/terraform-provider-aws/issues/23988",
  routes: { "GET /pets": mock("ok", template) },
  request: PETS,
  answer: { status },
});
const mapsHeader = (title: string, header: string, route: "http" | "lambda", status: number): ConformanceCase => ({
  title,
  source: RECORDED(`integrations: test_apigateway_header_remapping_${route === "http" ? "http" : "aws"}`),
  routes: {
    "GET /pets":
      route === "http"
        ? http("BACKEND/pets", { [`integration.request.header.${header}`]: "'1'" })
        : echo({ request_parameters: { [`integration.request.header.${header}`]: "'1'" } }),
  },
  request: PETS,
  answer: status === 500 ? INTERNAL : { status },
});

export const FAILURES: readonly ConformanceCase[] = [
  ...["GET", "PUT"].map(
    (method): ConformanceCase => ({
      title: `a Lambda proxy that is called by ${method}`,
      source: RECORDED("lambda: test_lambda_aws_proxy_integration_non_post_method"),
      routes: { "GET /pets": echo({ integration_http_method: method }) },
      request: PETS,
      answer: { ...INTERNAL, log: new RegExp(`by ${method}, and Lambda takes POST alone`) },
    }),
  ),
  {
    title: "a parameter of a backend's path that nothing is mapped to",
    source: ILLEGAL,
    routes: { "GET /pets/{id}": http("BACKEND/pets/{id}") },
    request: { line: "GET /pets/7" },
    answer: { ...INTERNAL, log: /integration\.request\.path\.id/ },
  },
  {
    title: "a parameter of a backend's path that is mapped",
    source: ILLEGAL,
    routes: {
      "GET /pets/{id}": http("BACKEND/pets/{id}", { "integration.request.path.id": "method.request.path.id" }),
    },
    request: { line: "GET /pets/7" },
    answer: { status: 200, body: { path: "/pets/7" } },
  },
  {
    title: "a parameter of a backend's path that is mapped from a query parameter that did not come",
    source: ILLEGAL,
    routes: {
      "GET /pets": http("BACKEND/pets/{id}", { "integration.request.path.id": "method.request.querystring.id" }),
    },
    request: PETS,
    answer: INTERNAL,
  },
  chooses("a number", '{"statusCode": 200}', 200),
  chooses("a name without quotes", "{statusCode: 200}", 200),
  chooses("a status as a string", '{"statusCode": "200"}', 500),
  chooses("no status", '{"status": 200}', 500),
  chooses("broken JSON", '{"statusCode": 200', 500),
  chooses("nothing", "", 500),
  chooses("a status for which there is no response, but a default one", '{"statusCode": 418}', 200),
  chooses("a list", "[200]", 500),
  {
    title: "a mock without an integration response",
    source: DOCUMENTED("how-to-mock-integration"),
    routes: {
      "GET /pets": { integration: { type: "MOCK", request_templates: { "application/json": '{"statusCode": 200}' } } },
    },
    request: PETS,
    answer: INTERNAL,
  },
  answers("nothing but {}", {}, { status: 200, body: "", headers: { "content-type": "application/json" } }),
  answers("null", null, BAD_GATEWAY),
  answers("a string", "test", BAD_GATEWAY),
  answers("a field that is not known", { statusCode: 200, wrongValue: 1 }, BAD_GATEWAY),
  answers("a status in words", { statusCode: "test" }, BAD_GATEWAY),
  answers("a status in digits", { statusCode: "201" }, { status: 201 }),
  answers(
    "headers alone",
    { headers: { "test-header": "value" } },
    { status: 200, headers: { "test-header": "value" } },
  ),
  answers("headers that are null", { headers: null }, { status: 200 }),
  answers(
    "a boolean header",
    { headers: { "header-bool": true } },
    { status: 200, headers: { "header-bool": "true" } },
  ),
  answers("a list for a header", { headers: { a: ["1"] } }, BAD_GATEWAY),
  answers(
    "a string where multiValueHeaders has a list",
    { multiValueHeaders: { "test-multi": "value1" } },
    BAD_GATEWAY,
  ),
  answers(
    "two values of a header",
    { multiValueHeaders: { "test-multi": ["value1", "value2"] } },
    { status: 200, headers: { "test-multi": "value1, value2" } },
  ),
  answers(
    "a header in both maps",
    { headers: { "test-multi": "value-solo" }, multiValueHeaders: { "test-multi": ["value-multi"] } },
    { status: 200, headers: { "test-multi": "value-multi, value-solo" } },
  ),
  answers(
    "a header in both maps, in two spellings",
    { headers: { "test-multi": "value-solo" }, multiValueHeaders: { "tesT-Multi": ["value-multi"] } },
    { status: 200, headers: { "test-multi": "value-multi, value-solo" } },
  ),
  answers(
    "base64 that the client does not accept",
    { body: "dGVzdC1kYXRh", isBase64Encoded: true },
    { status: 200, body: "dGVzdC1kYXRh" },
  ),
  answers("a body that is an object", { body: { a: 1 } }, BAD_GATEWAY),
  answers("an error", { errorMessage: "no" }, BAD_GATEWAY),
  mapsHeader("Content-Length that is mapped to a backend", "Content-Length", "http", 500),
  mapsHeader("Transfer-Encoding that is mapped to a backend", "Transfer-Encoding", "http", 500),
  mapsHeader("X-Amzn-Trace-Id that is mapped to a backend", "X-Amzn-Trace-Id", "http", 500),
  mapsHeader("Authorization that is mapped to a backend", "Authorization", "http", 200),
  mapsHeader("Content-Length that is mapped to a function", "content-length", "lambda", 500),
  mapsHeader("Authorization that is mapped to a function", "Authorization", "lambda", 500),
  mapsHeader("TE that is mapped to a function", "TE", "lambda", 500),
  mapsHeader("another header that is mapped to a function", "X-Other", "lambda", 200),
];
