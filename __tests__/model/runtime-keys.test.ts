import { type ExportedSubscription, readSelfServiceExport } from "../../src/contract/self-service-export";
import { withRuntimeKeys } from "../../src/model/runtime-keys";
import { meteredIn } from "../../src/usage/collect/metered-plans";
import { explain } from "../../src/why/explain";
import { Calls } from "../../src/why/target";
import { defineUnchecked, petShop } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";

const tiers = { free: { access: { pets: ["prod"] } }, gold: { access: { pets: ["prod"] } } };
const model = readSynthesized(defineUnchecked(petShop({ tiers, subscriptions: { joe: { tier: "gold" } } })));
const acme: ExportedSubscription = {
  subscription: "acme",
  customer: "Acme Inc",
  state: "active",
  tiers: [
    { tier: "free", from: "2026-11-02T00:00:00Z", to: "2026-11-10T00:00:00Z" },
    { tier: "gold", from: "2026-11-10T00:00:00Z" },
  ],
  keys: [
    { id: "old1234567", name: "1", from: "2026-11-02T00:00:00Z", to: "2026-11-12T00:00:00Z", works: false },
    { id: "new1234567", name: "2", from: "2026-11-12T00:00:00Z", works: true },
  ],
};
const keysByTier = () =>
  Object.fromEntries(withRuntimeKeys(model, [acme]).plans.map(({ tier, keys }) => [tier, keys.map(({ id }) => id)]));

test("a key that works is in the plan of its subscription's tier", () => {
  expect(keysByTier()).toEqual({ free: [], gold: ["acme/2", "joe"] });
});

test("a subscription that the catalog has, too, is refused", () => {
  expect(() => withRuntimeKeys(model, [{ ...acme, subscription: "joe" }])).toThrow(
    "joe: a subscription of the catalog and of the self-service; end one and start it again by another id",
  );
});

test("a customer with a key on a tier that has no plan is refused: reports would say that its key opens nothing", () => {
  const lost = { ...acme, tiers: [{ tier: "gone", from: "2026-11-02T00:00:00Z" }] };
  expect(() => withRuntimeKeys(model, [lost])).toThrow(
    /^self-service: "acme" is on tier "gone", of which there is no usage plan here; after a tier was renamed, deploy the stack/,
  );
  const ended = { ...lost, state: "ended" as const, keys: lost.keys.filter(({ to }) => to !== undefined) };
  expect(() => withRuntimeKeys(model, [ended])).not.toThrow();
});

test("keys that came and went are there for usage alone: disabled, in the plan of the tier that they were on last", () => {
  const keys = [
    ...acme.keys,
    { id: "mid1234567", name: "0", from: "2026-11-02T00:00:00Z", to: "2026-11-10T00:00:00Z", works: false },
  ];
  const all = withRuntimeKeys(model, [{ ...acme, keys }], { retired: true });
  const seen = all.plans.map(({ tier, keys }) => [tier, keys.map(({ id, enabled }) => `${id} ${enabled}`)]);
  expect(Object.fromEntries(seen)).toEqual({
    free: ["acme/0 false"],
    gold: ["acme/1 false", "acme/2 true", "joe true"],
  });
  expect(withRuntimeKeys(model, [{ ...acme, keys }]).keys.map(({ id }) => id)).toEqual(["acme/2", "joe"]);
});

test("a subscription that stands twice in an export is refused, because its keys would count twice", () => {
  const line = JSON.stringify(acme);
  expect(() => readSelfServiceExport(`${line}\n\n${line}\n`, "a.jsonl")).toThrow(
    /^"a\.jsonl": line 3: subscription "acme" is on line 1, too\nwrite the file again/,
  );
});

test("an export says all that is wrong with it by line, and no value of a key is taken for an id", () => {
  const lines = [
    JSON.stringify(acme),
    "{",
    JSON.stringify({ ...acme, keys: [{ ...acme.keys[0], id: "LocalKeyValue000000000001" }] }),
  ];
  expect(readSelfServiceExport(`${JSON.stringify(acme)}\n`, "a.jsonl")).toEqual([acme]);
  expect(() => readSelfServiceExport(lines.join("\n"), "a.jsonl")).toThrow(
    /"a\.jsonl": line 2: is not valid JSON\n"a\.jsonl": line 3: keys\.0\.id: must be the id of a key in AWS, never its value\n/,
  );
});

test("their use is collected under the plan of the tier that they are on, and `why` explains their calls", () => {
  const all = withRuntimeKeys(
    { ...model, plans: model.plans.map((plan) => ({ ...plan, awsId: `plan${plan.tier}` })) },
    [acme],
  );
  const members = meteredIn(all).plans.flatMap(({ tier, members }) =>
    members.flatMap(({ id, subscription }) => (subscription === "acme" ? [[tier, id]] : [])),
  );
  expect(members).not.toEqual([]);
  for (const [tier] of members) expect(tier).toBe(acme.tiers.at(-1)?.tier);
  const explained = explain(new Calls(all), { subscription: "acme", request: "GET /pets" }, { at: 0 });
  expect([explained.verdict, explained.plan?.tier]).toEqual(["let-in", acme.tiers.at(-1)?.tier]);
});
