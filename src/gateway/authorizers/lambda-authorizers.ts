import { INTEGRATION_TIMEOUT_MILLISECONDS } from "../../contract/defaults";
import { ExpiringCache } from "../../memory/expiring-cache";
import type { AuthorizerModel, FunctionModel } from "../../model/model";
import type { FunctionRunner } from "../functions/function-runner";
import type { FunctionOutcome } from "../functions/outcome";
import { requestContext, requestEvent } from "../proxy-event";
import { methodArn, type RoutedRequest } from "../routed-request";
import { describeCall } from "../unsupported";
import { type AuthorizerAnswer, toAuthorizerAnswer } from "./authorizer-answer";
import { identityOf } from "./identity";
import { decide } from "./policy";

export type AuthorizerOutcome =
  | {
      readonly kind: "allowed";
      readonly principalId: string;
      readonly context: Readonly<Record<string, string>>;
      /** The value of the key that the caller is metered by, with key source AUTHORIZER. */
      readonly usageIdentifierKey: string | undefined;
    }
  | Refusal;

export type Refusal = {
  readonly kind: "refused";
  /** One sentence for the log; the client does not see it. */
  readonly reason: string;
} & (
  | { readonly type: "UNAUTHORIZED" }
  | { readonly type: "ACCESS_DENIED"; readonly explicit: boolean }
  /**
   * All that goes wrong with an authorizer: AWS was seen to answer `AuthorizerConfigurationException` to an error, a
   * timeout and a wrong shape alike. When it takes `AUTHORIZER_FAILURE` is not known.
   */
  | { readonly type: "AUTHORIZER_CONFIGURATION_ERROR" }
);

const CAPACITY = 10_000;

/** Asks the functions of Lambda authorizers whether a request may pass, and keeps their answers for as long as they say. */
export class LambdaAuthorizers {
  private readonly results = new ExpiringCache<AuthorizerAnswer>(CAPACITY);

  constructor(private readonly runner: FunctionRunner) {}

  async authorize(authorizer: AuthorizerModel, routed: RoutedRequest): Promise<AuthorizerOutcome> {
    const identity = identityOf(authorizer, routed);
    if (identity.kind === "incomplete") return { kind: "refused", type: "UNAUTHORIZED", reason: identity.reason };
    if (identity.kind === "unreadable") return misconfigured(authorizer, identity.reason);
    const answer = await this.answer(authorizer, routed, identity.values);
    return "kind" in answer ? answer : judge(answer, authorizer, methodArn(routed));
  }

  /** An answer is kept, not what it comes to: the same caller may be denied the next method. */
  private async answer(
    authorizer: AuthorizerModel,
    routed: RoutedRequest,
    identity: readonly string[],
  ): Promise<AuthorizerAnswer | Refusal> {
    const { resultTtlSeconds, stack, address, function: decider } = authorizer;
    const { api, stage } = routed.request;
    const isCached = resultTtlSeconds > 0 && identity.length > 0;
    const name = JSON.stringify([stack, address, api, stage, ...identity]);
    const kept = isCached ? this.results.get(name, routed.at)?.value : undefined;
    if (kept !== undefined) return kept;
    if ("because" in decider) return misconfigured(authorizer, describeCall(decider.because));
    const answer = await this.ask(authorizer, decider, routed, identity);
    if (isCached && !("kind" in answer)) this.results.set(name, answer, routed.at + resultTtlSeconds * 1000);
    return answer;
  }

  private async ask(
    authorizer: AuthorizerModel,
    decider: FunctionModel,
    routed: RoutedRequest,
    [token]: readonly string[],
  ): Promise<AuthorizerAnswer | Refusal> {
    const event = authorizer.type === "TOKEN" ? tokenEvent(routed, token ?? "") : requestAuthorizerEvent(routed);
    const options = { requestId: routed.requestId, patienceMilliseconds: INTEGRATION_TIMEOUT_MILLISECONDS };
    const outcome = await this.runner.invoke(decider, event, options);
    if (outcome.kind === "failed" && outcome.error.message === "Unauthorized")
      return { kind: "refused", type: "UNAUTHORIZED", reason: `authorizer "${authorizer.name}" says Unauthorized` };
    if (outcome.kind !== "answered") return misconfigured(authorizer, whyNoAnswer(outcome));
    const answer = toAuthorizerAnswer(outcome.payload);
    return "malformed" in answer
      ? misconfigured(authorizer, `its answer is not a policy: ${answer.malformed}`)
      : answer;
  }
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html */
export const tokenEvent = (routed: RoutedRequest, authorizationToken: string) => ({
  type: "TOKEN" as const,
  methodArn: methodArn(routed),
  authorizationToken,
});

/** What the function of a REQUEST authorizer gets. */
export const requestAuthorizerEvent = (routed: RoutedRequest) => ({
  type: "REQUEST" as const,
  methodArn: methodArn(routed),
  ...requestEvent(routed),
  requestContext: requestContext(routed),
});

function judge(answer: AuthorizerAnswer, { name }: AuthorizerModel, arn: string): AuthorizerOutcome {
  const { policyDocument, ...caller } = answer;
  const decision = decide(policyDocument, arn);
  if (decision === "allowed") return { kind: "allowed", ...caller };
  const explicit = decision === "denied-explicitly";
  const reason = explicit ? `authorizer "${name}" denies ${arn}` : `authorizer "${name}" does not allow ${arn}`;
  return { kind: "refused", type: "ACCESS_DENIED", explicit, reason };
}

const misconfigured = ({ name }: AuthorizerModel, problem: string): Refusal => ({
  kind: "refused",
  type: "AUTHORIZER_CONFIGURATION_ERROR",
  reason: `authorizer "${name}": ${problem}`,
});

function whyNoAnswer(outcome: Exclude<FunctionOutcome, { kind: "answered" }>): string {
  switch (outcome.kind) {
    case "failed":
      return `it failed: ${outcome.error.type}: ${outcome.error.message}`;
    case "given-up":
      return `it had not answered after ${INTEGRATION_TIMEOUT_MILLISECONDS} ms`;
    default:
      return outcome.reason;
  }
}
