import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type PlanFile, readPlanFiles } from "../../../src/review/plan-file";

const FOLDER = resolve(__dirname, "../fixtures");

/** Plans that the real Terraform made, by the scenario; `scripts/write-review-fixtures.ts` recreates them. */
export const FIXTURES: readonly string[] = readdirSync(FOLDER).sort();

export const filesOf = (scenario: string): string[] =>
  readdirSync(join(FOLDER, scenario))
    .sort()
    .map((file) => join(FOLDER, scenario, file));

export const plansOf = (scenario: string): PlanFile[] => readPlanFiles(filesOf(scenario));

/** The text of a plan, as Terraform printed it. */
export const stringOf = ({ json }: PlanFile): string => JSON.stringify(json);
