import fc from "fast-check";
import { defineCatalog } from "../../../src";
import type { GatewayModel, UsagePlanModel } from "../../../src/model/model";
import { withChanges } from "../../../src/replay/candidates/apply-changes";
import { parseChange } from "../../../src/replay/candidates/change";
import { readSynthesized } from "../../support/read-synthesized";

const access = { pets: "*" } as const;
const model = readSynthesized(
  defineCatalog({
    apis: {
      pets: { routes: { "GET /pets": { mock: 200 }, "POST /pets": { mock: 200 } }, stages: { prod: {}, test: {} } },
    },
    tiers: {
      bronze: { access, quota: { limit: 100, period: "WEEK", offset: 3 } },
      silver: { access, throttle: { rateLimit: 5, burstLimit: 10 }, quota: { limit: 1_000, period: "MONTH" } },
      gold: {
        access,
        throttle: { rateLimit: 50, burstLimit: 100 },
        methodThrottle: { pets: { "GET /pets": { rateLimit: 1, burstLimit: 2 } } },
      },
      open: { access },
    },
    subscriptions: { ann: { tier: "bronze" } },
  } as never),
);

const changed = (...changes: readonly string[]) => withChanges(model, changes.map(parseChange));
const planIn = (of: GatewayModel, tier: string): UsagePlanModel => {
  const found = of.plans.find((plan) => plan.tier === tier);
  if (!found) throw new Error(`there is no plan of ${tier}`);
  return found;
};
const limitsOf = (tier: string, ...changes: readonly string[]) => {
  const { throttle, quota } = planIn(changed(...changes).model, tier);
  return { throttle, quota };
};

test.each<
  [what: string, changes: readonly string[], tier: string, throttle: object | undefined, quota: object | undefined]
>([
  [
    "one field",
    ["silver.rateLimit=7"],
    "silver",
    { rateLimit: 7, burstLimit: 10 },
    { limit: 1_000, period: "MONTH", offset: 0 },
  ],
  [
    "several fields of several parts",
    ["silver.burstLimit=3", "silver.quota.limit=9", "silver.quota.period=DAY"],
    "silver",
    { rateLimit: 5, burstLimit: 3 },
    { limit: 9, period: "DAY" },
  ],
  [
    "a throttle where there was none, by both fields",
    ["bronze.rateLimit=1", "bronze.burstLimit=2"],
    "bronze",
    { rateLimit: 1, burstLimit: 2 },
    { limit: 100, period: "WEEK", offset: 3 },
  ],
  [
    "a quota where there was none, by both fields",
    ["open.quota.limit=1", "open.quota.period=DAY"],
    "open",
    undefined,
    { limit: 1, period: "DAY" },
  ],
  ["no throttle", ["silver.throttle=none"], "silver", undefined, { limit: 1_000, period: "MONTH", offset: 0 }],
  ["no quota", ["silver.quota=none"], "silver", { rateLimit: 5, burstLimit: 10 }, undefined],
  ["nothing, where there was none", ["open.quota=none", "open.throttle=none"], "open", undefined, undefined],
  [
    "a period without the offset of another",
    ["bronze.quota.period=DAY"],
    "bronze",
    undefined,
    { limit: 100, period: "DAY" },
  ],
  [
    "another limit with the offset of its period",
    ["bronze.quota.limit=50"],
    "bronze",
    undefined,
    { limit: 50, period: "WEEK", offset: 3 },
  ],
])("changes give %s", (_what, changes, tier, throttle, quota) => {
  expect(limitsOf(tier, ...changes)).toEqual({ throttle, quota });
});

test("the throttle of a method changes on each stage that has it", () => {
  const { stages } = planIn(changed('gold.methodThrottles["GET /pets"].burstLimit=9').model, "gold");
  expect(stages.map(({ methodThrottles }) => [...methodThrottles])).toEqual([
    [["GET /pets", { rateLimit: 1, burstLimit: 9 }]],
    [["GET /pets", { rateLimit: 1, burstLimit: 9 }]],
  ]);
});

test("a candidate is named after its changes, and leaves the model and its other tiers as they are", () => {
  const before = JSON.stringify(model);
  const candidate = changed("silver.rateLimit=7", "gold.burstLimit=1");
  expect(candidate.name).toBe("silver.rateLimit=7, gold.burstLimit=1");
  expect(JSON.stringify(model)).toBe(before);
  for (const tier of ["bronze", "open"]) expect(planIn(candidate.model, tier)).toBe(planIn(model, tier));
});

test("a limit that is known only after a deploy is known when it is changed, and no other one", () => {
  const unknown = { ...planIn(model, "bronze"), unknownLimits: ["throttle", "quota"] } as UsagePlanModel;
  const { plans } = withChanges({ ...model, plans: [unknown] }, [parseChange("bronze.quota.limit=5")]).model;
  expect(plans[0]?.unknownLimits).toEqual(["throttle"]);
});

test.each<[what: string, changes: readonly string[], message: RegExp]>([
  [
    "a tier that nearly is there",
    ["golf.rateLimit=5"],
    /^"golf\.rateLimit=5": there is no tier "golf"; did you mean "gold"\?$/,
  ],
  ["another tier", ["xyzzyx.rateLimit=5"], /there is no tier "xyzzyx"; there are "bronze", "gold", "open", "silver"$/],
  [
    "a rate alone",
    ["open.rateLimit=5"],
    /"open" has no throttle yet, which needs rateLimit and burstLimit; set burstLimit as well/,
  ],
  ["a burst alone", ["open.burstLimit=5"], /set rateLimit as well/],
  [
    "a limit of a quota alone",
    ["open.quota.limit=5"],
    /"open" has no quota yet, which needs limit and period; set period as well/,
  ],
  ["a period alone", ["gold.quota.period=DAY"], /set limit as well/],
  [
    "a throttle on which methods depend",
    ["gold.throttle=none"],
    /the tier limits single methods, which AWS takes only beside a throttle/,
  ],
  [
    "a method without a throttle",
    ['gold.methodThrottles["POST /pets"].rateLimit=5'],
    /"gold" has no throttle of "POST \/pets", but of "GET \/pets"; to add one, change the catalog/,
  ],
  [
    "a method of a tier that has none",
    ['silver.methodThrottles["GET /pets"].rateLimit=5'],
    /"silver" has no throttle of "GET \/pets"; to add one, change the catalog/,
  ],
  [
    "what takes away and sets",
    ["silver.quota=none", "silver.quota.limit=5"],
    /takes away what "silver\.quota\.limit=5" sets; keep one of the two/,
  ],
])("%s cannot be changed", (_what, changes, message) => {
  expect(() => changed(...changes)).toThrow(message);
});

test("changes of one tier give the same limits in whatever order tiers are changed", () => {
  const some = ["silver.rateLimit=7", "silver.quota.limit=5", "gold.burstLimit=3", "bronze.quota.limit=9"];
  fc.assert(
    fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (shuffled) => {
      expect(changed(...shuffled).model).toEqual(changed(...some).model);
    }),
  );
});
