import type { Report } from "../../../src/review/report";
import { type ReviewOptions, review } from "../../../src/review/review";
import { synthesizeCatalog } from "../../../src/terraform/stacks/synthesize-catalog";
import { defineUnchecked } from "../../support/catalogs";
import { type Json, synthesize, withFolder, withoutStackTraces } from "../../support/synthesize";
import { plan } from "./planner";

/** Reviews what Terraform would plan between two catalogs, with what a workflow has besides. */
export function reviewCatalogs(before: unknown, after: unknown, options: ReviewOptions = {}): Report {
  return withFolder((folder) => {
    const [base, head] = [`${folder}/base`, `${folder}/head`];
    const catalogs = [defineUnchecked(before), defineUnchecked(after)] as const;
    withoutStackTraces(() => {
      synthesizeCatalog(catalogs[0], base);
      synthesizeCatalog(catalogs[1], head);
    });
    const plans = plan(synthesize(catalogs[0]), synthesize(catalogs[1]));
    return review(plans, { base, synthesized: head, ...options });
  });
}

/** Reviews what Terraform would plan between two configurations in one state. */
export const reviewTerraform = (before: Json, after: Json): Report =>
  review(plan({ shop: { resource: before } }, { shop: { resource: after } }));

/** What a review says, by the rule: `subject: what`. */
export const said = ({ sections }: Report): Record<string, string[]> =>
  Object.fromEntries(
    sections.map(({ rule, findings }) => [rule, findings.map(({ subject, what }) => `${subject}: ${what}`)]),
  );
