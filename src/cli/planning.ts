import { stackReaders } from "../model/remote-states";
import { readStackFiles } from "../model/stack-files";
import { otherPlans, type PlannableStack, type PlanOutcome, planStacks } from "../project/plan-stacks";
import { show } from "../text/show";

export interface PlanCommandOptions {
  readonly output: string;
  readonly plans: string;
}

/**
 * Plans all synthesized stacks and prints what became of each. Answers whether none failed.
 *
 * @throws Error for a folder without stacks, and where Terraform cannot be started
 */
export async function planAll({ output, plans }: PlanCommandOptions): Promise<boolean> {
  const stacks = stacksIn(output);
  let planned = 0;
  let failed = 0;
  for await (const each of planStacks(stacks, plans)) {
    if (each.outcome === "failed") console.error(described(each));
    else console.log(described(each));
    if (each.outcome === "planned") planned++;
    if (each.outcome === "failed") failed++;
  }
  const others = otherPlans(plans, stacks);
  if (others.length > 0)
    console.error(
      `${plans} holds other files, which a review would read: ${others.map((file) => show(file)).join(", ")}; delete them`,
    );
  const counts = `${planned} of ${stacks.length} stacks planned${failed > 0 ? `, ${failed} failed` : ""}.`;
  console.log(
    planned === 0 ? counts : `${counts} The files in ${plans} hold keys: delete them after "api-tiers review".`,
  );
  return failed === 0;
}

function stacksIn(output: string): PlannableStack[] {
  const files = readStackFiles(output);
  const read = stackReaders(files);
  return files.map((file) => {
    const states = Object.keys(file.json.data?.terraform_remote_state ?? {});
    const buildsOn = [...new Set(states.flatMap((state) => read(file, state) ?? []))].sort();
    return { stack: file.stack, folder: file.folder, buildsOn };
  });
}

function described(result: PlanOutcome): string {
  switch (result.outcome) {
    case "planned":
      return `${result.stack}: planned${result.changes ? "" : ", no changes"}`;
    case "pending":
      return `${result.stack}: cannot be planned yet, because ${missing(result.buildsOn)}`;
    case "failed":
      return result.errors.map((error) => `${result.stack}: ${error}`).join("\n");
  }
}

function missing([first, ...others]: readonly string[]): string {
  if (first === undefined) return "a state that it reads does not exist";
  if (others.length === 0) return `it builds on ${first}, which was never applied`;
  return `it builds on ${[first, ...others].join(", ")}, of which one was never applied`;
}
