import type { PlanFile } from "../../../src/review/plan-file";
import { GATEWAY_SCHEMA } from "../../support/gateway-schema";
import type { Json } from "../../support/synthesize";
import { wholePlan } from "./whole-plan";

const ROUTE = { rest_api_id: "api1", resource_id: "res1", http_method: "POST" };

/** Resources with values of their own. */
const CHOSEN: Readonly<Record<string, Json>> = {
  aws_api_gateway_account: {
    id: "account",
    cloudwatch_role_arn: "role",
    throttle_settings: [{ burst_limit: 5000, rate_limit: 10000 }],
  },
  aws_api_gateway_api_key: { id: "key1", name: "acme", enabled: true, description: "", tags: {} },
  aws_api_gateway_authorizer: {
    id: "auth1",
    rest_api_id: "api1",
    name: "tokens",
    type: "TOKEN",
    authorizer_uri:
      "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:tokens/invocations",
    identity_source: "method.request.header.Authorization",
    authorizer_result_ttl_in_seconds: 300,
  },
  aws_api_gateway_base_path_mapping: {
    id: "m1",
    api_id: "api1",
    stage_name: "prod",
    base_path: "v1",
    domain_name: "api.example.com",
  },
  aws_api_gateway_client_certificate: { id: "cert1", description: "" },
  aws_api_gateway_deployment: { id: "dep1", rest_api_id: "api1", triggers: { all: "1" } },
  aws_api_gateway_documentation_part: {
    id: "doc1",
    rest_api_id: "api1",
    properties: "{}",
    location: [{ type: "API" }],
  },
  aws_api_gateway_documentation_version: { id: "docv1", rest_api_id: "api1", version: "1" },
  aws_api_gateway_domain_name: {
    id: "api.example.com",
    domain_name: "api.example.com",
    regional_certificate_arn: "arn:cert",
    security_policy: "TLS_1_2",
    endpoint_configuration: [{ types: ["REGIONAL"], ip_address_type: "ipv4" }],
    mutual_tls_authentication: [{ truststore_uri: "s3://one", truststore_version: "1" }],
  },
  aws_api_gateway_domain_name_access_association: {
    id: "daa1",
    domain_name_arn: "arn:domain",
    access_association_source: "vpce-1",
  },
  aws_api_gateway_gateway_response: { id: "gr1", rest_api_id: "api1", response_type: "THROTTLED", status_code: "429" },
  aws_api_gateway_integration: {
    id: "int1",
    ...ROUTE,
    type: "AWS_PROXY",
    integration_http_method: "POST",
    uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:pets/invocations",
    credentials: "arn:aws:iam::1:role/caller",
    timeout_milliseconds: 29000,
    tls_config: [{ insecure_skip_verification: false }],
  },
  aws_api_gateway_integration_response: { id: "ir1", ...ROUTE, status_code: "200" },
  aws_api_gateway_method: {
    id: "method1",
    ...ROUTE,
    api_key_required: true,
    authorization: "CUSTOM",
    authorizer_id: "auth1",
    request_validator_id: "val1",
    request_models: { "application/json": "Pet" },
    request_parameters: {},
  },
  aws_api_gateway_method_response: { id: "mr1", ...ROUTE, status_code: "200" },
  aws_api_gateway_method_settings: {
    id: "ms1",
    rest_api_id: "api1",
    stage_name: "prod",
    method_path: "*/*",
    settings: [
      {
        throttling_rate_limit: 100,
        throttling_burst_limit: 200,
        caching_enabled: false,
        cache_ttl_in_seconds: 300,
        cache_data_encrypted: false,
        data_trace_enabled: false,
        logging_level: "OFF",
        metrics_enabled: false,
        require_authorization_for_cache_control: true,
        unauthorized_cache_control_header_strategy: "SUCCEED_WITH_RESPONSE_HEADER",
      },
    ],
  },
  aws_api_gateway_model: {
    id: "model1",
    rest_api_id: "api1",
    name: "Pet",
    content_type: "application/json",
    schema: '{"type":"object"}',
  },
  aws_api_gateway_request_validator: {
    id: "val1",
    rest_api_id: "api1",
    name: "all",
    validate_request_body: true,
    validate_request_parameters: true,
  },
  aws_api_gateway_resource: { id: "res1", rest_api_id: "api1", parent_id: "root1", path_part: "pets", path: "/pets" },
  aws_api_gateway_rest_api: {
    id: "api1",
    name: "pets",
    root_resource_id: "root1",
    api_key_source: "HEADER",
    disable_execute_api_endpoint: false,
    endpoint_configuration: [{ types: ["REGIONAL"], vpc_endpoint_ids: [], ip_address_type: "ipv4" }],
    put_rest_api_mode: "overwrite",
  },
  aws_api_gateway_rest_api_policy: { id: "api1", rest_api_id: "api1", policy: '{"Statement":[{"Effect":"Allow"}]}' },
  aws_api_gateway_rest_api_put: { rest_api_id: "api1", body: "{}" },
  aws_api_gateway_stage: {
    id: "stage1",
    rest_api_id: "api1",
    stage_name: "prod",
    deployment_id: "dep1",
    web_acl_arn: "arn:acl",
    client_certificate_id: "cert1",
    cache_cluster_enabled: false,
    xray_tracing_enabled: false,
    variables: { release: "prod" },
    access_log_settings: [{ destination_arn: "arn:log", format: "x" }],
    canary_settings: [
      { deployment_id: "dep1", percent_traffic: 5, use_stage_cache: false, stage_variable_overrides: {} },
    ],
  },
  aws_api_gateway_usage_plan: {
    id: "plan1",
    name: "gold",
    description: "",
    api_stages: [{ api_id: "api1", stage: "prod", throttle: [] }],
    throttle_settings: [{ burst_limit: 20, rate_limit: 10 }],
    quota_settings: [{ limit: 1000, offset: 0, period: "DAY" }],
  },
  aws_api_gateway_usage_plan_key: {
    id: "key1",
    key_id: "key1",
    key_type: "API_KEY",
    usage_plan_id: "plan1",
    name: "acme",
  },
  aws_api_gateway_vpc_link: { id: "link1", name: "link", target_arns: ["arn:nlb"] },
  aws_iam_role: { id: "caller", name: "caller", arn: "arn:aws:iam::1:role/caller", assume_role_policy: "{}" },
  aws_iam_role_policy: { id: "caller:call", role: "caller", name: "call", policy: '{"Statement":[]}' },
  aws_iam_role_policy_attachment: { id: "caller-1", role: "caller", policy_arn: "arn:aws:iam::1:policy/call" },
  aws_lambda_alias: { id: "alias1", function_name: "pets", name: "prod", function_version: "1" },
  aws_lambda_function: { id: "pets", function_name: "pets", runtime: "nodejs22.x", handler: "index.handler" },
  aws_lambda_permission: {
    id: "perm1",
    function_name: "pets",
    principal: "apigateway.amazonaws.com",
    action: "lambda:InvokeFunction",
    source_arn: "arn:aws:execute-api:eu-west-1:1:api1/*",
    statement_id: "api",
  },
  aws_lambda_function_url: { id: "pets", function_name: "pets", authorization_type: "AWS_IAM" },
  aws_route53_record: { id: "record1", name: "api.example.com", type: "A", ttl: 300 },
  aws_vpc_endpoint: { id: "vpce-1", service_name: "com.amazonaws.eu-west-1.execute-api", policy: "{}" },
  aws_vpc_endpoint_policy: { id: "vpce-1", vpc_endpoint_id: "vpce-1", policy: "{}" },
  aws_wafregional_web_acl_association: {
    id: "wr1",
    resource_arn: "arn:aws:apigateway:eu-west-1::/restapis/api1/stages/prod",
    web_acl_id: "acl1",
  },
  aws_wafv2_web_acl_association: {
    id: "wa1",
    resource_arn: "arn:aws:apigateway:eu-west-1::/restapis/api1/stages/prod",
    web_acl_arn: "arn:acl",
  },
};

/** Whether a resource of the type has values of its own here, because the model or a rule reads them. */
export const isRead = (type: string): boolean => type in CHOSEN;

/** All others: no rule reads what they hold. */
const ANY: Json = { id: "any1", name: "any", scope: "REGIONAL", service_code: "apigateway" };

/**
 * One resource of each type through which a request goes, or which decides on requests beside them, as AWS and the provider
 * show them after an apply.
 */
export const ONE_OF_EACH: Readonly<Record<string, Json>> = Object.fromEntries(
  Object.keys(GATEWAY_SCHEMA).map((type) => [type, CHOSEN[type] ?? ANY]),
);

/** A change of one of these resources; the others stay as they are. */
export interface OneChange {
  /** `aws_api_gateway_stage`; with a name where it is another one: `aws_api_gateway_stage.second`. */
  readonly type: string;
  /** Attributes for which it is replaced. */
  readonly replacedFor?: readonly string[];
  readonly actions: readonly string[];
  readonly before: Json;
  readonly after: Json;
  /**
   * What is known only after the apply, as Terraform marks it.
   *
   * @default - nothing
   */
  readonly unknown?: Json;
}

/** A plan of all these resources, some of which change. */
export function planOf(...changes: OneChange[]): PlanFile {
  const all = Object.entries(CHOSEN).map(
    ([type, values]): OneChange =>
      changes.find((each) => each.type === type) ?? { type, actions: ["no-op"], before: values, after: values },
  );
  const others = changes.filter(({ type }) => !(type in CHOSEN));
  const resources = [...all, ...others].map(
    ({ type: which, replacedFor = [], actions, before, after, unknown = {} }) => {
      const [type = "", name = "this"] = which.split(".");
      const change = {
        actions,
        before,
        after,
        after_unknown: unknown,
        replace_paths: replacedFor.map((each) => [each]),
      };
      return { address: `${type}.${name}`, mode: "managed", type, name, change };
    },
  );
  return {
    stack: "shop",
    file: "shop.json",
    json: wholePlan(resources),
  };
}

/** An update of some attributes. */
export const updated = (type: string, attributes: Json): OneChange => ({
  type,
  actions: ["update"],
  before: ONE_OF_EACH[type],
  after: { ...ONE_OF_EACH[type], ...attributes },
});

/** An update of an attribute, or of a part of a block (`settings.logging_level`), to a value that is not the one before. */
export function changedIn(type: string, part: string): OneChange {
  const [name = "", inner] = part.split(".");
  const before = ONE_OF_EACH[type]?.[name] ?? null;
  if (inner === undefined) return updated(type, { [name]: other(before) });
  const [block = {}] = before ?? [];
  const whole = { ...ONE_OF_EACH[type], [name]: [block] };
  return {
    type,
    actions: ["update"],
    before: whole,
    after: { ...whole, [name]: [{ ...block, [inner]: other(block[inner]) }] },
  };
}

function other(value: Json): Json {
  if (value === null || value === undefined) return "something";
  if (typeof value === "string") return `${value}-other`;
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return value.length === 0 ? ["other"] : value.map(other);
  const entries = Object.entries(value);
  return entries.length === 0
    ? { other: "other" }
    : Object.fromEntries(entries.map(([name, each]) => [name, other(each)]));
}

/** How one attribute of a resource may change: to another value, or to one that is known only after the apply. */
export const WAYS = ["updated", "updated to what is not known", "replaced", "replaced by what is not known"] as const;

/** A change of an attribute, or of a part of a block, in one of these ways. */
export function changedBy(way: (typeof WAYS)[number], type: string, parts: readonly string[]): OneChange {
  const isReplaced = way.startsWith("replaced");
  let { before, after } = { before: ONE_OF_EACH[type], after: ONE_OF_EACH[type] };
  const unknown: Json = isReplaced ? { id: true } : {};
  for (const part of parts) {
    const [name = "", inner] = part.split(".");
    const change = changedIn(type, part);
    before = { ...before, [name]: change.before[name] ?? null };
    const value = structuredClone(change.after[name]);
    if (!way.endsWith("not known")) after = { ...after, [name]: value };
    else if (inner === undefined) after = without({ ...after }, name);
    else after = { ...after, [name]: [without(value[0], inner)] };
    if (way.endsWith("not known")) unknown[name] = inner === undefined ? true : [{ [inner]: true }];
  }
  const actions = isReplaced ? ["delete", "create"] : ["update"];
  const replacedFor = isReplaced ? parts.map((part) => part.replace(/\..*$/, "")) : [];
  return { type, actions, before, after: isReplaced ? without({ ...after }, "id") : after, unknown, replacedFor };
}

function without(json: Json, name: string): Json {
  delete json[name];
  return json;
}
