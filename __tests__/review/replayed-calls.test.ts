import type { GatewayModel } from "../../src/model/model";
import { readTraffic } from "../../src/replay/read-traffic";
import { replay } from "../../src/replay/replay";
import { replayDoubts } from "../../src/review/replay-doubts";
import { ReplayedCalls } from "../../src/review/replayed-calls";
import { lineOf, OWN_FORMAT, sourceOf } from "../replay/support";
import { defineUnchecked } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";

const START = Date.UTC(2026, 9, 5);
const HOUR = 3_600_000;

interface Limits {
  readonly gold?: number;
  readonly silver?: number;
  readonly stages?: readonly string[];
  readonly open?: boolean;
}

/** ann is on gold for prod; silver is for beta. */
const modelOf = ({ gold = 100, silver = 100, stages = ["prod", "beta"], open = false }: Limits = {}) =>
  readSynthesized(
    defineUnchecked({
      apis: {
        pets: {
          stages: Object.fromEntries(stages.map((stage) => [stage, {}])),
          routes: { "GET /pets": { mock: 200 }, "GET /open": { mock: 200, apiKeyRequired: !open } },
        },
      },
      tiers: {
        gold: { access: { pets: ["prod"] }, quota: { limit: gold, period: "DAY" } },
        silver: {
          access: { pets: stages.includes("beta") ? ["beta"] : ["prod"] },
          quota: { limit: silver, period: "DAY" },
        },
      },
      subscriptions: { ann: { tier: "gold" }, joe: { tier: "silver" } },
    }),
  );

/** With ann's key in both usage plans, as plain Terraform can have it. */
function withAnnOnBoth(model: GatewayModel): GatewayModel {
  const ann = planOf(model, "gold").keys.filter(({ subscription }) => subscription === "ann");
  return {
    ...model,
    plans: model.plans.map((plan) => (plan.tier === "silver" ? { ...plan, keys: [...plan.keys, ...ann] } : plan)),
  };
}

function planOf({ plans }: GatewayModel, tier: string) {
  const plan = plans.find((each) => each.tier === tier);
  if (!plan) throw new Error(`there is no tier ${tier}`);
  return plan;
}

interface Calls {
  readonly stage?: string;
  readonly key?: string | undefined;
  readonly path?: string;
  readonly count: number;
  readonly from?: number;
}

const identities = {
  keys: new Map([
    ["key1", "ann"],
    ["key2", "joe"],
    ["key3", "ann"],
  ]),
  apis: new Map([["api1", "pets"]]),
};

function trafficOf(calls: readonly Calls[], others: readonly string[] = []) {
  const lines = calls.flatMap(({ stage = "prod", path = "/pets", count, from = 0, ...rest }, group) =>
    Array.from({ length: count }, (_, index) =>
      lineOf({
        ...{ time: START + from + index, id: `${group}x${index}=`, api: "api1", stage, method: "GET", path },
        ...{ key: "key" in rest ? rest.key : "key1", status: 200, errorType: undefined },
      }),
    ),
  );
  const content = [...lines, ...others].map((line) => `${line}\n`).join("");
  return readTraffic({ sources: [sourceOf(content)], formats: [OWN_FORMAT] });
}

/** What is said of gold after the change, and of ann. */
async function said(
  before: GatewayModel,
  after: GatewayModel,
  calls: readonly Calls[],
  others: readonly string[] = [],
) {
  const traffic = await trafficOf(calls, others);
  const plans = { before: { gateway: before }, after: { gateway: after } } as never;
  const replayed = new ReplayedCalls(plans, { traffic, identities });
  const ann = { name: "ann", after: { key: { subscription: "ann" } } } as never;
  return { tier: replayed.ofTier(planOf(after, "gold")), customer: replayed.ofCustomer(ann) };
}

const DAY = "from 2026-10-05 to 2026-10-05";

test("nobody would have been refused more is not said of lines that could not be read", async () => {
  const { tier, customer } = await said(modelOf(), modelOf({ gold: 50 }), [{ count: 20 }], ["hello", "you"]);
  expect(tier).toBe(
    `1 customer called ${DAY}: nobody would have been refused more of the calls that are known: 2 lines of the logs could not be read`,
  );
  expect(customer).toBe(
    `none of its 20 calls ${DAY} would have been refused more; that is not sure: 2 lines of the logs could not be read`,
  );
});

test("lines that could not be read are said where nobody called, and beside those who are refused", async () => {
  const others = ["hello"];
  expect(await said(modelOf(), modelOf({ gold: 50 }), [{ key: "key2", stage: "beta", count: 1 }], others)).toEqual({
    tier: `none of its customers called ${DAY}; that is not sure: 1 line of the logs could not be read`,
    customer: `it did not call ${DAY}; that is not sure: 1 line of the logs could not be read`,
  });
  expect((await said(modelOf(), modelOf({ gold: 5 }), [{ count: 10 }], others)).tier).toBe(
    `1 of 1 customer would have been refused ${DAY}: ann (50 % of its calls, on 1 day); that is not sure: 1 line of the logs could not be read`,
  );
});

test("what was used of a tier's quota before the logs is not known", async () => {
  const { tier, customer } = await said(modelOf(), modelOf({ gold: 50 }), [{ count: 20, from: 8 * HOUR }]);
  const doubt = "what was used of the quota before the logs is not known";
  expect(tier).toContain(`nobody would have been refused more of the calls that are known: ${doubt}`);
  expect(customer).toContain(`would have been refused more; that is not sure: ${doubt}`);
});

test("calls of a stage that goes are said", async () => {
  const calls = [{ count: 20 }, { key: "key2", stage: "beta", count: 300 }];
  const { tier } = await said(modelOf({ silver: 1_000 }), modelOf({ gold: 50, stages: ["prod"] }), calls);
  expect(tier).toBe(
    `1 customer called ${DAY} (without 300 calls that fit nothing after this change): nobody would have been refused more of the calls that are known`,
  );
});

test("a customer none of whose calls is limited any more did call", async () => {
  const after = modelOf({ gold: 50 });
  const without = { ...after, plans: after.plans.map((plan) => (plan.tier === "gold" ? { ...plan, keys: [] } : plan)) };
  expect(await said(modelOf(), without, [{ count: 20 }])).toEqual({
    tier: `none of its customers called ${DAY} (without 20 calls that fit nothing after this change)`,
    customer: `none of its 20 calls ${DAY} (without 20 calls that fit nothing after this change) meets limits after this change`,
  });
});

test("limits after the change that are known only after a deploy are said in the place of a count", async () => {
  const after = modelOf();
  const plans = after.plans.map((plan) =>
    plan.tier === "gold" ? { ...plan, quota: undefined, unknownLimits: ["quota"] as const } : plan,
  );
  const text = "its limits after this change are known only after a deploy, and so is what they would have refused";
  expect(await said(modelOf(), { ...after, plans }, [{ count: 20 }])).toEqual({ tier: text, customer: text });
});

test("limits before the change that are known only after a deploy are said beside a count", async () => {
  const before = modelOf();
  const plans = before.plans.map((plan) => ({ ...plan, quota: undefined, unknownLimits: ["quota"] as const }));
  const { tier } = await said({ ...before, plans }, modelOf({ gold: 5 }), [{ count: 10 }]);
  expect(tier).toMatch(/; that is not sure: what the limits before refused is known only after a deploy$/);
});

test("a customer on two tiers is compared with what it had on the same tier, and as a whole", async () => {
  const before = withAnnOnBoth(modelOf({ gold: 20, silver: 10 }));
  const after = withAnnOnBoth(modelOf({ gold: 15, silver: 10 }));
  const calls = [{ count: 20 }, { count: 30, stage: "beta" }];
  expect(await said(before, after, calls)).toEqual({
    tier: `1 of 1 customer would have been refused ${DAY}: ann (25 % of its calls, on 1 day)`,
    customer: `5 of its calls would have been refused ${DAY} (10 % of its calls)`,
  });
});

test("a usage plan whose limits are not those of the others of its tier has its own customers", async () => {
  const split = (model: GatewayModel): GatewayModel => ({
    ...model,
    plans: model.plans.map((plan) =>
      plan.tier === "silver" ? { ...plan, tier: "gold", quota: { limit: 7, period: "DAY" } } : plan,
    ),
  });
  const [before, after] = [split(modelOf()), split(modelOf({ gold: 50 }))];
  expect((await said(before, after, [{ count: 80 }])).tier).toBe(
    `1 of 1 customer would have been refused ${DAY}: ann (37 % of its calls, on 1 day)`,
  );
});

test("a customer who comes from another tier is compared with what it had there", async () => {
  const before = modelOf({ gold: 5, silver: 5 });
  const ann = planOf(before, "gold").keys;
  const moved = {
    ...before,
    plans: before.plans.map((plan) => {
      if (plan.tier === "gold") return { ...plan, keys: [] };
      return { ...plan, keys: ann, stages: planOf(before, "gold").stages };
    }),
  };
  expect((await said(moved, modelOf({ gold: 4 }), [{ count: 10 }])).tier).toBe(
    `1 of 1 customer would have been refused ${DAY}: ann (10 % of its calls, on 1 day)`,
  );
});

test("what a replay notes of keys and APIs is among the doubts", async () => {
  const traffic = await trafficOf([{ count: 300 }, { count: 300, key: "key3", from: HOUR }]);
  const candidates = [{ name: "before", model: modelOf() }];
  const report = replay({ traffic, candidates, identities: { keys: identities.keys, apis: new Map() } });
  expect(replayDoubts(report, traffic, ["gold"])).toEqual([
    "which API the calls are of is assumed",
    "the calls of several keys of one customer are tried as those of one key",
  ]);
});
