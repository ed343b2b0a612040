import * as fc from "fast-check";
import type { LimitChoices } from "../../../src/limiter/choices";
import type { LimitedPlan } from "../../../src/limiter/limiter";
import { LARGEST_OFFSET, type Quota } from "../../../src/vocabulary/quota";
import type { Throttle } from "../../../src/vocabulary/throttle";

const PLANS = ["bronze", "silver", "gold"] as const;
const KEYS = ["alice", "bob", "carol", "dave", "erin"] as const;
/** Two stages of one API. */
const METHODS = ["pets/prod/GET /pets", "pets/prod/POST /pets", "pets/test/GET /pets"] as const;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const throttle: fc.Arbitrary<Throttle> = fc.record({
  rateLimit: fc.oneof(
    { arbitrary: fc.constantFrom(0, 0.000001, 0.1, 1 / 3, 0.5, 1, 2.5, 10, 1_000, 123_456.789), weight: 3 },
    { arbitrary: fc.integer({ min: 1, max: 30_000_000 }).map((millionths) => millionths / 1_000_000), weight: 1 },
  ),
  burstLimit: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.constantFrom(20, 5_000, 9_007_199)),
});

const quota: fc.Arbitrary<Quota> = fc
  .constantFrom("DAY", "WEEK", "MONTH")
  .chain((period) =>
    fc.record(
      { limit: fc.integer({ min: 1, max: 25 }), period: fc.constant(period), offset: fc.nat(LARGEST_OFFSET[period]) },
      { requiredKeys: ["limit", "period"] },
    ),
  );

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** The limits of a plan, which may be others later. */
const planLimits = fc.record({ throttle: maybe(throttle), quota: maybe(quota) });

/** How the clock moves between two requests, in milliseconds; a day's end is aimed at, from the moment before. */
type Move = { readonly by: number } | { readonly toEndOfDay: number };

const move: fc.Arbitrary<Move> = fc.oneof(
  { arbitrary: fc.constant({ by: 0 }), weight: 6 },
  { arbitrary: fc.integer({ min: 1, max: 150 }).map((by) => ({ by })), weight: 6 },
  { arbitrary: fc.integer({ min: 151, max: 3 * MINUTE }).map((by) => ({ by })), weight: 3 },
  { arbitrary: fc.integer({ min: 3 * MINUTE, max: 40 * DAY }).map((by) => ({ by })), weight: 1 },
  { arbitrary: fc.constantFrom({ toEndOfDay: -1 }, { toEndOfDay: 0 }, { toEndOfDay: 3 * DAY }), weight: 2 },
  { arbitrary: fc.integer({ min: -1_200, max: -1 }).map((by) => ({ by })), weight: 2 },
  { arbitrary: fc.integer({ min: -3 * DAY, max: -1_201 }).map((by) => ({ by })), weight: 1 },
);

const step = fc.record({
  move,
  times: fc.integer({ min: 1, max: 6 }),
  /** Nobody is a request that has no key. */
  key: fc.constantFrom(...KEYS, ...KEYS, undefined),
  plan: fc.constantFrom(...PLANS),
  method: fc.constantFrom(...METHODS),
  /** Which of the plan's limits hold now. */
  version: fc.constantFrom(0, 0, 0, 0, 0, 0, 1),
});

const choices: fc.Arbitrary<LimitChoices> = fc.record({
  checkedFirst: fc.constantFrom("throttle", "quota"),
  throttledRequestUsesQuota: fc.boolean(),
  refusedRequestTakesTokens: fc.boolean(),
  methodThrottle: fc.constantFrom("beside", "instead"),
  weekBegins: fc.constantFrom("SUNDAY", "MONDAY"),
  offsetCounts: fc.constantFrom("requests", "days"),
  remainingWithoutQuota: fc.constantFrom(-1, 0),
  clockTolerance: fc.constantFrom(0, 100, 1_000),
});

const stages = fc.record({
  plans: fc.record(Object.fromEntries(PLANS.map((id) => [id, fc.tuple(planLimits, planLimits)]))),
  methodThrottles: fc.record(
    Object.fromEntries(PLANS.flatMap((id) => METHODS.map((method) => [`${id} ${method}`, maybe(throttle)]))),
  ),
  stageThrottles: fc.record(Object.fromEntries(METHODS.map((method) => [method, maybe(throttle)]))),
  accountThrottle: fc.oneof(
    { arbitrary: fc.constant({ rateLimit: 10_000, burstLimit: 5_000 }), weight: 3 },
    { arbitrary: throttle, weight: 1 },
  ),
});

/** Some day of the years 2023 to 2028, of which two have a leap day. */
const start = fc.integer({ min: Date.UTC(2023, 0), max: Date.UTC(2028, 11) });

/** Plans, stages and what is called when, as the limiter and its model are to agree on. */
export const arbitraryTraffic = fc.record({
  choices,
  stages,
  start,
  steps: fc.array(step, { minLength: 1, maxLength: 50, size: "max" }),
});

export type Traffic = typeof arbitraryTraffic extends fc.Arbitrary<infer Value> ? Value : never;

/** The moment to which a clock moves. */
export function moved(at: number, to: Move): number {
  return "by" in to ? at + to.by : (Math.floor(at / DAY) + 1) * DAY + to.toEndOfDay;
}

/** A plan, with the first or the second of its limits. */
export function planOf({ stages: { plans } }: Traffic, id: string, version: number): LimitedPlan {
  const limits = plans[id]?.[version];
  return { id, throttle: limits?.throttle, quota: limits?.quota };
}
