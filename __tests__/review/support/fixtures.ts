import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { stackNames } from "../../../src/contract/stack-names";
import { type PlanFile, readPlanFiles } from "../../../src/review/plan-file";
import type { Json } from "../../support/synthesize";
import { catalogsOf, SCENARIOS } from "./scenarios";

const FOLDER = resolve(__dirname, "../fixtures");

/** Plans that the real Terraform made, by the scenario; `scripts/write-review-fixtures.ts` recreates them. */
export const FIXTURES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name !== "shapes")
  .sort();

/** Files by the stack that they are plans of. */
const filesIn = (scenario: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(FOLDER, scenario)).map((file) => [
      file.replace(/\.json(\.gz)?$/, ""),
      join(FOLDER, scenario, file),
    ]),
  );

/** A plan that a scenario does not change is that of `no-change`, and stands there alone. */
export function filesOf(scenario: string): string[] {
  const own = filesIn(scenario);
  const known = SCENARIOS[scenario];
  const stacks = known && !known.firstDeploy ? stacksOf(catalogsOf(known).after) : Object.keys(own);
  const files = { ...filesIn("no-change"), ...own };
  return stacks.sort().flatMap((stack) => files[stack] ?? []);
}

function stacksOf({ apis }: Json): string[] {
  const ofApis = Object.entries<Json>(apis).flatMap(([api, { stages }]) => [
    stackNames.definition(api),
    ...Object.keys(stages).map((stage) => stackNames.release(api, stage)),
  ]);
  return [stackNames.access, ...ofApis];
}

export const plansOf = (scenario: string): PlanFile[] => readPlanFiles(filesOf(scenario));

/** The text of a plan, as Terraform printed it. */
export const stringOf = ({ json }: PlanFile): string => JSON.stringify(json);
