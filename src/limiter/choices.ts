/**
 * What AWS does not document, or documents in contradictory ways: each is a choice with a name, a default and a reason, and
 * stands here and nowhere else.
 *
 * AWS itself enforces throttles and quotas "on a best-effort basis"; they "should be thought of as targets rather than
 * guaranteed request ceilings". The limiter here is exact, so that a test can say what will happen; a deployed API lets
 * some requests more through, so this exactness is not a promise of AWS.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export interface LimitChoices {
  /**
   * Which of the two tells its reason when a request has neither a token nor quota left. AWS orders the throttles and says
   * nothing of the quota.
   *
   * @default "throttle" - a client hears first of what passes by itself in a moment
   */
  readonly checkedFirst: "throttle" | "quota";
  /**
   * Whether a throttled request uses quota, where some is left.
   *
   * @default false - a quota is what was sold, and who was throttled got nothing
   */
  readonly throttledRequestUsesQuota: boolean;
  /**
   * Whether a request that one layer refuses takes tokens of the layers that it had passed before.
   *
   * @default false - a refused request leaves no trace, so that one layer's limit does not depend on another's
   */
  readonly refusedRequestTakesTokens: boolean;
  /**
   * Whether a method's throttle of a usage plan is asked beside the plan's own throttle, or instead of it. AWS says that the
   * limits for a client and method, and then those for a client, are "applied in the following order", which can be read as
   * both.
   *
   * @default "beside" - the order names both limits, and a plan that limits one method goes on to limit its client
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
   */
  readonly methodThrottle: "beside" | "instead";
  /**
   * The day with which a `WEEK` begins, at 00:00 UTC.
   *
   * @default "SUNDAY" - AWS's API reference said for some years that "an offset of 0 starts on Sunday"; it names no other
   */
  readonly weekBegins: "SUNDAY" | "MONDAY";
  /**
   * What a quota's `offset` is, besides 0:
   *
   * - `"requests"`: "the number of requests subtracted from the given limit in the initial time period", which is what AWS's
   *   API reference and CloudFormation say. The initial period is the one in which the limiter first meets the plan.
   * - `"days"`: "the day that a time period starts", as the API reference said for some years. What AWS accepts fits that
   *   better: at most 6 for a `WEEK` and 27 for a `MONTH`.
   *
   * @default "requests" - it is what the reference says today
   * @see https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html
   */
  readonly offsetCounts: "requests" | "days";
  /**
   * What a usage report gives as remaining for a plan without a quota. AWS's report is made of whole numbers.
   *
   * @default -1 - not a number of requests, so it is not mistaken for one
   */
  readonly remainingWithoutQuota: number;
  /**
   * How far a clock may step back, in milliseconds, and be taken for a late reading. Such a reading adds no tokens, nor does
   * any other until the clock is where it was, so that nobody gains by readings in mixed order. A clock that steps back
   * further was set, and is followed from there, so that nobody waits longer than this for it.
   *
   * @default 1000 - more than requests overtake one another, less than a client would notice
   */
  readonly clockTolerance: number;
}

export const DEFAULT_CHOICES: LimitChoices = {
  checkedFirst: "throttle",
  throttledRequestUsesQuota: false,
  refusedRequestTakesTokens: false,
  methodThrottle: "beside",
  weekBegins: "SUNDAY",
  offsetCounts: "requests",
  remainingWithoutQuota: -1,
  clockTolerance: 1_000,
};
