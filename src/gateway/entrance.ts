import type { ApiModel, StageModel } from "../model/model";
import type { GatewayError } from "./gateway-responses";
import { headerValue } from "./request";
import { ResourcePolicy } from "./resource-policy";
import type { ReceivedRequest } from "./routed-request";

/** Who is kept out of a stage before any authorizer or key is asked for. */
export class Entrance {
  /** What is not evaluated of the policy, one sentence each. */
  readonly problems: readonly string[];
  private readonly policy: ResourcePolicy | undefined;
  private readonly filter: GatewayError | undefined;

  constructor(
    private readonly api: ApiModel,
    stage: StageModel,
  ) {
    const document = api.policy?.document;
    this.policy = document && new ResourcePolicy(document);
    this.problems = this.policy?.problems ?? [];
    this.filter = stage.webAcl?.defaultAction === "block" ? blockedBy(stage.webAcl.address) : undefined;
  }

  /** Why a request goes no further, whatever its route. */
  refusal({ request }: ReceivedRequest): GatewayError | undefined {
    if (this.api.disableExecuteApiEndpoint && !request.domain) return DISABLED;
    return this.filter;
  }

  /**
   * Why the resource policy refuses a call of a method. Before a Lambda authorizer only what is denied explicitly is refused.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
   */
  policyRefusal({ request, at, aws }: ReceivedRequest, authorization: string): GatewayError | undefined {
    if (!this.policy) return undefined;
    const { api, stage, method, path, headers, sourceIp } = request;
    const resource = `${stage}/${method}${path.replace(/^\/*/, "/")}`;
    const [userAgent, referer] = [headerValue(headers, "user-agent"), headerValue(headers, "referer")];
    const decision = this.policy.decide(resource, {
      "aws:sourceip": sourceIp,
      "aws:securetransport": "true",
      "aws:currenttime": new Date(at).toISOString(),
      ...(userAgent === undefined ? {} : { "aws:useragent": userAgent }),
      ...(referer === undefined ? {} : { "aws:referer": referer }),
    });
    const isExplicit = decision === "explicit-deny";
    if (decision === "allow" || (authorization === "CUSTOM" && !isExplicit)) return undefined;
    const account = `********${aws.accountId.slice(-4)}`;
    const arn = `arn:aws:execute-api:${aws.region}:${account}:${api}/${resource}`;
    return {
      type: "ACCESS_DENIED",
      message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${arn}${isExplicit ? " with an explicit deny" : ""}`,
      reason: isExplicit ? "the resource policy denies the call" : "the resource policy does not allow the call",
    };
  }
}

const DISABLED: GatewayError = {
  type: "DEFAULT_4XX",
  status: 403,
  errorType: "ForbiddenException",
  message: "Forbidden",
  reason: "disable_execute_api_endpoint is set: the API answers under its custom domain names alone",
};

const blockedBy = (address: string): GatewayError => ({
  type: "WAF_FILTERED",
  reason: `${address} blocks what no rule of it allows, and its rules are not evaluated here`,
});
