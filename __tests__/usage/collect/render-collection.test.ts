import type { Collection } from "../../../src/usage/collect/collect";
import { collectionAsText } from "../../../src/usage/collect/render-collection";

const NOTHING: Collection = {
  read: "2026-11-26T12:00:00.000Z",
  from: "2026-11-01",
  to: "2026-11-26",
  plans: [],
  corrections: [],
  lost: [],
  unknownKeys: [],
  unclearKeys: [],
  withoutSubscription: 0,
  unknownPrices: [],
  withoutId: [],
};
const planOf = (id: string, more: Partial<Collection["plans"][number]> = {}) =>
  ({ id, name: `tier ${id}`, outcome: "collected", keys: 1, requests: 1_200, filesWritten: 1, ...more }) as const;
const lines = (collection: Partial<Collection>, neverDeployed: readonly string[] = []) =>
  collectionAsText({ ...NOTHING, ...collection }, "store", neverDeployed).split("\n");

test("a collection in which all went well says what was collected and nothing more", () => {
  expect(lines({ plans: [planOf("p1"), planOf("p2", { keys: 2 })] })).toEqual([
    "Collected 2026-11-01 to 2026-11-26, as of 2026-11-26T12:00:00.000Z, into store:",
    "  2 usage plans with 3 keys, 2,400 requests, 2 files written",
  ]);
});

const LOST = { from: "2026-08-01", to: "2026-08-02", lastRead: "2026-08-01", noticed: "2026-11-26" } as const;
const CORRECTION = { day: "2026-11-02", plan: "p1", key: "k", subscription: "joe", from: 1_000, to: 1_001 };

test.each<[string, Partial<Collection>, readonly string[], readonly string[]]>([
  [
    "what was read shortly before",
    { plans: [planOf("p1", { outcome: "read shortly before" })] },
    [],
    ["Not read again, because an interrupted run read them shortly before:", "  tier p1"],
  ],
  [
    "what is lost",
    { plans: [planOf("p1")], lost: [{ ...LOST, plan: "p1", because: "too old" }] },
    [],
    [
      "Lost, because AWS does not tell it any more:",
      "  tier p1 (p1): 2026-08-01 to 2026-08-02 (last collected 2026-08-01; AWS tells 90 days)",
    ],
  ],
  [
    "what AWS corrected",
    { plans: [planOf("p1")], corrections: [CORRECTION] },
    [],
    ["Corrected by AWS after the figure was final:", "  2026-11-02 joe under tier p1 (p1): 1,000 → 1,001"],
  ],
  [
    "how much is of keys that no state knows",
    { plans: [planOf("p1")], unknownKeys: [{ plan: "p1", entries: 1, calls: 2 }] },
    [],
    [
      "Not collected, because no state knows the key; what names it may be a key's value, so it is not shown:",
      "  tier p1 (p1): 1 entry with 2 calls",
    ],
  ],
  [
    "whose days are not clear",
    { plans: [planOf("p1")], unclearKeys: [{ plan: "p1", keys: ["k"] }] },
    [],
    ["Not collected, because AWS's answer does not say which day it is about:", "  tier p1 (p1): 1 key"],
  ],
  [
    "what AWS has no more",
    { plans: [planOf("p1", { outcome: "deleted" })] },
    [],
    ["Deleted in AWS, so there is nothing to read:", "  tier p1"],
  ],
  [
    "what has no price",
    { plans: [planOf("p1")], unknownPrices: ["p1"] },
    [],
    ["Without a price, because another version wrote it:", "  tier p1 (p1)"],
  ],
  ["what is not created yet", { withoutId: ["gold"] }, [], ["Not created yet:", "  gold"]],
  ["what was never deployed", {}, ["access"], ["Stacks that were never deployed:", "  access"]],
  [
    "how many keys belong to nobody",
    { withoutSubscription: 1 },
    [],
    ["1 key of no subscription: nobody can be billed for what they use"],
  ],
])("a collection says %s", (_, collection, neverDeployed, expected) => {
  expect(lines(collection, neverDeployed).slice(2)).toEqual(expected);
});

test("of a list that is long, the first 20 are shown", () => {
  const withoutId = Array.from({ length: 1_021 }, (_, index) => `tier${index}`);
  expect(lines({ withoutId }).slice(-2)).toEqual(["  tier19", "  and 1,001 more; --format json has all"]);
  expect(lines({ withoutId: withoutId.slice(0, 20) }).at(-1)).toBe("  tier19");
});
