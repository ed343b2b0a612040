import { type ConformanceCase, DOCUMENTED, echo, gives, http, lambda, mock, RECORDED } from "../case";

const PROXY = RECORDED("lambda: test_lambda_aws_proxy_integration");
const MAPPINGS = DOCUMENTED("request-response-data-mappings");
const REMAPPED = RECORDED("integrations: test_apigateway_header_remapping_http");
const GREEDY = { "ANY /{proxy+}": echo() };

const event = (title: string, line: string, body: object, more: Partial<ConformanceCase> = {}): ConformanceCase => ({
  title: `an event of ${title}`,
  source: PROXY,
  routes: GREEDY,
  request: { line },
  answer: { status: 200, body },
  ...more,
});
const backend = (
  title: string,
  uri: string,
  parameters: Readonly<Record<string, string>>,
  request: ConformanceCase["request"],
  body: object,
  source = MAPPINGS,
): ConformanceCase => ({
  title: `a backend gets ${title}`,
  source,
  routes: { "ANY /{proxy+}": http(uri, parameters) },
  request,
  answer: { status: 200, body },
});
const remaps = (name: string): ConformanceCase => ({
  title: `a function's header ${name} is remapped`,
  source: REMAPPED,
  routes: { "GET /pets": gives({ headers: { [name]: "x" } }) },
  request: { line: "GET /pets" },
  answer: { status: 200, headers: { [`x-amzn-remapped-${name.toLowerCase()}`]: "x" } },
});

export const REQUESTS: readonly ConformanceCase[] = [
  event("a path without a slash at its end", "GET /proxy-value", {
    path: "/proxy-value",
    pathParameters: { proxy: "proxy-value" },
    resource: "/{proxy+}",
    requestContext: { path: "/prod/proxy-value", resourcePath: "/{proxy+}" },
  }),
  event("a path with a slash at its end", "GET /proxy-value/", {
    path: "/proxy-value/",
    pathParameters: { proxy: "proxy-value" },
    requestContext: { path: "/prod/proxy-value/" },
  }),
  event("a path with a double slash", "GET /proxy-value//double-slash", {
    path: "/proxy-value//double-slash",
    pathParameters: { proxy: "proxy-value//double-slash" },
  }),
  event("a path with two slashes before it", "GET //proxy-value", {
    path: "/proxy-value",
    pathParameters: { proxy: "proxy-value" },
    requestContext: { path: "/prod//proxy-value" },
  }),
  event(
    "a fixed path with two slashes before it",
    "GET //hardcoded",
    { path: "/hardcoded", pathParameters: null, resource: "/hardcoded", requestContext: { path: "/prod//hardcoded" } },
    { routes: { "GET /hardcoded": echo() } },
  ),
  event("a path with encoded characters", "GET /api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com", {
    pathParameters: { proxy: "api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com" },
    requestContext: { path: "/prod/api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com" },
  }),
  event("a query", "GET /x?urlparam=test", {
    queryStringParameters: { urlparam: "test" },
    multiValueQueryStringParameters: { urlparam: ["test"] },
  }),
  event("no query", "GET /x", {
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
  }),
  event(
    "an encoded query",
    "GET /x?email=test%2Balias@gmail.com&plus=test+alias@gmail.com&url=https://www.google.com/&whitespace=foo%20bar&zhash=abort/%23",
    {
      queryStringParameters: {
        email: "test+alias@gmail.com",
        plus: "test alias@gmail.com",
        url: "https://www.google.com/",
        whitespace: "foo bar",
      },
    },
  ),
  event("a query with several values", "POST /x?category=electronics&category=books&price=10&price=20&price=30", {
    queryStringParameters: { category: "books", price: "30" },
    multiValueQueryStringParameters: { category: ["electronics", "books"], price: ["10", "20", "30"] },
  }),
  event("stage variables", "GET /x", { stageVariables: { color: "red" } }, { stage: { variables: { color: "red" } } }),
  event("the context", "GET /x", {
    requestContext: {
      accountId: "123456789012",
      domainName: expect.stringMatching(/^case-\d+\.execute-api\.us-east-1\.amazonaws\.com$/),
      domainPrefix: expect.stringMatching(/^case-\d+$/),
      protocol: "HTTP/1.1",
      stage: "prod",
      httpMethod: "GET",
      identity: { accessKey: null, accountId: null, caller: null, sourceIp: "127.0.0.1", user: null, userArn: null },
    },
  }),
  event(
    "an edge-optimized API has names of headers as CloudFront writes them",
    "GET /x",
    {
      headers: { Authorization: "a", "User-Agent": "b", "tEsT-HEADeR": "aValUE" },
      multiValueHeaders: { Authorization: ["a"] },
    },
    {
      request: {
        line: "GET /x",
        headers: [
          ["authorization", "a"],
          ["user-Agent", "b"],
          ["tEsT-HEADeR", "aValUE"],
        ],
      },
    },
  ),
  event(
    "a regional API has names of headers as they came",
    "GET /x",
    { headers: { authorization: "a", "user-Agent": "b" } },
    {
      api: { endpoint_configuration: { types: ["REGIONAL"] } },
      request: {
        line: "GET /x",
        headers: [
          ["authorization", "a"],
          ["user-Agent", "b"],
        ],
      },
    },
  ),
  event(
    "a custom domain name with a base path",
    "GET /v1/x",
    {
      path: "/v1/x",
      requestContext: { path: "/v1/x", domainName: "api.example.com", domainPrefix: "api" },
      pathParameters: { proxy: "x" },
    },
    {
      source: RECORDED("common"),
      resources: {
        aws_api_gateway_base_path_mapping: {
          v1: { api_id: "API", stage_name: "prod", domain_name: "api.example.com", base_path: "v1" },
        },
      },
      request: { line: "GET /v1/x", domain: "api.example.com" },
    },
  ),
  {
    title: "a trace id of AWS_PROXY",
    source: RECORDED("common: test_invocation_trace_id"),
    routes: GREEDY,
    request: { line: "GET /x" },
    answer: {
      status: 200,
      headers: {
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0/),
      },
    },
  },
  {
    title: "a trace id of AWS_PROXY that came",
    source: RECORDED("common: test_invocation_trace_id"),
    routes: GREEDY,
    request: {
      line: "GET /x",
      headers: [["x-amzn-trace-id", "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1"]],
    },
    answer: {
      status: 200,
      headers: { "x-amzn-trace-id": "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1" },
    },
  },
  {
    title: "a trace id of AWS_PROXY whose parent is missing",
    source: RECORDED("common: test_invocation_trace_id"),
    routes: GREEDY,
    request: { line: "GET /x", headers: [["x-amzn-trace-id", "Root=1-3152b799-8954dae64eda91bc9a23a7e8"]] },
    answer: {
      status: 200,
      headers: {
        "x-amzn-trace-id": expect.stringMatching(
          /^Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=[0-9a-f]{16};Sampled=0/,
        ),
      },
    },
  },
  {
    title: "a mock has no trace id",
    source: RECORDED("common: test_invocation_trace_id"),
    routes: { "GET /pets": mock("ok") },
    request: { line: "GET /pets", headers: [["x-amzn-trace-id", "Root=1-3152b799-8954dae64eda91bc9a23a7e8"]] },
    answer: { status: 200, headers: { "x-amzn-trace-id": null } },
  },
  backend(
    "a trace id and the API's id",
    "BACKEND/x",
    {},
    { line: "GET /x" },
    {
      headers: {
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-/),
        "x-amzn-apigateway-api-id": expect.stringMatching(/^case-/),
      },
    },
    RECORDED("http: test_http_integration_with_lambda"),
  ),
  backend(
    "the values of its URL, of the request and of mappings",
    "BACKEND/x?testVar={pathVar}&testQs={qsVar}",
    {
      "integration.request.header.headerVar": "method.request.header.foobar",
      "integration.request.path.qsVar": "method.request.querystring.testVar",
      "integration.request.path.pathVar": "method.request.path.proxy",
      "integration.request.querystring.queryString": "method.request.querystring.testQueryString",
      "integration.request.querystring.testQs": "method.request.querystring.testQueryString",
      "integration.request.querystring.testEmptyQs": "method.request.header.emptyheader",
    },
    {
      line: "POST /foobar?testQueryString=foo&testVar=bar",
      headers: [
        ["foobar", "mapped-value"],
        ["headerVar", "request-value"],
      ],
      body: "{}",
    },
    {
      url: "/x?testVar=foobar&testQs=bar&testQueryString=foo&testVar=bar&queryString=foo&testQs=foo",
      headers: { foobar: "mapped-value", headervar: "mapped-value" },
    },
    RECORDED("http: test_http_proxy_integration_request_data_mappings"),
  ),
  ...(
    [
      ["context.resourceId", /^\w{6}$/],
      ["context.accountId", "123456789012"],
      ["context.stage", "prod"],
      ["stageVariables.color", "red"],
      ["method.request.body", '{"pet":{"name":"Rex"}}'],
      ["method.request.body.pet.name", "Rex"],
      ["method.request.multivalueheader.x-tag", "a,b"],
      ["method.request.multivaluequerystring.tag", "c,d"],
      ["method.request.header.x-tag", "b"],
      ["method.request.querystring.tag", "d"],
      ["method.request.path.proxy", "pets"],
      ["'fixed'", "fixed"],
    ] as const
  ).map(
    ([from, value]): ConformanceCase => ({
      ...backend(
        `what is mapped from ${from}`,
        "BACKEND/x",
        { "integration.request.header.X-Mapped": from },
        {
          line: "POST /pets?tag=c&tag=d",
          headers: [
            ["x-tag", "a"],
            ["x-tag", "b"],
            ["Content-Type", "application/json"],
          ],
          body: '{"pet":{"name":"Rex"}}',
        },
        { headers: { "x-mapped": typeof value === "string" ? value : expect.stringMatching(value) } },
      ),
      stage: { variables: { color: "red" } },
    }),
  ),
  ...["Content-Encoding", "Via", "Content-MD5", "Max-Forwards", "Server", "WWW-Authenticate"].map(
    (name): ConformanceCase =>
      backend(
        `no ${name} of the request`,
        "BACKEND/x",
        {},
        {
          line: "GET /x",
          headers: [
            [name, "1"],
            ["X-Other", "1"],
          ],
        },
        { headers: expect.not.objectContaining({ [name.toLowerCase()]: "1" }) },
        REMAPPED,
      ),
  ),
  backend(
    "Via and Max-Forwards that are mapped",
    "BACKEND/x",
    { "integration.request.header.Via": "'1.1 a'", "integration.request.header.Max-Forwards": "'2'" },
    { line: "GET /x" },
    { headers: { via: "1.1 a", "max-forwards": "2" } },
    REMAPPED,
  ),
  ...[
    "WWW-Authenticate",
    "Authorization",
    "Content-MD5",
    "Expect",
    "Host",
    "Max-Forwards",
    "Proxy-Authenticate",
    "Upgrade",
    "User-Agent",
    "Date",
    "Server",
    "Connection",
    "Trailer",
  ].map(remaps),
  {
    title: "a backend's request id is remapped, and the gateway's own is sent once",
    source: RECORDED("http: test_http_integration_with_lambda"),
    routes: { "GET /pets": http("BACKEND/x?answer-x-amzn-RequestId=theirs") },
    request: { line: "GET /pets" },
    answer: {
      status: 200,
      headers: {
        "x-amzn-remapped-x-amzn-requestid": "theirs",
        "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    },
  },
  {
    title: "a backend's WWW-Authenticate is remapped",
    source: REMAPPED,
    routes: { "GET /pets": http("BACKEND/x?status=401&answer-WWW-Authenticate=Basic") },
    request: { line: "GET /pets" },
    answer: { status: 401, headers: { "x-amzn-remapped-www-authenticate": "Basic", "www-authenticate": null } },
  },
  {
    title: "a backend's Trailer is remapped",
    source: REMAPPED,
    routes: { "GET /pets": http("BACKEND/x?answer-Trailer=X-Sum&answer-Transfer-Encoding=chunked&body=ok") },
    request: { line: "GET /pets" },
    answer: { status: 200, body: "ok", headers: { "x-amzn-remapped-trailer": "X-Sum" } },
  },
  ...(
    [
      [404, 404],
      [418, 500],
      [200, 200],
    ] as const
  ).map(
    ([chosen, status]): ConformanceCase => ({
      title: `of several integration responses that match ${chosen}, the one whose own status it is`,
      source: "ministack's measurements of AWS",
      routes: {
        "GET /pets": {
          integration: { type: "MOCK", request_templates: { "application/json": `{"statusCode": ${chosen}}` } },
          responses: [
            { status_code: "500", selection_pattern: "4\\d{2}" },
            { status_code: "404", selection_pattern: "404" },
            { status_code: "200" },
          ],
        },
      },
      request: { line: "GET /pets" },
      answer: { status },
    }),
  ),
  {
    title: "a path without a route",
    source: RECORDED("common: test_routing_not_found"),
    routes: { "GET /pets": mock("ok") },
    request: { line: "GET /nothing" },
    answer: {
      status: 403,
      body: { message: "Missing Authentication Token" },
      headers: { "x-amzn-errortype": "MissingAuthenticationTokenException" },
    },
  },
  {
    title: "a method that a path does not have",
    source: RECORDED("common: test_routing_not_found"),
    routes: { "GET /pets": mock("ok") },
    request: { line: "POST /pets" },
    answer: { status: 403, body: { message: "Missing Authentication Token" } },
  },
  {
    title: "a canary of all requests answers with its variables",
    source: RECORDED("canary: test_invoking_canary_deployment"),
    routes: {
      "GET /pets": mock(
        '{"isCanary": "$context.isCanaryRequest", "variable": "$stageVariables.testVar", "nonExistingDefault": "$stageVariables.noStageVar", "nonOverridden": "$stageVariables.defaultVar"}',
      ),
    },
    stage: {
      variables: { testVar: "default", defaultVar: "default" },
      canary_settings: { percent_traffic: 100, stage_variable_overrides: { testVar: "canary", noStageVar: "canary" } },
    },
    request: { line: "GET /pets" },
    answer: {
      status: 200,
      body: { isCanary: "true", variable: "canary", nonExistingDefault: "canary", nonOverridden: "default" },
      told: /has a canary/,
    },
  },
  {
    title: "a canary of no requests",
    source: RECORDED("canary: test_invoking_canary_deployment"),
    routes: { "GET /pets": mock("$context.isCanaryRequest $stageVariables.testVar") },
    stage: {
      variables: { testVar: "default" },
      canary_settings: { percent_traffic: 0, stage_variable_overrides: { testVar: "canary" } },
    },
    request: { line: "GET /pets" },
    answer: { status: 200, body: "false default", told: /has a canary/ },
  },
  ...(
    [
      ["a result", "200", 200, "Pass"],
      [
        "an error that a pattern matches",
        "400",
        405,
        { errorMessage: "Error: Raising four hundred from within the Lambda function" },
      ],
      [
        "an error that another pattern matches",
        "500",
        502,
        { errorMessage: "Error: Raising five hundred from within the Lambda function" },
      ],
    ] as const
  ).map(
    ([title, statusCode, status, body]): ConformanceCase => ({
      title: `a function without a proxy, with ${title}`,
      source: RECORDED("lambda: test_lambda_selection_patterns"),
      routes: {
        "GET /{statusCode}": {
          integration: {
            type: "AWS",
            integration_http_method: "POST",
            request_templates: { "application/json": '{"statusCode": "$input.params(\'statusCode\')"}' },
          },
          function:
            'exports.handler = async ({ statusCode }) => { if (statusCode === "400") throw new Error("Error: Raising four hundred from within the Lambda function"); if (statusCode === "500") throw new Error("Error: Raising five hundred from within the Lambda function"); return "Pass"; };',
          responses: [
            { status_code: "200", selection_pattern: "" },
            { status_code: "405", selection_pattern: ".*four hundred.*" },
            { status_code: "502", selection_pattern: ".+" },
            { status_code: "504", selection_pattern: "200" },
          ],
        },
      },
      request: { line: `GET /${statusCode}` },
      answer: { status, body: body === "Pass" ? '"Pass"' : body },
    }),
  ),
  {
    title: "a function without a proxy gets what the template makes of the request",
    source: RECORDED("lambda: test_lambda_aws_integration_with_request_template"),
    routes: {
      "GET /test": {
        ...lambda("exports.handler = async (event) => event;", {
          type: "AWS",
          request_templates: { "application/json": '{"param1": "$input.params(\'param1\')"}' },
        }),
        responses: [
          {
            status_code: "200",
            response_parameters: { "method.response.header.X-Param": "integration.response.body.param1" },
          },
        ],
      },
    },
    request: { line: "GET /test?param1=foobar" },
    answer: { status: 200, body: { param1: "foobar" }, headers: { "x-param": "foobar" } },
  },
  {
    title: "a function without a proxy has its result mapped",
    source: RECORDED("lambda: test_lambda_aws_integration_response_with_mapping_templates"),
    routes: {
      "GET /test": {
        ...lambda('exports.handler = async () => ({ statusCode: 200, body: "noerror" });', { type: "AWS" }),
        responses: [
          {
            status_code: "202",
            response_templates: {
              "application/json": '{"statusCode": $input.path("$.statusCode"), "body": $input.json("$.body")}',
            },
          },
        ],
      },
    },
    request: { line: "GET /test" },
    answer: { status: 202, body: { statusCode: 200, body: "noerror" } },
  },
  {
    title: "a function without a proxy without an integration response",
    source: RECORDED("integrations"),
    routes: { "GET /test": lambda("exports.handler = async () => 1;", { type: "AWS" }) },
    request: { line: "GET /test" },
    answer: { status: 500, body: { message: "Internal server error" } },
  },
  ...([200, 400] as const).map(
    (status): ConformanceCase => ({
      title: `an HTTP integration without a proxy has the default response for ${status}`,
      source: RECORDED("http: test_http_integration_invoke_status_code_passthrough"),
      routes: {
        "GET /{status}": {
          ...http(
            "BACKEND/x?status={status}&body=ok",
            { "integration.request.path.status": "method.request.path.status" },
            { type: "HTTP" },
          ),
          responses: [{ status_code: "200" }],
        },
      },
      request: { line: `GET /${status}` },
      answer: { status: 200, body: "ok" },
    }),
  ),
  {
    title: "an HTTP integration without a proxy selects a response by the status",
    source: DOCUMENTED("api-gateway-integration-settings-integration-response"),
    routes: {
      "GET /pets": {
        ...http("BACKEND/x?status=404&answer-X-Reason=gone", {}, { type: "HTTP" }),
        responses: [
          { status_code: "200" },
          {
            status_code: "410",
            selection_pattern: "404",
            response_parameters: {
              "method.response.header.X-Why": "integration.response.header.X-Reason",
              "method.response.header.X-Fixed": "'1'",
              "method.response.header.X-None": "integration.response.header.None",
            },
            response_templates: { "application/json": '{"path": "$input.path(\'$.path\')"}' },
          },
        ],
      },
    },
    request: { line: "GET /pets" },
    answer: { status: 410, body: { path: "/x" }, headers: { "x-why": "gone", "x-fixed": "1", "x-none": null } },
  },
  {
    title: "an HTTP integration without a proxy sends only what is mapped",
    source: REMAPPED,
    routes: {
      "POST /pets": {
        ...http(
          "BACKEND/x",
          {
            "integration.request.header.X-To": "method.request.header.X-From",
            "integration.request.querystring.q": "method.request.querystring.p",
          },
          { type: "HTTP", request_templates: { "application/json": '{"name": $input.json("$.name")}' } },
        ),
        responses: [{ status_code: "200" }],
      },
    },
    request: {
      line: "POST /pets?p=1&other=2",
      headers: [
        ["X-From", "a"],
        ["X-Other", "b"],
        ["Content-Type", "application/json"],
      ],
      body: '{"name":"Rex","age":3}',
    },
    answer: {
      status: 200,
      body: {
        method: "POST",
        url: "/x?q=1",
        body: '{"name": "Rex"}',
        headers: {
          "x-to": "a",
          accept: "application/json",
          "user-agent": expect.stringMatching(/^AmazonAPIGateway_case-/),
          "content-type": "application/json",
        },
      },
    },
  },
  {
    title: "a template overrides parameters of an HTTP integration",
    source: DOCUMENTED("apigateway-override-request-response-parameters"),
    routes: {
      "GET /pets": {
        ...http(
          "BACKEND/x/{id}",
          { "integration.request.path.id": "'one'" },
          {
            type: "HTTP",
            request_templates: {
              "application/json":
                "#set($context.requestOverride.path.id = 'two')#set($context.requestOverride.header.X-Set = 'yes')#set($context.requestOverride.querystring.q = '1')",
            },
          },
        ),
        responses: [{ status_code: "200" }],
      },
    },
    request: { line: "GET /pets" },
    answer: { status: 200, body: { url: "/x/two?q=1", headers: { "x-set": "yes" } } },
  },
  {
    title: "an action of DynamoDB, at an emulator",
    source: RECORDED("dynamodb"),
    routes: {
      "PUT /pets/{id}": {
        integration: {
          type: "AWS",
          integration_http_method: "POST",
          uri: "arn:aws:apigateway:us-east-1:dynamodb:action/PutItem",
          credentials: "arn:aws:iam::123456789012:role/x",
          request_templates: {
            "application/json": '{"TableName": "pets", "Item": {"id": {"S": "$input.params(\'id\')"}}}',
          },
        },
        responses: [{ status_code: "201" }],
      },
    },
    request: { line: "PUT /pets/7", headers: [["Content-Type", "application/json"]], body: "{}" },
    answer: {
      status: 201,
      body: {
        method: "POST",
        headers: {
          "x-amz-target": "DynamoDB_20120810.PutItem",
          "content-type": "application/x-amz-json-1.0",
          authorization: expect.stringContaining("/us-east-1/dynamodb/aws4_request"),
        },
        body: '{"TableName": "pets", "Item": {"id": {"S": "7"}}}',
      },
    },
  },
  {
    title: "a path of SQS, at an emulator",
    source: RECORDED("sqs"),
    routes: {
      "POST /pets": {
        integration: {
          type: "AWS",
          integration_http_method: "POST",
          uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/pets",
          credentials: "arn:aws:iam::123456789012:role/x",
          request_parameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
          request_templates: { "application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" },
        },
        responses: [{ status_code: "200" }],
      },
    },
    request: { line: "POST /pets", headers: [["Content-Type", "application/json"]], body: '{"name": "Rex"}' },
    answer: {
      status: 200,
      body: {
        url: "/123456789012/pets",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "Action=SendMessage&MessageBody=%7B%22name%22%3A+%22Rex%22%7D",
      },
    },
  },
  {
    title: "headers of a gateway response are mapped",
    source: DOCUMENTED("customize-gateway-responses"),
    routes: { "GET /pets": mock("ok") },
    resources: {
      aws_api_gateway_gateway_response: {
        mapped: {
          rest_api_id: "API",
          response_type: "DEFAULT_4XX",
          response_parameters: {
            "gatewayresponse.header.Access-Control-Allow-Origin": "method.request.header.Origin",
            "gatewayresponse.header.X-Request": "context.requestId",
            "gatewayresponse.header.X-Missing": "method.request.header.Missing",
            "gatewayresponse.header.X-Fixed": "'1'",
          },
        },
      },
    },
    request: { line: "GET /nothing", headers: [["Origin", "https://app.example.com"]] },
    answer: {
      status: 403,
      headers: {
        "access-control-allow-origin": "https://app.example.com",
        "x-request": expect.stringMatching(/^[0-9a-f-]{36}$/),
        "x-missing": null,
        "x-fixed": "1",
      },
    },
  },
];
