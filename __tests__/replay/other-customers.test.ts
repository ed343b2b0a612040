import { defineCatalog } from "../../src";
import type { GatewayModel } from "../../src/model/model";
import { tiersOf } from "../../src/replay/answers/fits";
import { readTraffic } from "../../src/replay/read-traffic";
import { replay } from "../../src/replay/replay";
import { replayPage } from "../../src/replay/report/page/replay-page";
import { replayText } from "../../src/replay/report/replay-text";
import { synthesizedModel } from "../../src/testing/synthesized-model";
import { lineOf, OWN_FORMAT, sourceOf } from "./support";

const START = Date.UTC(2026, 9, 5);

const modelWith = (ids: readonly string[]) => {
  const { model, clean } = synthesizedModel(
    defineCatalog({
      apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
      tiers: { bronze: { access: { pets: "*" }, throttle: { rateLimit: 1, burstLimit: 2 } } },
      subscriptions: Object.fromEntries(ids.map((id) => [id, { tier: "bronze" } as const])),
    }),
    undefined,
  );
  clean();
  return model;
};

const trafficOf = (keys: readonly string[]) =>
  readTraffic({
    sources: [
      sourceOf(
        keys
          .map((key, index) => ({
            ...{ time: START, id: `${index}=`, key, api: "api1", stage: "prod", method: "GET", path: "/pets" },
            ...{ status: 200, errorType: undefined },
          }))
          .map((call) => `${lineOf(call)}\n`)
          .join(""),
      ),
    ],
    formats: [OWN_FORMAT],
  });

test("a candidate without a customer of the first one says so, and frees nobody by that", async () => {
  const traffic = await trafficOf(["key1", "key1", "key1", "key2"]);
  const identities = {
    keys: new Map([
      ["key1", "ann"],
      ["key2", "joe"],
    ]),
    apis: new Map(),
  };
  const candidates = [
    { name: "main", model: modelWith(["ann", "joe"]) },
    { name: "branch", model: modelWith(["joe"]) },
  ];
  const report = replay({ traffic, candidates, identities });
  expect(report.left).toEqual([]);
  expect(report.candidates.map(({ refused, leftOut }) => [refused.high, leftOut.map(({ calls }) => calls)])).toEqual([
    [1, []],
    [0, [3]],
  ]);
  const text = replayText(report);
  expect(text).toContain('compared with "main": has no access for ann (3 calls)');
  expect(text).toContain("not in it: 3 calls are of subscriptions that are not in the stacks");
  expect(text).not.toContain("frees");
});

describe("a tier with limits that are known only after a deploy", () => {
  const identities = { keys: new Map([["key1", "ann"]]), apis: new Map() };
  const unknown: GatewayModel = {
    ...modelWith(["ann"]),
    plans: modelWith(["ann"]).plans.map((plan) => ({ ...plan, throttle: undefined, unknownLimits: ["throttle"] })),
  };

  test("says so, frees nobody, and fits nobody", async () => {
    const traffic = await trafficOf(["key1", "key1", "key1"]);
    const candidates = [
      { name: "main", model: modelWith(["ann"]) },
      { name: "branch", model: unknown },
    ];
    const report = replay({ traffic, candidates, identities });
    const tier = report.candidates[1]?.tiers[0];
    expect([tier?.throttle, tier?.unknownLimits]).toEqual([null, ["throttle"]]);
    expect(tier?.customers.map(({ onTiers, fits }) => [onTiers, fits])).toEqual([[{}, null]]);
    const text = replayText(report);
    expect(text).not.toMatch(/frees|no limits/);
    expect(text).toContain("bronze: limits known only after a deploy");
  });
});

test("the smaller count comes first, though a call that is not there can let one through that takes a shared token", async () => {
  const { model, clean } = synthesizedModel(
    defineCatalog({
      apis: {
        pets: {
          stages: { prod: { methodSettings: { "GET /cats": { throttle: { rateLimit: 0.01, burstLimit: 1 } } } } },
          routes: { "GET /pets": { mock: 200 }, "GET /cats": { mock: 200 } },
        },
      },
      tiers: {
        slow: { access: { pets: "*" }, throttle: { rateLimit: 0.01, burstLimit: 1 } },
        free: { access: { pets: "*" } },
      },
      subscriptions: { bob: { tier: "slow" }, eve: { tier: "free" } },
    }),
    undefined,
  );
  clean();
  const calls = [
    ["key1", "/pets", 429],
    ["key1", "/cats", 200],
    ["key2", "/cats", 200],
  ] as const;
  const lines = calls.map(([key, path, status], index) =>
    lineOf({
      ...{ time: START + index, id: `${index}=`, key, api: "api1", stage: "prod", method: "GET", path },
      ...{ status, errorType: status === 429 ? "THROTTLED" : undefined },
    }),
  );
  const traffic = await readTraffic({ sources: [sourceOf(`${lines.join("\n")}\n`)], formats: [OWN_FORMAT] });
  const keys = new Map([
    ["key1", "bob"],
    ["key2", "eve"],
  ]);
  const report = replay({ traffic, candidates: [{ name: "main", model }], identities: { keys, apis: new Map() } });
  const customers = report.candidates[0]?.tiers.flatMap((tier) => tier.customers) ?? [];
  expect(customers.map(({ subscription, refused }) => [subscription, refused])).toEqual([
    ["eve", { low: 0, high: 1 }],
    ["bob", { low: 0, high: 1 }],
  ]);
});

describe("calls of an open route that needs a key in another candidate", () => {
  const modelOf = (apiKeyRequired: boolean) => {
    const { model, clean } = synthesizedModel(
      defineCatalog({
        apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200, apiKeyRequired } } } },
        tiers: { bronze: { access: { pets: "*" } } },
        subscriptions: { ann: { tier: "bronze" } },
      }),
      undefined,
    );
    clean();
    return model;
  };
  const replayed = async (status: number) => {
    const line = lineOf({
      ...{ time: START, id: "1=", key: undefined, api: "api1", stage: "prod", method: "GET", path: "/pets" },
      ...{ status, errorType: undefined },
    });
    const traffic = await readTraffic({ sources: [sourceOf(`${line}\n`)], formats: [OWN_FORMAT] });
    const candidates = [
      { name: "main", model: modelOf(false) },
      { name: "branch", model: modelOf(true) },
    ];
    return replay({ traffic, candidates, identities: { keys: new Map(), apis: new Map() } });
  };

  test.each([200, 404])("are said to need one, and nobody looks for keys in the log: answered %d", async (status) => {
    const report = await replayed(status);
    expect(report.candidates[1]?.leftOut).toMatchObject([
      { reason: "need a key here, and came without one that is logged", calls: 1 },
    ]);
    expect(JSON.stringify(report.notes)).not.toContain("accessLog");
    expect(replayText(report)).toContain("not in it: 1 call need a key here, and came without one that is logged");
    expect(replayPage(report)).toContain("the same for each customer; not in it: 1 call need a key here");
  });
});

test("two keys of one customer are tried as one, which is said, for AWS limits each by itself", async () => {
  const traffic = await trafficOf(["old", "old", "new", "new"]);
  const keys = new Map([
    ["old", "ann"],
    ["new", "ann"],
  ]);
  const report = replay({
    traffic,
    candidates: [{ name: "main", model: modelWith(["ann"]) }],
    identities: { keys, apis: new Map() },
  });
  expect(report.candidates[0]?.refused.high).toBe(2);
  expect(report.notes.map(({ text }) => text)).toContainEqual(
    expect.stringContaining("with one key, which the stacks have for the subscription: ann (2 keys)."),
  );
});

describe("a quota of a period of which the logs have no whole one", () => {
  test("fits only perhaps, and as much is needed at least", async () => {
    const { model, clean } = synthesizedModel(
      defineCatalog({
        apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
        tiers: {
          monthly: { access: { pets: "*" }, quota: { limit: 1_000, period: "MONTH" } },
          free: { access: { pets: "*" } },
        },
        subscriptions: { ann: { tier: "monthly" } },
      }),
      undefined,
    );
    clean();
    const traffic = await trafficOf(["key1", "key1"]);
    const identities = { keys: new Map([["key1", "ann"]]), apis: new Map() };
    const report = replay({ traffic, candidates: [{ name: "main", model }], identities });
    const monthly = report.candidates[0]?.tiers.find(({ tier }) => tier === "monthly");
    expect(monthly?.customers).toEqual([expect.objectContaining({ fits: "free", mayFit: "monthly" })]);
    expect(monthly?.safe?.quotas.find(({ period }) => period === "MONTH")).toMatchObject({ limit: 2, isWhole: false });
    expect(replayText(report)).toContain("at least 2 a day (ann), at least 2 a week (ann)");
  });
});

test("usage plans of one tier that differ in their limits are reported each by itself", () => {
  const model = modelWith(["ann"]);
  const [plan] = model.plans;
  if (!plan) throw new Error("there is a usage plan");
  const other = { ...plan, id: "eu/bronze", throttle: { rateLimit: 9, burstLimit: 9 } };
  expect(tiersOf({ ...model, plans: [plan, { ...plan, id: "eu/bronze" }] }).map(({ id }) => id)).toEqual(["bronze"]);
  expect(tiersOf({ ...model, plans: [plan, other] }).map(({ id }) => id)).toEqual([plan.id, "eu/bronze"]);
});
