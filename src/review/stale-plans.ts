import { statSync } from "node:fs";
import { join } from "node:path";
import { readStackFiles } from "../model/stack-files";
import { stackOfPlan } from "./plan-file";

/**
 * Refuses plans that "api-tiers plan" has written of something else than what is synthesized now: a review of them would say
 * nothing of the change.
 *
 * @param files plans, named after their stacks
 * @param folder cdktf's output folder
 * @throws Error that names all of them
 */
export function refuseStalePlans(files: readonly string[], folder: string): void {
  const stacks = new Map(readStackFiles(folder).map(({ stack, folder: own }) => [stack, join(own, "cdk.tf.json")]));
  const problems = files.flatMap((file) => {
    const synthesized = stacks.get(stackOfPlan(file));
    if (synthesized === undefined) return [`${file} is of a stack that ${folder} does not have; delete it`];
    return timeOf(file) < timeOf(synthesized)
      ? [
          `${file} is older than ${synthesized}; run "api-tiers plan" again, or name the files to review them all the same`,
        ]
      : [];
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

const timeOf = (file: string): number => statSync(file).mtimeMs;
