import { review } from "../../src/review/review";
import { ONE_OF_EACH, type OneChange, planOf, updated } from "./support/one-of-each";

type Values = OneChange["after"];

const change = (type: string, actions: string[], before: Values, after: Values): OneChange => ({
  type,
  actions,
  before,
  after,
});
function stays(type: string, attributes: Values): OneChange {
  const values = { ...ONE_OF_EACH[type], ...attributes };
  return change(type, ["no-op"], values, values);
}
const create = (type: string, after: Values) => change(`${type}.second`, ["create"], null, after);
const goes = (type: string, before: Values) => change(`${type}.second`, ["delete"], before, null);
const update = (type: string, before: Values, after: Values) =>
  change(`${type}.second`, ["update"], before, { ...before, ...after });

const DOMAIN = stays("aws_api_gateway_domain_name", {
  regional_domain_name: "d-1.execute-api.eu-west-1.amazonaws.com",
});
const POOL = stays("aws_api_gateway_authorizer", {
  type: "COGNITO_USER_POOLS",
  provider_arns: ["arn:aws:cognito-idp:eu-west-1:1:userpool/pool1"],
});
const CLOUDFRONT = { id: "E1", enabled: true, origin: [{ domain_name: "api1.execute-api.eu-west-1.amazonaws.com" }] };
const ALIAS = { id: "r", name: "acme.example.com", alias: [{ name: "d-1.execute-api.eu-west-1.amazonaws.com" }] };
const STACK = { id: "s", template_body: '{"Resources":{"P":{"Type":"AWS::ApiGateway::UsagePlan"}}}' };

/** Changes beside those of API Gateway, and whether a review asks for a decision. */
const CASES: readonly (readonly [string, boolean, readonly OneChange[]])[] = [
  [
    "a role that an integration takes loses its policy",
    true,
    [change("aws_iam_role_policy", ["delete"], { role: "caller" }, null)],
  ],
  [
    "a role that an integration takes is detached",
    true,
    [change("aws_iam_role_policy_attachment", ["delete"], { role: "caller" }, null)],
  ],
  [
    "a role that an integration takes trusts somebody else",
    true,
    [updated("aws_iam_role", { assume_role_policy: "[]" })],
  ],
  [
    "a policy that is attached to such a role changes",
    true,
    [update("aws_iam_policy", { id: "p", arn: "arn:aws:iam::1:policy/call", policy: "{}" }, { policy: "[]" })],
  ],
  [
    "such a role gets a policy that denies",
    true,
    [create("aws_iam_role_policy", { role: "caller", policy: '{"Effect":"Deny"}' })],
  ],
  [
    "such a role gets a policy that allows more",
    false,
    [create("aws_iam_role_policy", { role: "caller", policy: '{"Effect":"Allow"}' })],
  ],
  ["such a role gets a policy that is not known yet", true, [create("aws_iam_role_policy", { role: "caller" })]],
  ["another role loses its policy", false, [goes("aws_iam_role_policy", { role: "other" })]],
  [
    "another policy changes",
    false,
    [update("aws_iam_policy", { id: "p", arn: "arn:aws:iam::1:policy/x", policy: "{}" }, { policy: "[]" })],
  ],
  [
    "CloudFront in front of an API is disabled",
    true,
    [update("aws_cloudfront_distribution", CLOUDFRONT, { enabled: false })],
  ],
  ["CloudFront in front of an API is new", false, [create("aws_cloudfront_distribution", CLOUDFRONT)]],
  [
    "CloudFront in front of something else is disabled",
    false,
    [
      update(
        "aws_cloudfront_distribution",
        { id: "E2", origin: [{ domain_name: "b.s3.amazonaws.com" }] },
        { enabled: false },
      ),
    ],
  ],
  ["a record under a wildcard leads to a domain name, and goes", true, [DOMAIN, goes("aws_route53_record", ALIAS)]],
  [
    "a record of another provider leads to an API, and changes",
    true,
    [update("cloudflare_record", { id: "c", content: "api.example.com" }, { proxied: true })],
  ],
  [
    "a record leads to something else, and goes",
    false,
    [goes("aws_route53_record", { id: "r", name: "www.example.com" })],
  ],
  ["the users of an authorizer go", true, [POOL, goes("aws_cognito_user_pool", { id: "pool1" })]],
  [
    "a client of these users goes",
    true,
    [POOL, goes("aws_cognito_user_pool_client", { id: "c", user_pool_id: "pool1" })],
  ],
  [
    "a scope of these users changes",
    true,
    [
      POOL,
      update("aws_cognito_resource_server", { id: "s", user_pool_id: "pool1" }, { scope: [{ scope_name: "read" }] }),
    ],
  ],
  [
    "a mail to these users changes",
    false,
    [update("aws_cognito_user_pool", { id: "pool1" }, { email_verification_message: "x" })],
  ],
  ["other users go", false, [goes("aws_cognito_user_pool", { id: "pool2" })]],
  ["an endpoint of private APIs changes", true, [updated("aws_vpc_endpoint", { policy: "[]" })]],
  [
    "an endpoint of private APIs is new, and takes over the names of all",
    true,
    [create("aws_vpc_endpoint", { service_name: "com.amazonaws.eu-west-1.execute-api" })],
  ],
  [
    "an endpoint of another service changes",
    false,
    [update("aws_vpc_endpoint", { service_name: "com.amazonaws.eu-west-1.s3" }, { policy: "[]" })],
  ],
  ["a URL of a function leads past the keys", true, [create("aws_lambda_function_url", { function_name: "pets" })]],
  ["a URL of a function whose name is not known yet is new", true, [create("aws_lambda_function_url", {})]],
  [
    "a URL of a function that no route calls is new",
    false,
    [create("aws_lambda_function_url", { function_name: "mails" })],
  ],
  [
    "everybody may call a function",
    true,
    [
      create("aws_lambda_permission", {
        function_name: "pets",
        principal: "*",
        source_arn: null,
        source_account: null,
        principal_org_id: null,
      }),
    ],
  ],
  [
    "an account may call a function",
    false,
    [create("aws_lambda_permission", { function_name: "pets", principal: "123456789012" })],
  ],
  [
    "CloudFormation manages usage plans",
    true,
    [update("aws_cloudformation_stack", STACK, { parameters: { limit: "1" } })],
  ],
  [
    "CloudFormation manages something else",
    false,
    [update("aws_cloudformation_stack", { id: "s", template_body: "{}" }, { parameters: { limit: "1" } })],
  ],
  [
    "the Cloud Control API creates a key",
    true,
    [create("aws_cloudcontrolapi_resource", { type_name: "AWS::ApiGateway::ApiKey" })],
  ],
];

test.each(CASES)("%s: needs a decision: %s", (_, needsDecision, changes) => {
  const all = changes.map((each) => ({ ...each, before: each.before && { id: "1", ...each.before } }));
  expect(review([planOf(...all)]).verdict).toBe(needsDecision ? "decision-needed" : "no-decision-needed");
});
