import type { GatewayError } from "../gateway/gateway-responses";
import { limitRefusal, TOO_LARGE } from "../gateway/passage";
import { COUNTED_CALLS, LAYER_NAMES } from "../limiter/layer-names";
import type { Layer } from "../limiter/verdict";
import type { ApiModel } from "../model/model";
import { formatCount, formatQuota, formatRate } from "../text/limits";
import { refusedAnswer } from "./answers";
import type { Circumstance } from "./circumstances";
import type { ExplainedLimit, Governing, Reason } from "./explanation";

/** What is known of a call, for reasons. */
export interface Refusals {
  readonly api: ApiModel | undefined;
  /** Why every such call is refused; `undefined` where it is not. */
  readonly certain: GatewayError | undefined;
  readonly circumstances: readonly Circumstance[];
  /** Of a call that is let in. */
  readonly limits: readonly ExplainedLimit[];
  readonly governs: Governing | undefined;
  /** What fails once the limits have let the call pass. */
  readonly afterLimits: readonly GatewayError[];
}

/** Why a customer may get a status, the likeliest first: what is certain, then the limits by what they have left, then the rest. */
export function reasonsFor(status: number, known: Refusals): Reason[] {
  const { api, certain, circumstances } = known;
  const reasons = [
    ...(certain ? [reason("certain", certain, api, certain.reason, "see the verdict above")] : []),
    ...limitReasons(known),
    ...circumstances.map(({ refusal, because, next }) => reason("possible", refusal, api, because, next)),
    reason("possible", TOO_LARGE, api, "the body was larger than 10 MB", "compare the size of what the customer sends"),
    ...known.afterLimits.map((each) => reason("possible", each, api, each.reason, "see the routes of the API")),
  ];
  const matching = reasons.filter(({ answer }) => answer?.status === status);
  return [
    ...matching,
    ...(matching.length === 0 && certain ? [notOfThese(status, certain, api)] : []),
    ofIntegration(status),
  ];
}

/** A status that no such call can get, by what is in the files. */
function notOfThese(status: number, certain: GatewayError, api: ApiModel | undefined): Reason {
  const expected = refusedAnswer(certain, api);
  return {
    likelihood: "possible",
    because: `the call was another one: by these files every such call gets ${expected.status}, not ${status}`,
    answer: undefined,
    next: "compare key, stage, method and path, and whether these files are what is deployed",
  };
}

function reason(
  likelihood: Reason["likelihood"],
  error: GatewayError,
  api: ApiModel | undefined,
  because: string,
  next: string,
): Reason {
  return { likelihood, because, answer: refusedAnswer(error, api), next };
}

/** The limit that refuses a burst comes first, then that which sets the pace, the quota, and the others as they are checked. */
function limitReasons({ limits, governs, api }: Refusals): Reason[] {
  const first: readonly (Layer | undefined)[] = [governs?.burst.refusedBy, governs?.pace.setBy, "quota"];
  const rankOf = ({ layer }: ExplainedLimit) => (first.includes(layer) ? first.indexOf(layer) : first.length);
  return [...limits]
    .sort((a, b) => rankOf(a) - rankOf(b))
    .map((limit) => {
      const { layer } = limit;
      const likelihood = limit.left === 0 ? "certain" : "possible";
      return reason(likelihood, limitRefusal({ layer }), api, becauseOf(limit), nextOf(limit));
    });
}

function becauseOf({ layer, throttle, quota, left }: ExplainedLimit): string {
  const name = `${LAYER_NAMES[layer]} (${COUNTED_CALLS[layer]})`;
  if (quota)
    return left === 0
      ? `the quota of ${formatQuota(quota)} is used up`
      : `the quota of ${formatQuota(quota)} was used up; as far as is known, ${formatCount(left)} are left`;
  if (left === 0 || !throttle) return `the throttle of the ${name} lets no call pass`;
  return `throttle of the ${name}: more than ${formatCount(throttle.burstLimit)} at once, or more than ${formatRate(throttle.rateLimit)} for a while`;
}

const NEXT = {
  "plan method": "let the customer spread these calls, or raise the tier's methodThrottle",
  plan: "let the customer spread the calls, or move to another tier",
  "stage method": "look who else calls this method: one customer may use up what all share",
  account: "look at the alarm of the account's rate: another API may use up what all share",
  quota: "wait, move to another tier, or give this customer more for this period (UpdateUsage)",
} as const;

const nextOf = ({ layer, startsAgain }: ExplainedLimit): string =>
  startsAgain === undefined ? NEXT[layer] : `${NEXT[layer]}; it starts again at ${startsAgain}`;

const ofIntegration = (status: number): Reason => ({
  likelihood: "possible",
  because: `what is behind the API answered ${status} itself`,
  answer: undefined,
  next: "compare the header x-amzn-ErrorType, which API Gateway sends with its own errors, and $context.error.responseType of the access log, which is empty for an answer of the integration",
});
