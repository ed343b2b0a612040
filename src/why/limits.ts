import { DEFAULT_CHOICES, type LimitChoices } from "../limiter/choices";
import { dateOf, dayOf } from "../limiter/day-number";
import type { Forecast, MetLimit } from "../limiter/forecast";
import { type LimitedRequest, Limiter, type LimiterOptions } from "../limiter/limiter";
import { windowOf } from "../limiter/quota-window";
import type { Layer } from "../limiter/verdict";
import type { Quota } from "../vocabulary/quota";
import type { ExplainedLimit, Governing, WrittenAt } from "./explanation";

/** What AWS has counted of a quota. */
export interface CountedQuota {
  readonly left: number;
  /** From where it is known, and how old it is. */
  readonly from: string;
}

export interface LimitQuestion {
  readonly request: LimitedRequest;
  readonly at: number;
  readonly options: LimiterOptions;
  readonly counted: CountedQuota | undefined;
  readonly written: (layer: Layer) => WrittenAt;
}

/** The limits that a call meets, and which of them a customer meets first: as the limiter decides it. */
export function limitsOf(question: LimitQuestion): {
  readonly limits: readonly ExplainedLimit[];
  readonly governs: Governing;
} {
  const { request, at, options, counted } = question;
  const forecast = new Limiter(options).foresee(request, at, counted?.left);
  return { limits: forecast.limits.map((limit) => explained(limit, question)), governs: governingIn(forecast) };
}

function explained(limit: MetLimit, { at, options, counted, written }: LimitQuestion): ExplainedLimit {
  const { layer, left } = limit;
  const where = written(layer);
  if (limit.layer === "quota") {
    const { quota } = limit;
    const startsAgain = startOfNext(quota, at, { ...DEFAULT_CHOICES, ...options });
    return {
      layer,
      throttle: undefined,
      quota,
      written: where,
      left,
      leftFrom: counted?.from ?? "the whole quota: nothing is known of what was used",
      startsAgain,
      fullAfterSeconds: undefined,
    };
  }
  const { throttle } = limit;
  const { rateLimit, burstLimit } = throttle;
  return {
    layer,
    throttle,
    quota: undefined,
    written: where,
    left,
    leftFrom: layer === "account" && options.accountThrottle === undefined ? UNREAD_ACCOUNT : AT_REST,
    startsAgain: undefined,
    fullAfterSeconds: rateLimit > 0 ? burstLimit / rateLimit : undefined,
  };
}

const AT_REST = "a bucket at rest: AWS tells nobody how full one is";
const UNREAD_ACCOUNT = "a bucket at rest, with AWS's default: the account's own limit is not in these files";

/** The instant at which the period of a quota ends and the next one begins. */
export function startOfNext(quota: Quota, at: number, choices: LimitChoices): string {
  return `${dateOf(windowOf(quota, dayOf(at), choices).last + 1)}T00:00:00Z`;
}

/** The lowest rate lasts; of equal ones, that of the layer that is checked first. */
function governingIn({ limits, passes, refuses }: Forecast): Governing {
  const throttles = limits.flatMap((limit) => (limit.layer === "quota" ? [] : [limit]));
  const rateOf = ({ throttle: { rateLimit, burstLimit } }: (typeof throttles)[number]) =>
    burstLimit > 0 ? rateLimit : 0;
  const slowest = throttles.reduce((a, b) => (rateOf(b) < rateOf(a) ? b : a));
  const pace = rateOf(slowest);
  const quota = limits.find(({ layer }) => layer === "quota");
  return {
    burst: { passes, refusedBy: refuses },
    pace: { callsPerSecond: pace, setBy: slowest.layer },
    quotaLastsSeconds: quota && pace > 0 ? quota.left / pace : undefined,
  };
}
