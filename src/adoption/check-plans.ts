import { parseShown } from "../model/shown";
import { readStackFiles, type StackFile } from "../model/stack-files";
import { planAsJson } from "../project/plan-as-json";
import { terraformProgram } from "../project/run-terraform";
import { hideKeys } from "../text/like-a-key";
import { countChanges, type PlanCounts, type PlanDifference, planDifferences } from "./plan-differences";

/** What the plan of a stack would do. */
export interface CheckedStack {
  readonly stack: string;
  readonly counts: PlanCounts;
  readonly differences: readonly PlanDifference[];
}

/** Whether nothing in the account would be other than it is. */
export const passes = ({ counts }: CheckedStack): boolean => counts.add + counts.change + counts.destroy === 0;

/** The stacks that import something; and the names of the others. */
export function stacksToCheck(output: string): { readonly importing: StackFile[]; readonly others: string[] } {
  const files = readStackFiles(output);
  const importing = files.filter(({ json }) => (json.import ?? []).length > 0);
  return { importing, others: files.filter((file) => !importing.includes(file)).map(({ stack }) => stack) };
}

/**
 * Plans a stack, and says what the plan would do. The plan, which holds values of keys, is kept nowhere.
 *
 * @throws Error where Terraform fails, with what it says
 */
export async function checkStack({ stack, folder }: StackFile): Promise<CheckedStack> {
  const plan = await planAsJson(folder);
  if ("failed" in plan)
    throw new Error(
      `stack "${stack}": ${terraformProgram()} ${plan.failed} failed:\n${hideKeys(plan.run.stderr).trim()}`,
    );
  const json = parseShown(plan.json, `the plan of stack "${stack}"`);
  return { stack, counts: countChanges(json), differences: planDifferences(json) };
}
