import { stringOf } from "../../contract/attributes";
import type { ResourceChange } from "../../model/resource-changes";

/**
 * Types of resources through which a request goes: name and base path, endpoint, resource policy, WAF, stage, route,
 * validation, authorizer, key, plan, integration and its permission. Of the AWS Cloud Control provider too, which names them
 * in another way. HTTP and WebSocket APIs are among them: a mapping of theirs may lead to a REST API, and nothing else here
 * reads them.
 */
const ON_THE_WAY =
  /^(aws_api_gateway|aws_apigatewayv2|awscc_apigateway|awscc_apigatewayv2|aws_wafv2|aws_wafregional|awscc_wafv2)_/;

/** Functions that an integration or an authorizer may call. */
const FUNCTIONS = /^(aws_lambda_(function|alias|permission)|awscc_lambda_(function|alias|permission|version))$/;

const ASSOCIATION = /^aws_(wafv2|wafregional)_web_acl_association$/;

/** Quotas of the account, of which the throttle of all APIs together is one. */
const QUOTA = "aws_servicequotas_service_quota";

/**
 * Whether a resource may decide who may call, how much or where, by its type. What else may, `isAroundTheWay` finds by what it
 * refers to. The rest of a plan is another system, and is listed without a judgment: storage, networks, logs, other roles, other
 * user pools, other DNS.
 */
export function isOnTheWay({ type, before, after }: ResourceChange): boolean {
  const texts = (name: string) => [before, after].flatMap((each) => (each ? [stringOf(each[name])] : []));
  if (type === QUOTA) return texts("service_code").includes("apigateway");
  // Of a load balancer, or of CloudFront; what is known only after the apply may be a stage.
  if (ASSOCIATION.test(type) && texts("resource_arn").every((arn) => arn !== "" && !arn.includes(":apigateway:")))
    return false;
  if (/^aws_wafv2_/.test(type) && texts("scope").includes("CLOUDFRONT")) return false;
  return ON_THE_WAY.test(type) || FUNCTIONS.test(type);
}
