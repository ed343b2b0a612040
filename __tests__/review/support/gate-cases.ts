import { ONE_OF_EACH, type OneChange, updated } from "./one-of-each";

const deleted = (type: string): OneChange => ({ type, actions: ["delete"], before: ONE_OF_EACH[type], after: null });
const created = (type: string, after: OneChange["after"]): OneChange => ({
  type,
  actions: ["create"],
  before: null,
  after,
});
const replaced = (type: string, attributes: OneChange["after"] = {}): OneChange => ({
  ...updated(type, attributes),
  actions: ["delete", "create"],
});
const settings = (values: OneChange["after"]) =>
  updated("aws_api_gateway_method_settings", {
    settings: [{ ...ONE_OF_EACH.aws_api_gateway_method_settings?.settings[0], ...values }],
  });

const LIVE = replaced("aws_api_gateway_stage", { stage_name: "live" });
const opening = (...stages: OneChange["after"][]) =>
  updated("aws_api_gateway_usage_plan", {
    api_stages: stages.map((stage) => ({ api_id: "api1", throttle: [], ...stage })),
  });

const NOT_DEPLOYED = "stage pets/prod: goes on without: ";
const DENY_ALL = JSON.stringify({ Statement: [{ Effect: "Deny", Principal: "*", Action: "execute-api:Invoke" }] });
const ACL = "arn:aws:wafv2:eu-west-1:1:regional/webacl/shop/1";

/** A change of each gate on a request's way, and all that is said of it. */
export const GATE_CASES: readonly (readonly [string, readonly OneChange[], Readonly<Record<string, unknown>>])[] = [
  [
    "where keys are taken from",
    [updated("aws_api_gateway_rest_api", { api_key_source: "AUTHORIZER" })],
    {
      "key-source-changed": ["API pets: from HEADER to AUTHORIZER"],
      "change-not-deployed": [`${NOT_DEPLOYED}api_key_source`],
    },
  ],
  [
    "that an API denies everybody by a policy",
    [updated("aws_api_gateway_rest_api", { policy: DENY_ALL })],
    { "resource-policy-changed": ["API pets: is new: Deny *"], "change-not-deployed": [`${NOT_DEPLOYED}policy`] },
  ],
  [
    "that a policy of its own changes",
    [updated("aws_api_gateway_rest_api_policy", { policy: DENY_ALL })],
    {
      "resource-policy-changed": ["policy of API pets: from Allow * to Deny *"],
      "change-not-deployed": [expect.stringContaining(NOT_DEPLOYED)],
    },
  ],
  [
    "that a policy goes",
    [deleted("aws_api_gateway_rest_api_policy")],
    {
      "resource-policy-changed": ["policy of API pets: goes; it was Allow *"],
      "change-not-deployed": [expect.stringContaining(NOT_DEPLOYED)],
    },
  ],
  [
    "that the default URL ends, once it is deployed",
    [updated("aws_api_gateway_rest_api", { disable_execute_api_endpoint: true })],
    {
      "default-url-changed": ["API pets: the default URL stops answering, once its stages are redeployed"],
      "change-not-deployed": [`${NOT_DEPLOYED}disable_execute_api_endpoint`],
    },
  ],
  [
    "that the base path changes",
    [replaced("aws_api_gateway_base_path_mapping", { base_path: "v2" })],
    {
      "url-changed": [
        "https://api.example.com/v1: https://api.example.com/v1 (pets/prod) → https://api.example.com/v2 (pets/prod)",
      ],
    },
  ],
  [
    "that a base path leads to another stage",
    [updated("aws_api_gateway_base_path_mapping", { stage_name: "test" })],
    {
      "url-changed": [
        "https://api.example.com/v1: https://api.example.com/v1 (pets/prod) → https://api.example.com/v1 (pets/test)",
      ],
    },
  ],
  [
    "that a base path goes",
    [deleted("aws_api_gateway_base_path_mapping")],
    { "url-changed": ["https://api.example.com/v1: stops answering"] },
  ],
  [
    "that a domain name goes",
    [deleted("aws_api_gateway_domain_name")],
    { "url-changed": ["domain name api.example.com: stops answering"] },
  ],
  [
    "that a domain name becomes another one",
    [replaced("aws_api_gateway_domain_name", { domain_name: "shop.example.com" })],
    { "url-changed": ["domain name api.example.com: api.example.com → shop.example.com"] },
  ],
  [
    "that a domain name gets another endpoint",
    [
      updated("aws_api_gateway_domain_name", {
        endpoint_configuration: [{ types: ["EDGE"], ip_address_type: "ipv4" }],
      }),
    ],
    {
      "url-changed": [
        "domain name api.example.com: from REGIONAL to EDGE; its DNS record must lead to another address",
      ],
    },
  ],
  [
    "that a domain name trusts other client certificates",
    [updated("aws_api_gateway_domain_name", { security_policy: "TLS_1_0", mutual_tls_authentication: [] })],
    {
      "domain-name-changed": [
        expect.stringMatching(/mutual_tls_authentication .* → none; security_policy "TLS_1_2" → "TLS_1_0"$/),
      ],
    },
  ],
  [
    "that an API gets another endpoint",
    [
      updated("aws_api_gateway_rest_api", {
        endpoint_configuration: [{ types: ["PRIVATE"], vpc_endpoint_ids: [], ip_address_type: "ipv4" }],
      }),
    ],
    { "url-changed": ["API pets: from REGIONAL to PRIVATE"] },
  ],
  [
    "that an API is replaced at its address",
    [replaced("aws_api_gateway_rest_api")],
    { "url-changed": ["API pets: is deleted and created again: its URLs get another API id"] },
  ],
  [
    "that a stage gets another name, and who is blocked because a tier, a mapping and settings keep the old one",
    [LIVE],
    {
      "access-lost": ["acme: tier gold no longer opens pets/prod"],
      "url-changed": ["stage pets/live: was called prod: …/prod → …/live; 1 customer"],
      "not-covered": [expect.stringContaining("covers stage prod of API pets")],
    },
  ],
  [
    "once, that a stage gets another name, where all that belongs to it follows",
    [
      LIVE,
      opening({ stage: "live" }),
      updated("aws_api_gateway_base_path_mapping", { stage_name: "live" }),
      replaced("aws_api_gateway_method_settings", { stage_name: "live" }),
    ],
    { "url-changed": ["stage pets/live: was called prod: …/prod → …/live; 1 customer"] },
  ],
  [
    "what else a tier changes with the new name of a stage",
    [
      LIVE,
      opening({ stage: "live", throttle: [{ path: "/pets/POST", rate_limit: 1, burst_limit: 1 }] }, { stage: "test" }),
    ],
    {
      "url-changed": ["stage pets/live: was called prod: …/prod → …/live; 1 customer"],
      "access-gained": ["acme: can call pets/test, on tier gold"],
      "tier-coverage": ["tier gold: opens pets/test as well; 1 customer"],
      "limits-added": [
        "tier gold: rateLimit of POST /pets on pets/live unlimited → 1/s; burstLimit of POST /pets on pets/live unlimited → 1; 1 customer",
      ],
      "not-evaluated": [expect.stringContaining("covers stage test of API pets")],
    },
  ],
  [
    "that a stage is away for a moment",
    [replaced("aws_api_gateway_stage")],
    { "url-changed": ["stage pets/prod: is deleted and created again: it answers nothing in between"] },
  ],
  [
    "that the record of a domain name leads elsewhere",
    [
      {
        type: "aws_route53_record",
        actions: ["update"],
        before: { name: "api.example.com", type: "CNAME", records: ["one"] },
        after: { name: "api.example.com", type: "CNAME", records: ["other"] },
      },
    ],
    { "url-changed": ["DNS record api.example.com: changes: records"] },
  ],
  [
    "that all callers get 1 a second",
    [settings({ throttling_rate_limit: 1 })],
    { "stage-throttle-lowered": ["*/* on pets/prod: for all callers together: 100/s, burst 200 → 1/s, burst 200"] },
  ],
  [
    "that all callers get more",
    [settings({ throttling_burst_limit: 300 })],
    { "stage-throttle-raised": ["*/* on pets/prod: for all callers together: 100/s, burst 200 → 100/s, burst 300"] },
  ],
  [
    "that nothing throttles all callers any more",
    [deleted("aws_api_gateway_method_settings")],
    {
      "stage-throttle-removed": [
        "*/* on pets/prod: for all callers together: 100/s, burst 200 → the account's throttle",
      ],
    },
  ],
  [
    "that answers are cached",
    [settings({ caching_enabled: true })],
    { "stage-caching-changed": ["*/* on pets/prod: settings.caching_enabled false → true"] },
  ],
  [
    "that the account is throttled",
    [
      {
        type: "aws_servicequotas_service_quota",
        actions: ["update"],
        before: { service_code: "apigateway", quota_name: "Throttle rate", value: 10000 },
        after: { service_code: "apigateway", quota_name: "Throttle rate", value: 10 },
      },
    ],
    { "account-throttle-changed": ["Throttle rate: 10000 → 10"] },
  ],
  [
    "that an authorizer looks elsewhere",
    [updated("aws_api_gateway_authorizer", { identity_source: "method.request.header.X-Token" })],
    {
      "authorizer-settings-changed": [
        'authorizer tokens: identity_source "method.request.header.Authorization" → "method.request.header.X-Token"; asked by POST /pets of pets',
      ],
      "change-not-deployed": [`${NOT_DEPLOYED}authorizer tokens`],
    },
  ],
  [
    "that a route asks for other scopes",
    [updated("aws_api_gateway_method", { authorization_scopes: ["pets:write"] })],
    {
      "authorizer-changed": ['POST /pets of pets: authorization_scopes none → ["pets:write"]'],
      "change-not-deployed": [`${NOT_DEPLOYED}POST /pets`],
    },
  ],
  [
    "that a header becomes required",
    [updated("aws_api_gateway_method", { request_parameters: { "method.request.header.X-Shop": true } })],
    {
      "requests-refused": ["POST /pets of pets: now demands the header X-Shop"],
      "change-not-deployed": [`${NOT_DEPLOYED}POST /pets`],
    },
  ],
  [
    "that a body is checked by another schema",
    [updated("aws_api_gateway_model", { schema: '{"type":"object","required":["name"]}' })],
    {
      "requests-refused": ["POST /pets of pets: checks application/json bodies by another schema"],
      "change-not-deployed": [`${NOT_DEPLOYED}model Pet`],
    },
  ],
  [
    "that bodies are checked no more",
    [updated("aws_api_gateway_request_validator", { validate_request_body: false })],
    {
      "requests-accepted": ["POST /pets of pets: no longer checks application/json bodies"],
      "change-not-deployed": [`${NOT_DEPLOYED}request validator all`],
    },
  ],
  [
    "that a web ACL is asked no more",
    [deleted("aws_wafv2_web_acl_association")],
    { "web-acl-changed": ["aws_wafv2_web_acl_association.this: the web ACL arn:acl is not asked any more"] },
  ],
  [
    "that a web ACL is asked",
    [
      {
        ...created("aws_wafv2_web_acl_association", {
          ...ONE_OF_EACH.aws_wafv2_web_acl_association,
          web_acl_arn: ACL,
        }),
      },
    ],
    { "web-acl-changed": [`aws_wafv2_web_acl_association.this: the web ACL ${ACL} is asked from now on`] },
  ],
  [
    "that a stage gets another web ACL",
    [updated("aws_api_gateway_stage", { web_acl_arn: ACL })],
    { "web-acl-changed": [`stage pets/prod: web_acl_arn "arn:acl" → "${ACL}"`] },
  ],
  [
    "that a web ACL has other rules",
    [
      {
        type: "aws_wafv2_web_acl",
        actions: ["update"],
        before: { scope: "REGIONAL", default_action: "allow", tags: {} },
        after: { scope: "REGIONAL", default_action: "block", tags: { a: "b" } },
      },
    ],
    { "web-acl-changed": ["aws_wafv2_web_acl.this: changes: default_action"] },
  ],
  [
    "that a canary answers a share",
    [
      updated("aws_api_gateway_stage", {
        canary_settings: [{ ...ONE_OF_EACH.aws_api_gateway_stage?.canary_settings[0], percent_traffic: 50 }],
      }),
    ],
    { "canary-changed": ["stage pets/prod: canary_settings.percent_traffic 5 → 50"] },
  ],
  [
    "that a stage variable changes",
    [updated("aws_api_gateway_stage", { variables: { release: "test" } })],
    { "stage-variables-changed": ["stage pets/prod: release gets another value"] },
  ],
  [
    "that a stage variable is new",
    [updated("aws_api_gateway_stage", { variables: { release: "prod", more: "1" } })],
    { "stage-variables-added": ["stage pets/prod: more is new"] },
  ],
  [
    "that a client certificate is replaced",
    [replaced("aws_api_gateway_client_certificate")],
    { "client-certificate-changed": ["aws_api_gateway_client_certificate.this: is replaced by another certificate"] },
  ],
  [
    "that API Gateway may not call a function",
    [deleted("aws_lambda_permission")],
    {
      "permission-removed": ["aws_lambda_permission.this: API Gateway may not call the function pets any more"],
    },
  ],
  [
    "that API Gateway may call a function for another API only",
    [replaced("aws_lambda_permission", { source_arn: "arn:aws:execute-api:eu-west-1:1:api2/*" })],
    { "permission-removed": [expect.stringContaining('api1/*" → "arn:aws:execute-api:eu-west-1:1:api2/*"')] },
  ],
  [
    "that a function has no concurrency left",
    [updated("aws_lambda_function", { reserved_concurrent_executions: 0 })],
    {
      "function-stops": ["aws_lambda_function.this: reserved concurrency of the account → 0"],
      "handler-released": ["function pets: changes: reserved_concurrent_executions"],
    },
  ],
  [
    "that a route has nothing behind it",
    [deleted("aws_api_gateway_integration")],
    expect.objectContaining({ "integration-removed": ["POST /pets of pets: nothing is behind it any more"] }),
  ],
  [
    "that a gateway error has another status",
    [updated("aws_api_gateway_gateway_response", { status_code: "503" })],
    {
      "gateway-response-changed": ["THROTTLED of pets: changes: status_code"],
      "change-not-deployed": [`${NOT_DEPLOYED}gateway response THROTTLED`],
    },
  ],
  [
    "that a usage plan is replaced",
    [
      replaced("aws_api_gateway_usage_plan"),
      { ...replaced("aws_api_gateway_usage_plan_key"), replacedFor: ["usage_plan_id"] },
    ],
    { "tier-replaced": ["tier gold: is deleted and created again; 1 customer loses access until then"] },
  ],
  [
    "that a key leaves its plan and comes back",
    [replaced("aws_api_gateway_usage_plan_key")],
    { "plan-key-replaced": ["acme: out of gold and into it again"] },
  ],
  [
    "that a key is in a second plan of a stage",
    [
      created("aws_api_gateway_usage_plan.second", {
        ...ONE_OF_EACH.aws_api_gateway_usage_plan,
        id: "plan2",
        name: "silver",
      }),
      created("aws_api_gateway_usage_plan_key.second", {
        ...ONE_OF_EACH.aws_api_gateway_usage_plan_key,
        id: "second",
        usage_plan_id: "plan2",
      }),
    ],
    expect.objectContaining({ "plans-share-stage": ["acme: gold and silver both cover pets/prod"] }),
  ],
  [
    "that the body of an API overwrites what stands beside it",
    [
      updated("aws_api_gateway_rest_api", {
        body: JSON.stringify({ openapi: "3.0.1", info: { title: "pets" }, paths: {} }),
      }),
    ],
    expect.objectContaining({
      "body-overwrites": [
        "API pets: its body, which changes, has not: POST /pets, aws_api_gateway_authorizer.this, aws_api_gateway_gateway_response.this, aws_api_gateway_model.this and aws_api_gateway_request_validator.this",
      ],
    }),
  ],
  [
    "that a URL is new",
    [
      created("aws_api_gateway_base_path_mapping.v2", {
        ...ONE_OF_EACH.aws_api_gateway_base_path_mapping,
        id: "m2",
        base_path: "v2",
      }),
    ],
    { "url-added": ["https://api.example.com/v2: leads to pets/prod"] },
  ],
];
