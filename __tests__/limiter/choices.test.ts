import { DEFAULT_CHOICES } from "../../src/limiter/choices";
import { type LimitedRequest, Limiter, type LimiterOptions } from "../../src/limiter/limiter";
import { expectTimeline } from "./support/timeline";

/** A burst of three, ten requests per second, five per day. */
const bronze: LimitedRequest = {
  client: {
    key: "alice",
    plan: { id: "bronze", throttle: { rateLimit: 10, burstLimit: 3 }, quota: { limit: 5, period: "DAY" } },
  },
  method: "pets/prod/GET /pets",
};

it.each<[choice: string, choices: LimiterOptions, timeline: string]>([
  [
    "checkedFirst: throttle (the default) tells the throttle's reason, while neither token nor quota is left",
    { checkedFirst: "throttle" },
    `2026-11-22 10:00:00.000 3 pass, 1 throttled by plan
                10:00:00.200 2 pass, 1 throttled by plan
                10:00:00.300 1 over quota`,
  ],
  [
    "checkedFirst: quota tells the quota's reason",
    { checkedFirst: "quota" },
    `2026-11-22 10:00:00.000 3 pass, 1 throttled by plan
                10:00:00.200 2 pass, 1 over quota
                10:00:00.300 1 over quota`,
  ],
  [
    "throttledRequestUsesQuota: false (the default) leaves the quota to those who pass",
    { throttledRequestUsesQuota: false },
    `2026-11-22 10:00:00.000 3 pass, 50 throttled by plan
                10:00:01.000 2 pass, 1 over quota`,
  ],
  [
    "throttledRequestUsesQuota: true uses it up with refused requests too",
    { throttledRequestUsesQuota: true },
    `2026-11-22 10:00:00.000 3 pass, 1 throttled by plan
                10:00:01.000 1 pass, 1 over quota`,
  ],
  [
    "throttledRequestUsesQuota: true uses no more than there is",
    { throttledRequestUsesQuota: true },
    `2026-11-22 10:00:00.000 3 pass, 50 throttled by plan
                10:00:01.000 1 over quota
     2026-11-23 10:00:00.000 3 pass, 1 throttled by plan`,
  ],
])("%s", (_, choices, timeline) => expectTimeline(new Limiter(choices), bronze, timeline));

describe("refusedRequestTakesTokens", () => {
  const plan = { id: "bronze", throttle: { rateLimit: 10, burstLimit: 6 } };
  const burst = (burstLimit: number) => ({ rateLimit: 10, burstLimit });
  const cast = {
    narrow: { client: { key: "alice", plan }, method: "pets/prod/GET /pets", stageThrottle: burst(2) },
    plain: { client: { key: "alice", plan }, method: "pets/prod/POST /pets" },
    byMethod: { client: { key: "alice", plan, methodThrottle: burst(1) }, method: "pets/prod/PUT /pets" },
    overQuota: {
      client: { key: "bob", plan: { ...plan, quota: { limit: 1, period: "DAY" as const } } },
      method: "pets/prod/POST /pets",
    },
    withoutQuota: { client: { key: "bob", plan }, method: "pets/prod/POST /pets" },
  };

  it.each<[choice: string, choices: LimiterOptions, timeline: string]>([
    [
      "false (the default): a request that the stage refuses leaves the plan's tokens",
      { refusedRequestTakesTokens: false },
      `2026-11-22 10:00:00.000 narrow: 2 pass, 3 throttled by stage method
                  10:00:00.000 plain: 4 pass, 1 throttled by plan`,
    ],
    [
      "true: it has taken the plan's, which it had passed",
      { refusedRequestTakesTokens: true },
      `2026-11-22 10:00:00.000 narrow: 2 pass, 3 throttled by stage method
                  10:00:00.000 plain: 1 pass, 1 throttled by plan`,
    ],
    [
      "true: one that the plan's method throttle refuses came to no other layer",
      { refusedRequestTakesTokens: true },
      `2026-11-22 10:00:00.000 byMethod: 1 pass, 3 throttled by plan method
                  10:00:00.000 plain: 5 pass, 1 throttled by plan`,
    ],
    [
      "true: one over quota had passed all throttles, if they are checked first",
      { refusedRequestTakesTokens: true, checkedFirst: "throttle" },
      `2026-11-22 10:00:00.000 overQuota: 1 pass, 3 over quota
                  10:00:00.000 withoutQuota: 2 pass, 1 throttled by plan`,
    ],
    [
      "true: one over quota had passed none, if the quota is checked first",
      { refusedRequestTakesTokens: true, checkedFirst: "quota" },
      `2026-11-22 10:00:00.000 overQuota: 1 pass, 3 over quota
                  10:00:00.000 withoutQuota: 5 pass, 1 throttled by plan`,
    ],
    [
      "false: one over quota takes none",
      { refusedRequestTakesTokens: false },
      `2026-11-22 10:00:00.000 overQuota: 1 pass, 3 over quota
                  10:00:00.000 withoutQuota: 5 pass, 1 throttled by plan`,
    ],
    [
      "true: one that the account refuses has taken all others'",
      { refusedRequestTakesTokens: true, accountThrottle: { rateLimit: 10, burstLimit: 1 } },
      `2026-11-22 10:00:00.000 plain: 1 pass, 3 throttled by account
                  10:00:00.100 plain: 1 pass, 1 throttled by account
                  10:00:00.100 plain: 1 throttled by account, 1 throttled by plan`,
    ],
  ])("%s", (_, choices, timeline) => expectTimeline(new Limiter(choices), cast, timeline));
});

describe("clocks that step back", () => {
  it.each<[rule: string, choices: LimiterOptions, timeline: string]>([
    [
      "by less than clockTolerance add no token until they are where they were, and none twice",
      {},
      `2026-11-22 10:00:00.000 3 pass, 1 throttled by plan
                  10:00:00.100 1 pass, 1 throttled by plan
                  09:59:59.200 1 throttled by plan
                  10:00:00.100 1 throttled by plan
                  10:00:00.200 1 pass, 1 throttled by plan`,
    ],
    [
      "by more were set, and are followed from there",
      {},
      `2026-11-22 10:00:00.000 3 pass, 1 throttled by plan
                  09:00:00.000 1 throttled by plan
                  09:00:00.100 1 pass, 1 throttled by plan`,
    ],
    [
      "by just clockTolerance are waited for",
      { clockTolerance: 500 },
      `2026-11-22 10:00:00.500 3 pass, 1 throttled by plan
                  10:00:00.000 1 throttled by plan
                  10:00:00.500 1 throttled by plan
                  10:00:00.600 1 pass, 1 throttled by plan`,
    ],
    [
      "by a millisecond more are not",
      { clockTolerance: 499 },
      `2026-11-22 10:00:00.500 3 pass, 1 throttled by plan
                  10:00:00.000 1 throttled by plan
                  10:00:00.100 1 pass, 1 throttled by plan`,
    ],
    [
      "over midnight count on the day that they say",
      {},
      `2026-11-23 00:00:00.000 3 pass, 1 throttled by plan
                  00:00:00.200 2 pass
       2026-11-22 23:59:59.900 1 throttled by plan
       2026-11-23 00:00:00.300 1 over quota
       2026-11-22 23:59:59.900 1 pass, 1 throttled by plan`,
    ],
    [
      "by days find the quota of that day as it was",
      {},
      `2026-11-22 10:00:00.000 3 pass
                  10:00:01.000 2 pass, 1 over quota
       2026-11-23 10:00:00.000 3 pass
       2026-11-22 10:00:00.000 1 throttled by plan
                  10:00:01.000 1 over quota
       2026-11-23 10:00:01.000 2 pass, 1 over quota`,
    ],
  ])("%s", (_, choices, timeline) => expectTimeline(new Limiter(choices), bronze, timeline));

  it("let nobody gain: readings in mixed order give as many tokens as readings in order", () => {
    const limiter = new Limiter();
    const request: LimitedRequest = {
      client: { key: "alice", plan: { id: "bronze", throttle: { rateLimit: 10, burstLimit: 3 } } },
      method: "pets/prod/GET /pets",
    };
    let passed = 0;
    for (let at = 1_000; at <= 11_000; at++)
      for (const reading of [at, at - 700, at - 1, at]) if (limiter.decide(request, reading).allowed) passed++;
    expect(passed).toBe(3 + 100);
  });
});

describe("methodThrottle", () => {
  const plan = { id: "bronze", throttle: { rateLimit: 10, burstLimit: 3 } };
  const cast = (burstLimit: number) => ({
    limited: {
      client: { key: "alice", plan, methodThrottle: { rateLimit: 10, burstLimit } },
      method: "pets/prod/GET /pets",
    },
    other: { client: { key: "alice", plan }, method: "pets/prod/POST /pets" },
  });

  it.each<[choice: string, choices: LimiterOptions, burst: number, timeline: string]>([
    [
      "beside (the default): a wider limit of a method does not widen the plan's, as the catalog warns",
      { methodThrottle: "beside" },
      5,
      `2026-11-22 10:00:00.000 limited: 3 pass, 2 throttled by plan
                  10:00:00.000 other: 1 throttled by plan`,
    ],
    [
      "beside (the default): a narrower limit of a method takes of the plan's tokens",
      { methodThrottle: "beside" },
      2,
      `2026-11-22 10:00:00.000 limited: 2 pass, 1 throttled by plan method
                  10:00:00.000 other: 1 pass, 1 throttled by plan`,
    ],
    [
      "instead: a wider limit of a method stands in the place of the plan's",
      { methodThrottle: "instead" },
      5,
      `2026-11-22 10:00:00.000 limited: 5 pass, 1 throttled by plan method
                  10:00:00.000 other: 3 pass, 1 throttled by plan`,
    ],
  ])("%s", (_, choices, burst, timeline) => expectTimeline(new Limiter(choices), cast(burst), timeline));
});

it("remainingWithoutQuota is what a usage report says where there is no quota", () => {
  const plan = { id: "free" };
  const remaining = (choices: LimiterOptions) => {
    const limiter = new Limiter(choices);
    limiter.decide({ client: { key: "alice", plan }, method: "pets/prod/GET /pets" }, Date.UTC(2026, 10, 22));
    return limiter.usage(plan, "2026-11-22", "2026-11-22").values;
  };
  expect(remaining({})).toEqual({ alice: [[1, -1]] });
  expect(remaining({ remainingWithoutQuota: 0 })).toEqual({ alice: [[1, 0]] });
});

it("the defaults are these, and a changed one is a change for all users", () => {
  expect(DEFAULT_CHOICES).toEqual({
    checkedFirst: "throttle",
    throttledRequestUsesQuota: false,
    refusedRequestTakesTokens: false,
    methodThrottle: "beside",
    weekBegins: "SUNDAY",
    offsetCounts: "requests",
    remainingWithoutQuota: -1,
    clockTolerance: 1_000,
  });
});
