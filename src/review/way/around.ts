import { listOfStrings, stringOf } from "../../contract/attributes";
import type { ResourceChange } from "../../model/resource-changes";
import { referencesIn } from "../../model/terraform-resource";
import { isObject } from "../../vocabulary/objects";
import type { Facts } from "../finding";
import type { GatewayState } from "../gateway-state";
import { mayBeCalled } from "./called-functions";

/**
 * Whether something decides on requests although its type alone does not say so: what stands in front of an API, a role by which
 * API Gateway calls a backend, the tokens that an authorizer takes, and what manages API Gateway by another way.
 */
export function isAroundTheWay(change: ResourceChange, facts: Facts): boolean {
  const { type, action } = change;
  // A name that did not answer before is in nobody's program.
  if (action === "create" && FRONT.test(type)) return false;
  if (FRONT.test(type)) return attributesOf(change).some((each) => within(each, (text) => leadsToApi(text, facts)));
  if (type === ENDPOINT || type.startsWith(`${ENDPOINT}_`)) return isEndpointOfApis(change, facts);
  if (OTHER_MANAGERS.test(type))
    return attributesOf(change).some((each) =>
      within(each, (text) => /ApiGateway|AWS::Serverless|AWS::WAFv2/i.test(text)),
    );
  if (type === "aws_lambda_function_url")
    return [facts.before, facts.after].some((state) => mayBeCalled(change, state));
  if (ROLES.test(type)) return usedRoles(facts, change).length > 0;
  return TOKENS.test(type) && givesTokens(change, facts);
}

const ENDPOINT = "aws_vpc_endpoint";
const FRONT =
  /^aws_(cloudfront_distribution|globalaccelerator_\w+|route53_record)$|^(cloudflare|fastly|akamai)_|dns_\w*record|_record(_set)?$/;
const OTHER_MANAGERS =
  /^(aws_(cloudformation_stack(_set)?|cloudcontrolapi_resource|serverlessapplicationrepository_cloudformation_stack)|awscc_cloudformation_stack)$/;
const ROLES =
  /^aws_iam_(role|role_policy|role_policy_attachment|role_policies_exclusive|role_policy_attachments_exclusive|policy|policy_attachment)$/;
const TOKENS = /^aws_cognito_(user_pool|user_pool_client|user_pool_domain|resource_server|identity_provider)$/;

const attributesOf = ({ before, after }: ResourceChange) => [before, after];

function within(value: unknown, isOne: (text: string) => boolean): boolean {
  if (typeof value === "string") return isOne(value);
  if (Array.isArray(value)) return value.some((each) => within(each, isOne));
  return isObject(value) && Object.values(value).some((each) => within(each, isOne));
}

const DOMAIN = "aws_api_gateway_domain_name";

/** The default URL of an API, or what a domain name of these plans leads to. */
function leadsToApi(text: string, { before, after }: Facts): boolean {
  if (/\.execute-api\./.test(text)) return true;
  return [before, after].some((state) =>
    ["domain_name", "regional_domain_name", "cloudfront_domain_name"].some(
      (name) => text !== "" && state.textsOf(DOMAIN, name).has(text),
    ),
  );
}

function isEndpointOfApis(change: ResourceChange, { before, after }: Facts): boolean {
  if (change.type === ENDPOINT)
    return attributesOf(change).some((each) => /execute-api$/.test(stringOf(each?.service_name)));
  return [before, after].some((state) =>
    /execute-api$/.test(stringOf(state.targetOf(change, "vpc_endpoint_id", ENDPOINT)?.attributes.service_name)),
  );
}

/** Whether a change touches a role that API Gateway itself takes to call a backend or a function. */
export function usedRoles({ before, after }: Facts, change: ResourceChange): string[] {
  return [before, after].flatMap((state) => {
    const attributes = state.at(change)?.attributes ?? {};
    const roles = rolesOf(state);
    const names =
      change.type === "aws_iam_policy"
        ? state
            .ofType("aws_iam_role_policy_attachment")
            .filter(({ attributes: { policy_arn } }) => isNamed(stringOf(policy_arn), change, stringOf(attributes.arn)))
            .map(({ attributes: { role } }) => stringOf(role))
        : [attributes.role, attributes.role_name, attributes.name, ...listOfStrings(attributes.roles)].map(stringOf);
    return names.filter((name) => name !== "" && roles.some((role) => isSameRole(role, name, state)));
  });
}

const isNamed = (text: string, { stack, address }: ResourceChange, arn: string) =>
  (arn !== "" && text === arn) || referencesIn(text).some((each) => each.stack === stack && each.address === address);

/** ARNs of roles, or references to them. */
function rolesOf(state: GatewayState): string[] {
  return [
    ...state.textsOf("aws_api_gateway_integration", "credentials"),
    ...state.textsOf("aws_api_gateway_authorizer", "authorizer_credentials"),
  ].filter((text) => text !== "");
}

function isSameRole(role: string, name: string, state: GatewayState): boolean {
  if (role.endsWith(`/${name}`) || role === name) return true;
  const placed = (text: string) => referencesIn(text).map(({ stack, address }) => `${stack ?? ""}|${address}`);
  const [targets, others] = [placed(role), placed(name)];
  if (targets.some((each) => others.includes(each))) return true;
  return referencesIn(role).some(({ stack, address }) => state.at({ stack, address })?.attributes.name === name);
}

/** A pool whose tokens an authorizer takes, or a client or a scope of one, that goes. */
function givesTokens(change: ResourceChange, { before }: Facts): boolean {
  if (change.action !== "delete" && change.action !== "replace" && change.type !== "aws_cognito_resource_server")
    return false;
  const id = stringOf(change.type === "aws_cognito_user_pool" ? change.before?.id : change.before?.user_pool_id);
  return (
    id !== "" &&
    before
      .ofType("aws_api_gateway_authorizer")
      .some(({ attributes: { provider_arns } }) => listOfStrings(provider_arns).some((arn) => arn.endsWith(`/${id}`)))
  );
}
