import { defineCatalog } from "../../src";
import { readTraffic } from "../../src/replay/read-traffic";
import { replay } from "../../src/replay/replay";
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
  expect(report.notes).toContainEqual(
    expect.stringContaining("with one key, which the stacks have for the subscription: ann (2 keys)."),
  );
});
