import fc from "fast-check";
import { arbitraryCatalog, type WrittenCatalog } from "../support/arbitrary-catalog";
import { reviewCatalogs } from "./support/reviewed";

/** How many pairs of catalogs are tried; more of them with `PROPERTY_RUNS=500`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 25);

/** Two catalogs, the second of which is often the first with some changes, and sometimes another one altogether. */
const arbitraryChange: fc.Arbitrary<readonly [WrittenCatalog, WrittenCatalog]> = fc
  .tuple(arbitraryCatalog, arbitraryCatalog, fc.constantFrom("subscriptions", "tiers", "apis", "all"))
  .map(([before, other, part]) => {
    if (part === "all") return [before, other] as const;
    const after = structuredClone(before);
    if (part === "apis") {
      for (const [id, api] of Object.entries(other.apis)) after.apis[id] ??= structuredClone(api);
      for (const [id, api] of Object.entries(after.apis)) Object.assign(api.routes, other.apis[id]?.routes);
    }
    if (part === "tiers")
      for (const [id, tier] of Object.entries(after.tiers)) {
        const { throttle, quota } = other.tiers[id] ?? tier;
        Object.assign(tier, { throttle, quota });
        const [api = ""] = Object.keys(tier.access);
        const [stage = ""] = Object.keys(after.apis[api]?.stages ?? {});
        tier.access = { [api]: [stage] };
      }
    if (part === "subscriptions") {
      const [tier = ""] = Object.keys(before.tiers);
      for (const [id, subscription] of Object.entries(other.subscriptions))
        after.subscriptions[id] = {
          ...subscription,
          tier: subscription.tier in before.tiers ? subscription.tier : tier,
        };
      const [first = ""] = Object.keys(before.subscriptions);
      if (Object.keys(after.subscriptions).length > 1) delete after.subscriptions[first];
    }
    return [before, after] as const;
  });

/** The stages that a subscription opens, by the catalog alone. */
function reachOf({ apis, tiers, subscriptions }: WrittenCatalog, id: string): Set<string> {
  const subscription = subscriptions[id];
  if (!subscription || subscription.enabled === false) return new Set();
  const access = Object.entries(tiers[subscription.tier]?.access ?? {});
  return new Set(
    access.flatMap(([api, stages]) =>
      (stages === "*" ? Object.keys(apis[api]?.stages ?? {}) : stages).map((stage) => `${api}/${stage}`),
    ),
  );
}

/** Who gains, loses, moves and gets another key, from nothing but the two catalogs. */
function compared(before: WrittenCatalog, after: WrittenCatalog) {
  const ids = [...new Set([...Object.keys(before.subscriptions), ...Object.keys(after.subscriptions)])];
  const those = (isOne: (id: string) => boolean) => ids.filter(isOne).sort();
  const both = (id: string) => [before.subscriptions[id], after.subscriptions[id]] as const;
  const beyond = (one: WrittenCatalog, other: WrittenCatalog, id: string) =>
    [...reachOf(one, id)].some((stage) => !reachOf(other, id).has(stage));
  return {
    gaining: those((id) => beyond(after, before, id)),
    losing: those((id) => beyond(before, after, id)),
    moving: those((id) => {
      const [was, is] = both(id);
      return was !== undefined && is !== undefined && was.cohort === is.cohort && was.tier !== is.tier;
    }),
    newKey: those((id) => {
      const [was, is] = both(id);
      return was !== undefined && is !== undefined && was.cohort !== is.cohort;
    }),
  };
}

test("who gains, loses, moves and gets another key is what a comparison of the two catalogs says", () => {
  let concerned = 0;
  fc.assert(
    fc.property(arbitraryChange, ([before, after]) => {
      const { gaining, losing, moving, newKey } = reviewCatalogs(before, after).customers;
      const found = { gaining, losing, moving, newKey };
      concerned += Object.values(found).flat().length;
      expect(Object.fromEntries(Object.entries(found).map(([what, names]) => [what, [...names].sort()]))).toEqual(
        compared(before, after),
      );
    }),
    { numRuns: RUNS },
  );
  expect(concerned).toBeGreaterThan(RUNS / 2);
});

test("a change of nothing is reported as one", () => {
  fc.assert(
    fc.property(arbitraryCatalog, (catalog) => {
      const { verdict, customers, changes, otherChanges, sections } = reviewCatalogs(catalog, structuredClone(catalog));
      expect(verdict).toBe("no-decision-needed");
      expect(customers).toMatchObject({ gaining: [], losing: [], moving: [], newKey: [] });
      expect(Object.values(changes)).toEqual([0, 0, 0, 0, 0, 0]);
      expect(otherChanges).toEqual([]);
      expect(sections.filter(({ severity }) => severity !== "reminder").map(({ rule }) => rule)).toEqual([]);
    }),
    { numRuns: Math.ceil(RUNS / 3) },
  );
});
