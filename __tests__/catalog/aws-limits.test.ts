import { findingsOf, petShop, problemsOf, withRoutes, withSubscriptions, withTier } from "../support/catalogs";

const many = <Value>(count: number, entry: (index: number) => [string, Value]) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));

describe("a throttle of a method", () => {
  const methodThrottle = { pets: { "GET /pets": { rateLimit: 1, burstLimit: 2 } } };
  const quota = { limit: 100, period: "DAY" };

  test("is refused in a tier without a throttle, as AWS does when the plan is created", () => {
    expect(problemsOf(withTier({ throttle: undefined, quota, methodThrottle }))).toEqual([
      'tier "gold": methodThrottle limits methods of "pets", but the tier has no throttle, and AWS takes a throttle of a ' +
        "method only beside one of the whole plan; give the tier a throttle, or drop methodThrottle",
    ]);
  });

  test("is not a second problem where the throttle is there, but wrong", () => {
    expect(problemsOf(withTier({ throttle: { rateLimit: 1 }, quota, methodThrottle }))).toEqual([
      expect.stringMatching(/throttle.burstLimit must be/),
    ]);
  });

  test("is taken beside a throttle", () => {
    expect(problemsOf(withTier({ methodThrottle }))).toEqual([]);
    expect(problemsOf(withTier({ throttle: undefined, quota, methodThrottle: { pets: {} } }))).toEqual([]);
  });
});

describe("what AWS refuses for good is an error", () => {
  const keys = (count: number) => withSubscriptions(many(count, (index) => [`c${index}`, { tier: "gold" }]));
  const allGold = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

  test.each([
    ["10,001 keys in a Region", keys(10_001), /^catalog: has 10001 subscriptions, but AWS takes 10000 API keys/],
    [
      "a rate without a burst",
      withTier({ throttle: { rateLimit: 5 } }),
      /throttle.burstLimit must be a positive integer, got nothing/,
    ],
    [
      "a burst without a rate",
      withTier({ throttle: { burstLimit: 5 } }),
      /throttle.rateLimit must be a number of requests a second above 0, got nothing/,
    ],
    [
      "a rate of 0, which blocks everybody",
      withTier({ throttle: { rateLimit: 0, burstLimit: 5 } }),
      /throttle.rateLimit .* got 0; leave out throttle for no limit/,
    ],
    [
      "a burst of 1.5",
      withTier({ throttle: { rateLimit: 1, burstLimit: 1.5 } }),
      /throttle.burstLimit must be a positive integer, got 1.5/,
    ],
    [
      "an infinite rate",
      withTier({ throttle: { rateLimit: Number.POSITIVE_INFINITY, burstLimit: 5 } }),
      /throttle.rateLimit must be a number/,
    ],
    [
      "a quota of 0",
      withTier({ quota: { limit: 0, period: "DAY" } }),
      /quota.limit must be a positive integer, got 0; leave out quota for no quota/,
    ],
    [
      "a quota without a limit",
      withTier({ quota: { period: "DAY" } }),
      /quota.limit must be a positive integer, got nothing/,
    ],
    [
      "a quota for an HOUR",
      withTier({ quota: { limit: 1, period: "HOUR" } }),
      /quota.period must be DAY, WEEK or MONTH, got "HOUR"/,
    ],
    [
      "an offset of a DAY",
      withTier({ quota: { limit: 100, period: "DAY", offset: 1 } }),
      /quota.offset must be 0 for period DAY, got 1/,
    ],
    [
      "an offset of 7 in a WEEK",
      withTier({ quota: { limit: 100, period: "WEEK", offset: 7 } }),
      /quota.offset must be 0 to 6 for period WEEK, got 7/,
    ],
    [
      "an offset of 28 in a MONTH",
      withTier({ quota: { limit: 100, period: "MONTH", offset: 28 } }),
      /quota.offset must be 0 to 27 for period MONTH, got 28/,
    ],
    [
      "an offset below 0",
      withTier({ quota: { limit: 100, period: "MONTH", offset: -1 } }),
      /quota.offset must be 0 to 27 for period MONTH, got -1/,
    ],
    [
      "a tag of 257 characters",
      withTier({ tags: { team: "x".repeat(257) } }),
      /tags.team must have at most 256 characters/,
    ],
    [
      "a tag's name of 129 characters",
      withTier({ tags: { ["x".repeat(129)]: "a" } }),
      /is not a valid tag name: 1 to 128 characters/,
    ],
    [
      "a tag that AWS keeps for itself",
      withTier({ tags: { "aws:team": "a" } }),
      /is reserved: AWS keeps names that begin with "aws:"/,
    ],
    [
      "51 tags",
      withTier({ tags: many(51, (index) => [`t${index}`, "x"]) }),
      /tags must be at most 47 tags, since AWS takes 50 and ours are among them, got 51/,
    ],
    [
      "a key in two plans of one stage",
      withSubscriptions({ joe: { tier: "gold", additionalTiers: { extra: "gold" } } }),
      /subscription "joe": is on the tiers "gold" and "gold", which both open pets\/prod, but AWS takes a key in one plan for each stage/,
    ],
    [
      "a key in 11 plans",
      withSubscriptions(
        { joe: { tier: "gold", additionalTiers: many(10, (index) => [allGold[index] as string, `t${index}`]) } },
        {
          tiers: {
            gold: { access: {}, quota: { limit: 1, period: "DAY" } },
            ...many(10, (index) => [`t${index}`, { access: {}, quota: { limit: 1, period: "DAY" } }]),
          },
        },
      ),
      /is on 11 tiers, but AWS takes a key in 10 plans/,
    ],
    [
      "two keys with one value",
      withSubscriptions({
        a: { tier: "gold", keyValue: { variable: "k" } },
        b: { tier: "gold", keyValue: { variable: "k" } },
      }),
      /subscription "b": keyValue.variable "k" is used by subscription "a" too/,
    ],
    [
      "a burst that 32 bits do not hold",
      withTier({ throttle: { rateLimit: 1, burstLimit: 2 ** 31 } }),
      /throttle.burstLimit must be at most 2147483647, got 2147483648/,
    ],
    [
      "a quota that 32 bits do not hold",
      withTier({ quota: { limit: 5e9, period: "MONTH" } }),
      /quota.limit must be at most 2147483647, got 5000000000/,
    ],
    [
      "a rate that is not a number",
      withTier({ throttle: { rateLimit: Number.NaN, burstLimit: 5 } }),
      /throttle.rateLimit must be a number of requests a second above 0, got NaN/,
    ],
  ])("%s", (_, written, problem) => {
    expect(problemsOf(written)).toEqual([expect.stringMatching(problem)]);
  });

  test.each([
    ["10,000 keys in a Region", keys(10_000)],
    ["an offset of 6 in a WEEK", withTier({ quota: { limit: 100, period: "WEEK", offset: 6 } })],
    ["an offset of 27 in a MONTH", withTier({ quota: { limit: 100, period: "MONTH", offset: 27 } })],
    ["a rate below 1", withTier({ throttle: { rateLimit: 0.1, burstLimit: 1 } })],
    ["a tag with accents", withTier({ tags: { "Équipe 1": "péages/été +1@x" } })],
  ])("%s is not", (_, written) => {
    expect(problemsOf(written)).toEqual([]);
  });
});

describe("what AWS raises on request is a warning", () => {
  const routes = (count: number) => withRoutes(many(count, (index) => [`GET /r${index}`, { mock: 200 }]));
  const plans = (count: number) =>
    petShop({
      tiers: many(count, (index) => [`t${index}`, { access: { pets: "*" }, quota: { limit: 1, period: "DAY" } }]),
    });
  const stages = (count: number) =>
    petShop({
      apis: { pets: { stages: many(count, (index) => [`s${index}`, {}]), routes: { "GET /": { mock: 200 } } } },
      tiers: {},
    });
  const methods = (count: number) => {
    const keys = many(count, (index) => [`GET /r${index}`, { mock: 200 }]);
    const throttles = many(count, (index) => [`GET /r${index}`, { rateLimit: 1, burstLimit: 1 }]);
    return petShop({
      apis: { pets: { stages: { prod: {} }, routes: keys } },
      tiers: {
        gold: {
          access: { pets: "*" },
          throttle: { rateLimit: 1, burstLimit: 1 },
          methodThrottle: { pets: throttles },
        },
      },
    });
  };

  test.each([
    ["301 usage plans", plans(301), plans(300), /catalog: has 301 tiers, over AWS's default of 300 usage plans/],
    [
      "301 resources in an API, its root being one",
      routes(300),
      routes(299),
      /api "pets": has 301 resources, over AWS's default of 300; ask AWS to raise it/,
    ],
    ["11 stages in an API", stages(11), stages(10), /api "pets": has 11 stages, over AWS's default of 10/],
    ["21 method throttles", methods(21), methods(20), /methodThrottle.pets has 21 methods, over AWS's default of 20/],
    [
      "more than the account's rate",
      withTier({ throttle: { rateLimit: 10_001, burstLimit: 5_000 } }),
      withTier({ throttle: { rateLimit: 5_000, burstLimit: 5_000 } }),
      /throttle: rateLimit 10001 is over the 10000/,
    ],
    [
      "more than the account's burst",
      withTier({ throttle: { rateLimit: 10, burstLimit: 5_001 } }),
      withTier({ throttle: { rateLimit: 10, burstLimit: 5_000 } }),
      /throttle: burstLimit 5001 is over the 5000/,
    ],
    [
      "a large resource policy",
      policyOf(8_193),
      policyOf(8_192),
      /has 8193 bytes of resource policy, over AWS's default of 8192/,
    ],
  ])("%s", (_, over, within, warning) => {
    expect(findingsOf(over)).toContainEqual(expect.stringMatching(warning));
    expect(findingsOf(within).filter((finding) => finding.startsWith("warning"))).toEqual([]);
  });

  function policyOf(bytes: number) {
    const filler = "x".repeat(bytes - JSON.stringify({ Version: "" }).length);
    return petShop({
      apis: { pets: { policy: { Version: filler }, stages: { prod: {} }, routes: { "GET /": { mock: 200 } } } },
    });
  }
});

describe("limits that AWS accepts, but that do not do what they seem to", () => {
  test.each([
    [
      "a burst below the rate",
      withTier({ throttle: { rateLimit: 20, burstLimit: 10 } }),
      /throttle: burstLimit 10 is below rateLimit 20/,
    ],
    [
      "a quota below the burst",
      withTier({ quota: { limit: 5, period: "DAY" } }),
      /quota: 5 for each DAY is used up by one burst of 20/,
    ],
    [
      "a method that is faster than its tier",
      withTier({ methodThrottle: { pets: { "GET /pets": { rateLimit: 11, burstLimit: 20 } } } }),
      /methodThrottle.pets."GET \/pets": rateLimit 11 is over the tier's own 10/,
    ],
  ])("%s gets a warning", (_, written, warning) => {
    expect(findingsOf(written)).toEqual([expect.stringMatching(warning)]);
  });
});
