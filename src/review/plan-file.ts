import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseShown, type Shown } from "../model/shown";

/** What `terraform show -json` printed of one plan. */
export interface PlanFile {
  /** The stack of which it is: the file's name without its ending. */
  readonly stack: string;
  /** The file, for messages. */
  readonly file: string;
  readonly json: Shown;
}

/**
 * Reads plans, each from a file that is named after its stack: `plans/access.json`. A file may be compressed with gzip.
 *
 * @throws Error that says which of all files are not plans
 */
export function readPlanFiles(files: readonly string[]): PlanFile[] {
  const problems: string[] = [];
  const plans = files.flatMap((file): PlanFile[] => {
    try {
      return [readPlanFile(file)];
    } catch (error) {
      problems.push((error as Error).message);
      return [];
    }
  });
  const stacks = plans.map(({ stack }) => stack);
  for (const stack of new Set(stacks.filter((each, index) => stacks.indexOf(each) !== index)))
    problems.push(`there are two plans called "${stack}"; give each file the name of its stack`);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return plans;
}

/** The stack after which the file of a plan is named. */
export const stackOfPlan = (file: string): string => basename(file).replace(/(\.json)?(\.gz)?$/, "");

function readPlanFile(file: string): PlanFile {
  const json = parseShown(stringOf(file), file);
  if (!("resource_changes" in json) && !("planned_values" in json))
    throw new Error(`${file} is a state, not a plan; run "terraform plan -out=plan", then "terraform show -json plan"`);
  if (json.errored === true)
    throw new Error(`${file} is a plan that ended with an error; fix what "terraform plan" reports, and plan again`);
  return { stack: stackOfPlan(file), file, json };
}

function stringOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
}
