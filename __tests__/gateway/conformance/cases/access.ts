import { type ConformanceCase, DOCUMENTED, echo, gives, lambda, mock } from "../case";

const POLICIES = DOCUMENTED("apigateway-authorization-flow");
const EXAMPLES = DOCUMENTED("apigateway-resource-policies-examples");
const DENIED = (path: string, explicit: string) => ({
  status: 403,
  headers: { "x-amzn-errortype": "AccessDeniedException" },
  body: {
    Message: expect.stringMatching(
      new RegExp(
        `^User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:\\*{8}9012:case-\\d+/prod/GET${path}${explicit}$`,
      ),
    ),
  },
});
const EXPLICIT = DENIED("/pets", " with an explicit deny");
const IMPLICIT = DENIED("/pets", "");

const statement = (Effect: string, more: object = {}) => ({
  Effect,
  Principal: "*",
  Action: "execute-api:Invoke",
  Resource: "execute-api:/*",
  ...more,
});
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const FROM = (range: string) => ({ Condition: { IpAddress: { "aws:SourceIp": range } } });
const NOT_FROM = (range: string | string[]) => ({ Condition: { NotIpAddress: { "aws:SourceIp": range } } });
const ALLOW = statement("Allow");

const PETS = { "GET /pets": mock("ok") };
const REQUEST = { line: "GET /pets" };
const OK = { status: 200, body: "ok" };

/** [title, statements, answer] of a policy of the API itself. */
const POLICY_CASES: readonly (readonly [string, readonly object[], ConformanceCase["answer"]])[] = [
  ["a policy that allows everyone", [ALLOW], OK],
  ["a policy that denies everyone", [ALLOW, statement("Deny")], EXPLICIT],
  ["a policy that allows nobody", [statement("Allow", { Resource: "execute-api:/test/*" })], IMPLICIT],
  ["a policy that denies another method", [ALLOW, statement("Deny", { Resource: "execute-api:/*/POST/*" })], OK],
  [
    "a policy that denies this method",
    [ALLOW, statement("Deny", { Resource: "execute-api:/prod/GET/pets" })],
    EXPLICIT,
  ],
  [
    "a policy with the ARN of the API",
    [ALLOW, statement("Deny", { Resource: "API.execution_arn/*/GET/pets" })],
    EXPLICIT,
  ],
  [
    "a policy with an ARN that is written out",
    [ALLOW, statement("Deny", { Resource: "arn:aws:execute-api:us-east-1:123456789012:API/prod/*" })],
    EXPLICIT,
  ],
  ["a policy that allows this address", [statement("Allow", FROM("127.0.0.0/8"))], OK],
  ["a policy that allows other addresses", [statement("Allow", FROM("203.0.113.0/24"))], IMPLICIT],
  ["a policy that denies this address", [ALLOW, statement("Deny", FROM("127.0.0.1"))], EXPLICIT],
  [
    "a policy that denies all addresses but these",
    [ALLOW, statement("Deny", NOT_FROM(["192.0.2.0/24", "127.0.0.1/32"]))],
    OK,
  ],
  ["a policy that denies all addresses but others", [ALLOW, statement("Deny", NOT_FROM("192.0.2.0/24"))], EXPLICIT],
  [
    "a policy that denies what comes from no VPC endpoint",
    [ALLOW, statement("Deny", { Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } })],
    EXPLICIT,
  ],
  [
    "a policy that allows a VPC endpoint",
    [statement("Allow", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } })],
    IMPLICIT,
  ],
  [
    "a policy with a browser's name",
    [ALLOW, statement("Deny", { Condition: { StringLike: { "aws:UserAgent": "Bad*" } } })],
    OK,
  ],
  ["a policy for another action", [ALLOW, statement("Deny", { Action: "execute-api:ManageConnections" })], OK],
  [
    "a policy for everything but an action",
    [ALLOW, statement("Deny", { Action: undefined, NotAction: "execute-api:ManageConnections" })],
    EXPLICIT,
  ],
  ["a policy for AWS: *", [statement("Allow", { Principal: { AWS: "*" } })], OK],
];

export const ACCESS: readonly ConformanceCase[] = [
  ...POLICY_CASES.map(
    ([title, statements, answer]): ConformanceCase => ({
      title,
      source: title.includes("VPC") || title.includes("address") ? EXAMPLES : POLICIES,
      routes: PETS,
      api: { policy: policy(...statements) },
      request: REQUEST,
      answer,
    }),
  ),
  {
    title: "a policy in a resource of its own",
    source: POLICIES,
    routes: PETS,
    resources: {
      aws_api_gateway_rest_api_policy: { own: { rest_api_id: "API", policy: policy(ALLOW, statement("Deny")) } },
    },
    request: REQUEST,
    answer: EXPLICIT,
  },
  {
    title: "a policy for an account, with a notice",
    source: POLICIES,
    routes: PETS,
    api: { policy: policy(statement("Allow", { Principal: { AWS: "arn:aws:iam::123456789012:root" } })) },
    request: REQUEST,
    answer: { ...IMPLICIT, told: /certain principals/ },
  },
  {
    title: "a condition that is not evaluated, with a notice",
    source: POLICIES,
    routes: PETS,
    api: { policy: policy(ALLOW, statement("Deny", { Condition: { StringEquals: { "aws:RequestedRegion": "x" } } })) },
    request: REQUEST,
    answer: { ...OK, told: /StringEquals of aws:requestedregion/ },
  },
  {
    title: "a policy that is known only after a deploy, with a notice",
    source: POLICIES,
    routes: PETS,
    api: { policy: "${data.aws_iam_policy_document.unknown.json}" },
    request: REQUEST,
    answer: { ...OK, told: /resource policy that is known only after a deploy/ },
  },
  {
    title: "a web ACL that blocks by default",
    source: DOCUMENTED("supported-gateway-response-types"),
    routes: PETS,
    resources: {
      aws_wafv2_web_acl: { blocking: { name: "x", scope: "REGIONAL", default_action: { block: {} } } },
      aws_wafv2_web_acl_association: {
        blocking: { resource_arn: "STAGE", web_acl_arn: "${aws_wafv2_web_acl.blocking.arn}" },
      },
    },
    request: REQUEST,
    answer: {
      status: 403,
      body: { message: "Forbidden" },
      headers: { "x-amzn-errortype": "ForbiddenException" },
      log: /aws_wafv2_web_acl.blocking blocks/,
    },
  },
  {
    title: "a web ACL with rules, with a notice",
    source: DOCUMENTED("apigateway-control-access-aws-waf"),
    routes: PETS,
    resources: {
      aws_wafv2_web_acl: { ruled: { name: "x", default_action: { allow: {} }, rule: [{ name: "r", priority: 1 }] } },
      aws_wafv2_web_acl_association: {
        ruled: { resource_arn: "STAGE", web_acl_arn: "${aws_wafv2_web_acl.ruled.arn}" },
      },
    },
    request: REQUEST,
    answer: { ...OK, told: /filtered by aws_wafv2_web_acl.ruled, whose rules are not evaluated/ },
  },
  {
    title: "a web ACL that allows everything",
    source: DOCUMENTED("apigateway-control-access-aws-waf"),
    routes: PETS,
    resources: {
      aws_wafv2_web_acl: { open: { name: "x", default_action: { allow: {} } } },
      aws_wafv2_web_acl_association: { open: { resource_arn: "STAGE", web_acl_arn: "${aws_wafv2_web_acl.open.arn}" } },
    },
    request: REQUEST,
    answer: OK,
  },
  {
    title: "a web ACL that is managed elsewhere, with a notice",
    source: DOCUMENTED("apigateway-control-access-aws-waf"),
    routes: PETS,
    resources: {
      aws_wafv2_web_acl_association: {
        elsewhere: { resource_arn: "STAGE", web_acl_arn: "arn:aws:wafv2:us-east-1:1:regional/webacl/x/1" },
      },
    },
    request: REQUEST,
    answer: { ...OK, told: /web ACL .* that is not in these files/ },
  },
  {
    title: "an API whose own endpoint is disabled",
    source: DOCUMENTED("rest-api-disable-default-endpoint"),
    routes: PETS,
    api: { disable_execute_api_endpoint: true },
    request: REQUEST,
    answer: {
      status: 403,
      body: { message: "Forbidden" },
      headers: { "x-amzn-errortype": "ForbiddenException" },
      log: /disable_execute_api_endpoint/,
    },
  },
  {
    title: "an API whose own endpoint is disabled, by its custom domain name",
    source: DOCUMENTED("rest-api-disable-default-endpoint"),
    routes: PETS,
    api: { disable_execute_api_endpoint: true },
    resources: {
      aws_api_gateway_base_path_mapping: {
        only: { api_id: "API", stage_name: "prod", domain_name: "only.example.com", base_path: "" },
      },
    },
    request: { ...REQUEST, domain: "only.example.com" },
    answer: OK,
  },
  {
    title: "a private API, with a notice",
    source: DOCUMENTED("apigateway-private-apis"),
    routes: PETS,
    api: { endpoint_configuration: { types: ["PRIVATE"] } },
    request: REQUEST,
    answer: { ...OK, told: /is private/ },
  },
  {
    title: "AWS_IAM without a signature",
    source: DOCUMENTED("permissions"),
    routes: { "GET /pets": mock("ok", undefined, { method: { authorization: "AWS_IAM" } }) },
    request: REQUEST,
    answer: {
      status: 403,
      body: { message: "Missing Authentication Token" },
      headers: { "x-amzn-errortype": "MissingAuthenticationTokenException" },
      told: /signed callers \(AWS_IAM\)/,
    },
  },
  {
    title: "a function without a permission",
    source: "https://repost.aws/knowledge-center/api-gateway-rest-api-lambda-integrations",
    routes: { "GET /pets": { ...echo(), permission: null } },
    request: REQUEST,
    answer: {
      status: 500,
      body: { message: "Internal server error" },
      headers: { "x-amzn-errortype": "InternalServerErrorException" },
      log: /AWS answers 500: no aws_lambda_permission lets GET \/pets of stage prod call function/,
    },
  },
  ...(
    [
      ["of another method", { source_arn: "API.execution_arn/*/POST/pets" }, 500],
      ["of another stage", { source_arn: "API.execution_arn/test/*/*" }, 500],
      ["of another path", { source_arn: "API.execution_arn/*/*/dogs" }, 500],
      ["of another API", { source_arn: "arn:aws:execute-api:us-east-1:123456789012:other/*/*/*" }, 500],
      ["of another principal", { principal: "events.amazonaws.com" }, 500],
      ["of another action", { action: "lambda:GetFunction" }, 500],
      ["of an alias that is not called", { qualifier: "live" }, 500],
      ["of just this method", { source_arn: "API.execution_arn/prod/GET/pets" }, 200],
      ["of everything", { source_arn: "API.execution_arn/*" }, 200],
      ["without a source", { source_arn: "" }, 200],
    ] as const
  ).map(
    ([title, permission, status]): ConformanceCase => ({
      title: `a function with a permission ${title}`,
      source: DOCUMENTED("api-gateway-control-access-using-iam-policies-to-invoke-api"),
      routes: { "GET /pets": { ...echo(), permission } },
      request: REQUEST,
      answer: { status },
    }),
  ),
  {
    title: "a function with a permission for a parameter's place",
    source: DOCUMENTED("arn-format-reference"),
    routes: { "GET /pets/{id}": { ...echo(), permission: { source_arn: "API.execution_arn/*/GET/pets/*" } } },
    request: { line: "GET /pets/1" },
    answer: { status: 200 },
  },
  {
    title: "a function whose permissions are written with for_each",
    source: DOCUMENTED("arn-format-reference"),
    routes: { "GET /pets": { ...echo(), permission: { for_each: ["a"], source_arn: "${each.value}" } } },
    request: REQUEST,
    answer: { status: 200, told: /whose source_arn is known only after a deploy/ },
  },
  ...(
    [
      ["of the alias that the stage names", "release", 200],
      ["of another alias", "other", 500],
    ] as const
  ).map(
    ([title, qualifier, status]): ConformanceCase => ({
      title: `a function behind an alias with a permission ${title}`,
      source: DOCUMENTED("aws-api-gateway-stage-variables-reference"),
      routes: {
        "GET /pets": {
          ...echo({
            uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:NAME-r0:${stageVariables.alias}/invocations",
          }),
          permission: { qualifier },
        },
      },
      stage: { variables: { alias: "release" } },
      request: REQUEST,
      answer: { status },
    }),
  ),
  ...(
    [
      ["that is in these files", "NAME-r0", { status: 200 }],
      [
        "that is not",
        "elsewhere",
        { status: 500, told: /elsewhere\/invocations, a function that is not in these files/ },
      ],
    ] as const
  ).map(
    ([title, fn, answer]): ConformanceCase => ({
      title: `a function by a stage variable ${title}`,
      source: DOCUMENTED("amazon-api-gateway-using-stage-variables"),
      routes: {
        "GET /pets": echo({
          uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.fn}/invocations",
        }),
      },
      stage: { variables: { fn } },
      request: REQUEST,
      answer,
    }),
  ),
  {
    title: "an API that compresses, with a notice",
    source: DOCUMENTED("api-gateway-gzip-compression-decompression"),
    routes: PETS,
    api: { minimum_compression_size: "0" },
    request: { ...REQUEST, headers: [["Accept-Encoding", "gzip"]] },
    answer: { ...OK, told: /compresses answers/ },
  },
  {
    title: "an integration that converts bodies, with a notice",
    source: DOCUMENTED("api-gateway-payload-encodings"),
    routes: {
      "GET /pets": mock("ok", undefined, {
        integration: {
          type: "MOCK",
          content_handling: "CONVERT_TO_TEXT",
          request_templates: { "application/json": '{"statusCode": 200}' },
        },
      }),
    },
    request: REQUEST,
    answer: { ...OK, told: /converts bodies by CONVERT_TO_TEXT/ },
  },
  {
    title: "a stage that caches, with a notice",
    source: DOCUMENTED("api-gateway-caching"),
    routes: PETS,
    resources: {
      aws_api_gateway_method_settings: {
        cached: { rest_api_id: "API", stage_name: "prod", method_path: "*/*", settings: { caching_enabled: true } },
      },
    },
    request: REQUEST,
    answer: { ...OK, told: /caches answers/ },
  },
  {
    title: "a custom domain name without a base path",
    source: DOCUMENTED("rest-api-mappings"),
    routes: PETS,
    resources: {
      aws_api_gateway_base_path_mapping: {
        none: { api_id: "API", stage_name: "prod", domain_name: "none.example.com", base_path: "(none)" },
      },
    },
    request: { ...REQUEST, domain: "none.example.com" },
    answer: OK,
  },
  ...[
    ["a base path", "v7", "/v7/prod/pets"],
    ["no base path", "(none)", "/prod/pets"],
  ].map(([title, base_path, path]) => ({
    title: `a mapping with ${title} that names no stage: the stage is a part of the path`,
    source: "https://docs.aws.amazon.com/apigateway/latest/api/API_CreateBasePathMapping.html",
    routes: { "GET /pets": mock("$context.path") },
    resources: {
      aws_api_gateway_base_path_mapping: {
        [`all-${base_path === "v7"}`]: {
          api_id: "API",
          domain_name: `stages-${base_path === "v7"}.example.com`,
          base_path,
        },
      },
    },
    request: { line: `GET ${path}`, domain: `stages-${base_path === "v7"}.example.com` },
    answer: { status: 200, body: path },
  })),
  {
    title: "a path below a base path that no route has",
    source: DOCUMENTED("rest-api-mappings"),
    routes: PETS,
    resources: {
      aws_api_gateway_base_path_mapping: {
        v9: { api_id: "API", stage_name: "prod", domain_name: "v9.example.com", base_path: "v9" },
      },
    },
    request: { line: "GET /v9/dogs", domain: "v9.example.com" },
    answer: { status: 403, body: { message: "Missing Authentication Token" } },
  },
  {
    title: "a function that is called in a role",
    source: DOCUMENTED("api-gateway-lambda-authorizer-lambda-function-create"),
    routes: { "GET /pets": { ...echo({ credentials: "arn:aws:iam::123456789012:role/x" }), permission: null } },
    request: REQUEST,
    answer: { status: 200 },
  },
  {
    title: "the function of another route of the same API that has a permission",
    source: DOCUMENTED("arn-format-reference"),
    routes: {
      "GET /pets": gives({ statusCode: 201 }),
      "GET /dogs": { ...lambda("exports.handler = async () => ({})"), permission: null },
    },
    request: REQUEST,
    answer: { status: 201 },
  },
];
