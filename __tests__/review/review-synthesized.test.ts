import { mkdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Report } from "../../src/review/report";
import { review } from "../../src/review/review";
import { reviewSynthesized } from "../../src/review/review-synthesized";
import { synthesizeCatalog } from "../../src/terraform/stacks/synthesize-catalog";
import { arbitraryCatalog, type WrittenCatalog } from "../support/arbitrary-catalog";
import { defineUnchecked } from "../support/catalogs";
import { withFolder, withoutStackTraces } from "../support/synthesize";
import { plansOf } from "./support/fixtures";
import { reviewCatalogs, said } from "./support/reviewed";
import { catalogsOf, SCENARIOS } from "./support/scenarios";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);

function withoutPlans(before: unknown, after: unknown): Report {
  return withFolder((folder) => {
    const folders = { before: join(folder, "before"), after: join(folder, "after") };
    for (const each of Object.values(folders)) mkdirSync(each);
    withoutStackTraces(() => {
      synthesizeCatalog(defineUnchecked(before), folders.before);
      synthesizeCatalog(defineUnchecked(after), folders.after);
    });
    return reviewSynthesized(folders.before, folders.after);
  });
}

/** What edits of subscriptions are: moves, suspensions, ends, new ones and renamings. */
const anyEdit: fc.Arbitrary<readonly [WrittenCatalog, WrittenCatalog]> = fc
  .record({ before: arbitraryCatalog, seed: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }) })
  .map(({ before, seed }) => {
    const after = structuredClone(before);
    const tiers = Object.keys(before.tiers);
    for (const [index, id] of Object.keys(before.subscriptions).entries()) {
      const subscription = after.subscriptions[id];
      const draw = seed[index % seed.length] ?? 0;
      if (!subscription) continue;
      switch (draw % 6) {
        case 0:
          subscription.tier = tiers[draw % tiers.length] ?? subscription.tier;
          break;
        case 1:
          subscription.enabled = subscription.enabled === false;
          break;
        case 2:
          delete after.subscriptions[id];
          break;
        case 3:
          delete after.subscriptions[id];
          Object.assign(after.subscriptions, { [`renamed-${index}`]: { ...subscription, formerId: id } });
          break;
        case 4:
          Object.assign(after.subscriptions, { [`new-${index}`]: { tier: subscription.tier } });
      }
    }
    return [before, after] as const;
  });

test("an edit of subscriptions means the same without plans as with them", () => {
  let findings = 0;
  fc.assert(
    fc.property(anyEdit, ([before, after]) => {
      const [planned, synthesized] = [reviewCatalogs(before, after), withoutPlans(before, after)];
      findings += Object.keys(said(planned)).length;
      expect(said(synthesized)).toEqual(said(planned));
      expect(synthesized.customers).toEqual(planned.customers);
      expect(synthesized.verdict).toBe(planned.verdict);
    }),
    { numRuns: RUNS },
  );
  expect(findings).toBeGreaterThan(RUNS);
});

/** All but the first deploy, before which nothing was synthesized, and what a variable says, which no synthesized file has. */
const COMPARABLE = Object.keys(SCENARIOS).filter(
  (name) => !SCENARIOS[name]?.firstDeploy && !SCENARIOS[name]?.otherKeyValue,
);

test.each(COMPARABLE)("so does the change %s, of which the real Terraform made plans", (name) => {
  const { before, after } = catalogsOf(SCENARIOS[name] ?? { change: () => {} });
  // A stack that is dropped has no plan that could say so.
  const { "stack-dropped": _, ...synthesized } = sorted(withoutPlans(before, after));
  expect(synthesized).toEqual(sorted(review(plansOf(name))));
});

const sorted = (report: Report): Record<string, string[]> =>
  Object.fromEntries(Object.entries(said(report)).map(([rule, findings]) => [rule, findings.toSorted()]));

test("nothing is said of plans that are missing on purpose", () => {
  const { before, after } = catalogsOf(SCENARIOS["tier-moved"] ?? { change: () => {} });
  expect(withoutPlans(before, after).sections.map(({ rule }) => rule)).not.toContain("stack-pending");
});
