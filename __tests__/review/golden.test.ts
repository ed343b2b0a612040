import { join } from "node:path";
import type { PlanFile } from "../../src/review/plan-file";
import { renderMarkdown } from "../../src/review/render/markdown";
import { renderText } from "../../src/review/render/text";
import { type ReviewOptions, review } from "../../src/review/review";
import { synthesizeCatalog } from "../../src/terraform/stacks/synthesize-catalog";
import { defineUnchecked } from "../support/catalogs";
import { withFolder, withoutStackTraces } from "../support/synthesize";
import { FIXTURES, plansOf } from "./support/fixtures";
import { expectGolden } from "./support/golden";
import { ODD_PLANS } from "./support/odd-plans";
import { catalogsOf, SCENARIOS } from "./support/scenarios";

/** Each scenario with what a workflow has besides the plans: what was synthesized, on both branches. */
function reviewed(scenario: string) {
  const plans = plansOf(scenario);
  const written = SCENARIOS[scenario];
  if (!written) return review(plans);
  return withFolder((folder) => {
    const { before, after } = catalogsOf(written);
    const synthesized = join(folder, "head");
    const base = before && join(folder, "base");
    withoutStackTraces(() => {
      synthesizeCatalog(defineUnchecked(after), synthesized);
      if (base) synthesizeCatalog(defineUnchecked(before), base);
    });
    return reviewWith(plans, { synthesized, base });
  });
}

const reviewWith = (plans: readonly PlanFile[], options: ReviewOptions) => review(plans, options);

describe("what a product owner reads of real plans", () => {
  test.each(FIXTURES)("%s", (scenario) => {
    const report = reviewed(scenario);
    expectGolden(`${scenario}.md`, renderMarkdown(report));
    expectGolden(`${scenario}.txt`, renderText(report, { color: false, width: 100 }));
  });

  test("each scenario has its plans", () => {
    const odd = ODD_PLANS.map(({ name }) => name);
    expect(FIXTURES).toEqual([...Object.keys(SCENARIOS), ...odd, "plain-terraform"].sort());
  });
});
