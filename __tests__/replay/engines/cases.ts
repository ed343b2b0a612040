import fc from "fast-check";
import { type LimitedPlan, Limiter } from "../../../src/limiter/limiter";
import type { EngineCandidate, EngineRow, EngineTier } from "../../../src/replay/engines/engine-candidate";
import { ACCESS_LOG_FIELDS } from "../../../src/vocabulary/access-log";

interface Call {
  readonly id: string;
  readonly time: number;
  readonly key: string;
  readonly wasRefused: boolean;
  /** What its integration answered, where it was not refused. */
  readonly status: string;
}

/** Calls in a log, and limits to try on them. */
export interface Case {
  readonly lines: readonly string[];
  readonly calls: readonly Call[];
  readonly candidates: readonly EngineCandidate[];
}

const KEYS = ["key1", "key2", "key3", "k'4"];
const START = Date.UTC(2026, 0, 28, 23, 59, 50);

const gap = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 2, arbitrary: fc.integer({ min: 300, max: 20_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 20_000, max: 86_400_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 86_400_000, max: 9 * 86_400_000 }) },
);

const throttle = fc.record({
  rateLimit: fc.oneof(
    fc.constantFrom(0, 1, 0.333333, 2.5, 10, 10_000, 0.000001),
    fc.double({ min: 0.01, max: 20, noNaN: true }),
  ),
  burstLimit: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom(5_000, 9_007_199)),
});
const quota = fc.record({
  limit: fc.integer({ min: 0, max: 12 }),
  period: fc.constantFrom("DAY" as const, "WEEK" as const, "MONTH" as const),
});
const tier = (name: string): fc.Arbitrary<EngineTier> =>
  fc.record({
    tier: fc.constant(name),
    throttle: fc.option(throttle, { nil: undefined }),
    quota: fc.option(quota, { nil: undefined }),
  });
const TIERS = ["bronze", "it's \\ gold"];
const candidate = (index: number): fc.Arbitrary<EngineCandidate> =>
  fc.record({
    name: fc.constant(`candidate ${index}: o'clock`),
    tiers: fc.tuple(...TIERS.map(tier)),
    keys: fc
      .tuple(...KEYS.slice(0, 3).map(() => fc.constantFrom(...TIERS)))
      .map((tiers) =>
        tiers.map((each, at) => ({ key: KEYS[at] ?? "", subscription: `subscription-${at}`, tier: each })),
      ),
  });

export const arbitraryCase: fc.Arbitrary<Case> = fc
  .record({
    steps: fc.array(
      fc.record({
        gap,
        key: fc.constantFrom(...KEYS),
        wasRefused: fc.boolean(),
        status: fc.constantFrom("200", "200", "403", "429"),
        twice: fc.boolean(),
      }),
      {
        minLength: 1,
        maxLength: 120,
      },
    ),
    reversed: fc.boolean(),
    candidates: fc.tuple(candidate(0), candidate(1), candidate(2)),
  })
  .map(({ steps, reversed, candidates }) => {
    let time = START;
    const calls = steps.map(({ gap, key, wasRefused, status }, index): Call => {
      time += gap;
      return { id: `id${index}`, time, key, wasRefused, status };
    });
    const lines = steps.flatMap(({ twice }, index) => {
      const line = lineOf(calls[index] as Call);
      return twice ? [line, line] : [line];
    });
    const changes: readonly Readonly<Record<string, string>>[] = [
      { apiKeyId: "-" },
      { status: "403", errorResponseType: "INVALID_API_KEY" },
      { resourcePath: "-", status: "403", errorResponseType: "MISSING_AUTHENTICATION_TOKEN" },
    ];
    const others = changes.map((each, index) =>
      lineOf({ id: `other${index}`, time: START, key: "key1", wasRefused: false, status: "200" }, each),
    );
    return { lines: [...others, ...(reversed ? lines.reverse() : lines)], calls, candidates };
  });

function lineOf({ id, time, key, wasRefused, status }: Call, changes: Readonly<Record<string, string>> = {}): string {
  const absent = Object.fromEntries(Object.keys(ACCESS_LOG_FIELDS).map((field) => [field, "-"]));
  return JSON.stringify({
    ...absent,
    extendedRequestId: id,
    requestTimeEpoch: String(time),
    apiKeyId: key,
    resourcePath: "/pets",
    status: wasRefused ? "429" : status,
    errorResponseType: wasRefused ? "THROTTLED" : "-",
    ...changes,
  });
}

/** What the limiter says of a case. */
export function answersOfLimiter({ calls, candidates }: Case): EngineRow[] {
  return candidates.flatMap(({ name, tiers, keys }) =>
    keys
      .flatMap(({ key, subscription, tier }): EngineRow[] => {
        const own = calls.filter((call) => call.key === key);
        if (own.length === 0) return [];
        const { throttle, quota } = tiers.find((each) => each.tier === tier) ?? {};
        const plan = { id: tier, ...(throttle && { throttle }), ...(quota && { quota }) };
        const high = refused(own, plan);
        const low = refused(
          own.filter(({ wasRefused }) => !wasRefused),
          plan,
        );
        return [
          {
            candidate: name,
            tier,
            subscription,
            apiKeyId: key,
            calls: own.length,
            throttledLow: low.throttled,
            quotaLow: low.quota,
            throttledHigh: high.throttled,
            quotaHigh: high.quota,
          },
        ];
      })
      .sort((a, b) => (a.tier === b.tier ? (a.subscription < b.subscription ? -1 : 1) : a.tier < b.tier ? -1 : 1)),
  );
}

function refused(calls: readonly Call[], plan: LimitedPlan) {
  const limiter = new Limiter();
  const counts = { throttled: 0, quota: 0 };
  for (const { key, time } of calls) {
    const verdict = limiter.decide({ method: "GET /pets", client: { key, plan } }, time);
    if (!verdict.allowed) counts[verdict.reason]++;
  }
  return counts;
}
