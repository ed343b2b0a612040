import { type ConformanceCase, DOCUMENTED, mock, RECORDED } from "../case";

const REFERENCE = DOCUMENTED("api-gateway-mapping-template-reference");

const prints = (
  title: string,
  template: string,
  body: unknown,
  source: string,
  more: Partial<ConformanceCase> = {},
): ConformanceCase => ({
  title: `a template with ${title}`,
  source,
  routes: { "ANY /pets/{id}": mock(template) },
  request: { line: "GET /pets/42?page=2&tag=a&tag=b" },
  answer: { status: 200, body },
  ...more,
});
/** A value of the body, as a request template makes a text of it. */
const formats = (title: string, body: string, path: string, expected: string): ConformanceCase => ({
  title: `a body's ${title} as text`,
  source: RECORDED("common: test_input_path_template_formatting"),
  routes: {
    "POST /pets": mock(
      "$context.responseOverride.header.x",
      `#set($context.responseOverride.header.x = "$input.path('${path}')")${'{"statusCode": 200}'}`,
    ),
  },
  request: { line: "POST /pets", body, headers: [["Content-Type", "application/json"]] },
  answer: { status: 200, body: expected },
});

export const TEMPLATES: readonly ConformanceCase[] = [
  prints(
    "a parameter of the path, by its group",
    "$input.params().path.id",
    "42",
    RECORDED("basic: test_mock_integration_response"),
  ),
  prints("a parameter by name", "$input.params('id') $input.params('page')", "42 2", REFERENCE),
  prints("a group of parameters by name", "$input.params('querystring').page", "2", REFERENCE),
  prints(
    "all parameters, as the console writes it",
    '{#foreach($type in $input.params().keySet())#set($params = $input.params().get($type))"$type":{#foreach($name in $params.keySet())"$name":"$util.escapeJavaScript($params.get($name))"#if($foreach.hasNext),#end#end}#if($foreach.hasNext),#end#end}',
    { path: { id: "42" }, querystring: { page: "2", tag: "b" } },
    DOCUMENTED("api-gateway-mapping-template-reference#input-examples-mapping-templates"),
  ),
  prints(
    "a status that it overrides",
    "#set($context.responseOverride.status = 444)",
    "",
    RECORDED("integrations: test_integration_mock_with_response_override_in_request_template"),
    { answer: { status: 444 } },
  ),
  prints(
    "a status that is none",
    "#set($context.responseOverride.status = 777)",
    "",
    RECORDED("integrations: test_integration_mock_with_response_override_in_request_template"),
    { answer: { status: 200 } },
  ),
  {
    title: "a request template that overrides status and header of the answer",
    source: RECORDED("integrations: test_integration_mock_with_response_override_in_request_template"),
    routes: {
      "GET /pets": mock(
        '{"statusOverride": "$context.responseOverride.status", "fooHeader": "$context.responseOverride.header.foo"}',
        '#set($context.responseOverride.status = 444)#set($context.responseOverride.header.foo = "bar"){"statusCode": 200}',
      ),
    },
    request: { line: "GET /pets" },
    answer: { status: 444, headers: { foo: "bar" }, body: { statusOverride: "444", fooHeader: "bar" } },
  },
  ...(
    [
      ["path1", "path was path one"],
      ["path2", "path was path two"],
      ["other", "this is the else clause"],
    ] as const
  ).map(
    ([id, body]): ConformanceCase => ({
      title: `a response template that reads what the request template set of ${id}`,
      source: RECORDED("integrations: test_integration_mock_with_request_overrides_in_response_template"),
      routes: {
        "GET /{id}": mock(
          "#set($path = $context.requestOverride.path.p)#if($path == 'path1')path was path one#elseif($path == 'path2')path was path two#{else}this is the else clause#end",
          "#set($context.requestOverride.path.p = $input.params('id')){\"statusCode\": 200}",
        ),
      },
      request: { line: `GET /${id}` },
      answer: { status: 200, body },
    }),
  ),
  prints(
    "maps that are set and put",
    '#set($map = {"foo": "bar"})#set($ignored = $map.put("two", "putBar"))#set($map.nested = {"foo": "nestedFoo"}){"value": "$map.foo", "value2": "$map.two", "value3": "$map.nested.foo"}',
    { value: "bar", value2: "putBar", value3: "nestedFoo" },
    RECORDED("integrations: test_integration_mock_with_vtl_map_assignation"),
  ),
  ...(["https://app.example.com", "https://admin.example.com"] as const).map(
    (origin): ConformanceCase => ({
      title: `a preflight for several origins, from ${origin}`,
      source: "https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-apigateway/lib/resource.ts",
      routes: {
        "OPTIONS /pets": {
          integration: { type: "MOCK", request_templates: { "application/json": "{ statusCode: 204 }" } },
          responses: [
            {
              status_code: "204",
              response_parameters: {
                "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'",
              },
              response_templates: {
                "application/json":
                  '#set($origin = $input.params().header.get("Origin"))\n#if($origin == "")\n  #set($origin = $input.params().header.get("origin"))\n#end\n#if($origin == "https://app.example.com" || $origin.matches("https://admin[.]example[.]com"))\n  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end',
              },
            },
          ],
        },
      },
      request: { line: "OPTIONS /pets", headers: [["Origin", origin]] },
      answer: { status: 204, headers: { "access-control-allow-origin": origin } },
    }),
  ),
  prints(
    "variables that do not exist",
    "[$stageVariables.x$context.x${context.identity.x}$input.path('$.x')]",
    "[]",
    RECORDED("canary: test_invoking_canary_deployment"),
  ),
  prints("a variable of the stage", "$stageVariables.color ${stageVariables.color}", "red red", REFERENCE, {
    stage: { variables: { color: "red" } },
  }),
  prints(
    "variables of the context",
    '{"accountId": "$context.accountId", "resourceId": "$context.resourceId", "domainPrefix": "$context.domainPrefix", "domainName": "$context.domainName", "deploymentId": "$context.deploymentId", "isCanary": "$context.isCanaryRequest", "stage": "$context.stage", "method": "$context.httpMethod", "path": "$context.path", "resource": "$context.resourcePath"}',
    {
      accountId: "123456789012",
      resourceId: expect.stringMatching(/^\w{6}$/),
      domainPrefix: expect.stringMatching(/^case-\d+$/),
      domainName: expect.stringMatching(/^case-\d+\.execute-api\.us-east-1\.amazonaws\.com$/),
      deploymentId: expect.stringMatching(/^\w+$/),
      isCanary: "false",
      stage: "prod",
      method: "GET",
      path: "/prod/pets/42",
      resource: "/pets/{id}",
    },
    DOCUMENTED("api-gateway-variables-for-access-logging"),
  ),
  prints(
    "the client's address and browser",
    "$context.identity.sourceIp $context.identity.userAgent",
    "127.0.0.1 curl/8",
    REFERENCE,
    {
      request: { line: "GET /pets/42", headers: [["User-Agent", "curl/8"]] },
    },
  ),
  prints("a method of Java: matches", "#set($text = 'abc')#if($text.matches('a.*'))yes#{else}no#end", "yes", REFERENCE),
  prints("a method of Java: length", "$input.params('id').length()", "2", REFERENCE),
  prints("a method of Java: isEmpty", "#if($input.params('nobody').isEmpty())yes#end", "yes", REFERENCE),
  prints(
    "a method of Java: split",
    "#set($text = 'a-b')#foreach($part in $text.split('-'))<$part>#end",
    "<a><b>",
    REFERENCE,
  ),
  prints("a method of Java: replaceAll", "$input.params('id').replaceAll('4', 'x')", "x2", REFERENCE),
  prints(
    "a space that is encoded for a URL",
    "$util.urlEncode('a b')",
    "a+b",
    RECORDED("common: test_input_body_formatting"),
  ),
  prints("Base64", "$util.base64Encode('Rex') $util.base64Decode('UmV4')", "UmV4 Rex", REFERENCE),
  prints("a method that is not there", "$input.params('id').getClass()", undefined, REFERENCE, {
    answer: { status: 500, log: /getClass\(\) is not supported/ },
  }),
  prints(
    "a way to the language behind it",
    "#set($x = 'a'.constructor.constructor('return process')())$x",
    undefined,
    "an attack",
    { answer: { status: 500 } },
  ),
  prints("an empty body", "$input.body", "{}", RECORDED("common: test_input_body_formatting")),
  formats("map", '{"foo": "bar"}', "$", "{foo=bar}"),
  formats("list", '[{"foo": "bar"}]', "$", '[{"foo":"bar"}]'),
  formats("nested map", '{"foo": {"foo": "bar"}}', "$.foo", "{foo=bar}"),
  formats("nested list", '{"foo": [{"foo": "bar"}]}', "$.foo", '[{"foo":"bar"}]'),
  formats("map with a list", '{"foo": [{"nested": "bar"}]}', "$", '{foo=[{"nested":"bar"}]}'),
  formats(
    "bigger map",
    '{"bigger": "dict", "to": "test", "with": "separators"}',
    "$",
    "{bigger=dict, to=test, with=separators}",
  ),
  formats("null", '{"foo": null}', "$.foo", ""),
  formats("empty list", "[]", "$", "[]"),
  {
    title: "a body of a type without a template reaches a mock as data",
    source: DOCUMENTED("integration-passthrough-behaviors"),
    routes: { "POST /pets": mock("ok") },
    request: { line: "POST /pets", body: '#set($x = 1){"statusCode": 200}', headers: [["Content-Type", "text/plain"]] },
    answer: { status: 500 },
  },
  {
    title: "a body of a type without a template that chooses a status",
    source: DOCUMENTED("integration-passthrough-behaviors"),
    routes: { "POST /pets": mock("ok") },
    request: { line: "POST /pets", body: '{"statusCode": 200}', headers: [["Content-Type", "text/plain"]] },
    answer: { status: 200, body: "ok" },
  },
  ...(
    [
      ["NEVER", "text/plain", 415],
      ["NEVER", "application/json", 200],
      ["WHEN_NO_TEMPLATES", "text/plain", 415],
      ["WHEN_NO_TEMPLATES", "application/json; charset=utf-8", 200],
    ] as const
  ).map(
    ([passthrough_behavior, type, status]): ConformanceCase => ({
      title: `${passthrough_behavior} and a body of type ${type}`,
      source: RECORDED("basic: test_mock_integration_response"),
      routes: {
        "POST /pets": {
          ...mock("ok"),
          integration: {
            type: "MOCK",
            passthrough_behavior,
            request_templates: { "application/json": '{"statusCode": 200}' },
          },
        },
      },
      request: { line: "POST /pets", body: "{}", headers: [["Content-Type", type]] },
      answer: status === 415 ? { status, body: { message: "Unsupported Media Type" } } : { status, body: "ok" },
    }),
  ),
  {
    title: "a request template for $default",
    source: RECORDED("integrations"),
    routes: {
      "POST /pets": {
        ...mock("ok"),
        integration: {
          type: "MOCK",
          passthrough_behavior: "NEVER",
          request_templates: { $default: '{"statusCode": 200}' },
        },
      },
    },
    request: { line: "POST /pets", body: "x", headers: [["Content-Type", "text/plain"]] },
    answer: { status: 200, body: "ok" },
  },
  {
    title: "a response template for what the client accepts",
    source: DOCUMENTED("request-response-data-mappings"),
    routes: {
      "GET /pets": {
        ...mock(),
        responses: [{ status_code: "200", response_templates: { "application/json": "{}", "text/plain": "plain" } }],
      },
    },
    request: { line: "GET /pets", headers: [["Accept", "text/plain"]] },
    answer: { status: 200, body: "plain", headers: { "content-type": "text/plain" } },
  },
];
