import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hideKeys } from "../text/like-a-key";
import { planAsJson } from "./plan-as-json";
import { terraformProgram } from "./run-terraform";

/** A synthesized stack: its name, the folder in which Terraform runs, and the stacks on whose states it builds. */
export interface PlannableStack {
  readonly stack: string;
  readonly folder: string;
  readonly buildsOn: readonly string[];
}

/** What became of a stack's plan. */
export type PlanOutcome =
  | { readonly stack: string; readonly outcome: "planned"; readonly changes: boolean; readonly file: string }
  /** It reads a state that does not exist yet. */
  | { readonly stack: string; readonly outcome: "pending"; readonly buildsOn: readonly string[] }
  /** Terraform failed; the headings of its errors, which hold no value. */
  | { readonly stack: string; readonly outcome: "failed"; readonly errors: readonly string[] };

/**
 * Plans stacks, one after the other, so that each comes after those on which it builds, and writes what `terraform show -json`
 * says of each plan to a file that is named after the stack. Such a file holds values of keys: only its owner can read it.
 * What an earlier run wrote of a stack is deleted first.
 *
 * @param plans folder of the files, which need not exist
 * @throws Error where Terraform cannot be started
 */
export async function* planStacks(stacks: readonly PlannableStack[], plans: string): AsyncGenerator<PlanOutcome> {
  mkdirSync(plans, { recursive: true, mode: 0o700 });
  chmodSync(plans, 0o700);
  for (const stack of inOrder(stacks)) {
    rmSync(join(plans, `${stack.stack}.json`), { force: true });
    yield await planStack(stack, join(plans, `${stack.stack}.json`));
  }
}

/** Files of a folder of plans that belong to none of the stacks, which a review would read with the others; sorted. */
export function otherPlans(plans: string, stacks: readonly PlannableStack[]): string[] {
  const own = new Set(stacks.map(({ stack }) => `${stack}.json`));
  const files = existsSync(plans) ? readdirSync(plans) : [];
  return files.filter((file) => file.endsWith(".json") && !own.has(file)).sort();
}

async function planStack({ stack, folder, buildsOn }: PlannableStack, file: string): Promise<PlanOutcome> {
  const plan = await planAsJson(folder);
  if ("failed" in plan)
    return readsMissingState(plan.run.stderr)
      ? { stack, outcome: "pending", buildsOn }
      : { stack, outcome: "failed", errors: headingsOf(plan.run.stderr) };
  writeFileSync(file, plan.json, { mode: 0o600 });
  return { stack, outcome: "planned", changes: plan.changes, file };
}

/** Terraform breaks its lines, and so these sentences, where it likes. */
function readsMissingState(stderr: string): boolean {
  const text = stderr.replace(/[\s│]+/g, " ");
  return (
    text.includes("Unable to find remote state") || /terraform_remote_state\.\S+\.outputs is object with/.test(text)
  );
}

/** Headings alone: what follows them may quote values. */
function headingsOf(stderr: string): string[] {
  const headings = [...stderr.matchAll(/^\W*Error: (.*)$/gm)].map(([, heading = ""]) => hideKeys(heading).trim());
  return headings.length > 0 ? [...new Set(headings)] : [`${terraformProgram()} ended with an error`];
}

/** Each stack after those on which it builds, and otherwise in the order given. */
function inOrder(stacks: readonly PlannableStack[]): PlannableStack[] {
  const byName = new Map(stacks.map((each) => [each.stack, each]));
  const ordered = new Set<PlannableStack>();
  const add = (each: PlannableStack, above: readonly string[]) => {
    for (const name of each.buildsOn) {
      const other = byName.get(name);
      if (other && !above.includes(name)) add(other, [...above, each.stack]);
    }
    ordered.add(each);
  };
  for (const each of stacks) add(each, []);
  return [...ordered];
}
