import type { ApiModel, StageModel } from "../model/model";
import type { GatewayError } from "./gateway-responses";
import { type GatewayRequest, headerValue } from "./request";
import { type PolicyDecision, ResourcePolicy } from "./resource-policy";
import type { ReceivedRequest } from "./routed-request";

/** Who is kept out of a stage before any authorizer or key is asked for. */
export class Entrance {
  /** What is not evaluated of the policy, one sentence each. */
  readonly problems: readonly string[];
  private readonly policy: ResourcePolicy | undefined;
  private readonly isBlocked: boolean;

  constructor(
    private readonly api: ApiModel,
    private readonly stage: StageModel,
  ) {
    const document = api.policy?.document;
    this.policy = document && new ResourcePolicy(document);
    this.problems = this.policy?.problems ?? [];
    this.isBlocked = stage.webAcl?.defaultAction === "block";
  }

  /**
   * Why a request goes no further, whatever its route.
   *
   * @param isBlocked whether the web ACL blocks it; left out, as its default action says
   */
  refusal({ request }: Pick<ReceivedRequest, "request">, isBlocked = this.isBlocked): GatewayError | undefined {
    if (this.api.disableExecuteApiEndpoint && !request.domain) return DISABLED;
    return isBlocked ? blockedBy(this.stage.webAcl?.address ?? "a web ACL") : undefined;
  }

  /**
   * Why the resource policy refuses a call of a method. Before a Lambda authorizer only what is denied explicitly is refused.
   *
   * @param supposed what the policy says; left out, as it says of the request
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
   */
  policyRefusal(
    received: Pick<ReceivedRequest, "request" | "at" | "aws">,
    authorization: string,
    supposed?: PolicyDecision,
  ): GatewayError | undefined {
    const decision = supposed ?? this.decision(received);
    const isExplicit = decision === "explicit-deny";
    if (decision === "allow" || (authorization === "CUSTOM" && !isExplicit)) return undefined;
    const { request, aws } = received;
    const account = `********${aws.accountId.slice(-4)}`;
    const arn = `arn:aws:execute-api:${aws.region}:${account}:${request.api}/${resourceOf(request)}`;
    return {
      type: "ACCESS_DENIED",
      message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${arn}${isExplicit ? " with an explicit deny" : ""}`,
      reason: isExplicit ? "the resource policy denies the call" : "the resource policy does not allow the call",
    };
  }

  /** What the resource policy can say of calls of a method, by all callers together. */
  possibleDecisions(request: Pick<GatewayRequest, "stage" | "method" | "path">): readonly PolicyDecision[] {
    if (!this.api.policy) return ["allow"];
    return this.policy?.possibleDecisions(resourceOf(request)) ?? ANY_DECISION;
  }

  private decision({ request, at }: Pick<ReceivedRequest, "request" | "at">): PolicyDecision {
    if (!this.policy) return "allow";
    const { headers, sourceIp } = request;
    const [userAgent, referer] = [headerValue(headers, "user-agent"), headerValue(headers, "referer")];
    return this.policy.decide(resourceOf(request), {
      "aws:sourceip": sourceIp,
      "aws:securetransport": "true",
      "aws:currenttime": new Date(at).toISOString(),
      ...(userAgent === undefined ? {} : { "aws:useragent": userAgent }),
      ...(referer === undefined ? {} : { "aws:referer": referer }),
    });
  }
}

/** `prod/GET/pets`: what follows the API's execution ARN. */
const resourceOf = ({ stage, method, path }: Pick<GatewayRequest, "stage" | "method" | "path">) =>
  `${stage}/${method}${path.replace(/^\/*/, "/")}`;

/** Of a policy that cannot be read. */
const ANY_DECISION: readonly PolicyDecision[] = ["allow", "implicit-deny", "explicit-deny"];

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
