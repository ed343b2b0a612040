import type { Command } from "commander";
import type { PlanCommandOptions } from "./planning";

/** A stack could not be planned. */
const FAILED = 1;

/** @param answer gets the exit code if it is not 0 */
export function addPlanCommand(program: Command, answer: (code: number) => void): void {
  program
    .command("plan")
    .description(
      "Plans all synthesized stacks, in the order in which they build on each other, for a review. It prints nothing of a " +
        "plan. Exits with 0 if all are planned, but for those that build on what was never applied; with 1 if one failed.",
    )
    .option("--output <folder>", "cdktf's output folder", "cdktf.out")
    .option("--plans <folder>", "where each plan is written, as a file named after its stack; it holds keys", "plans")
    .action(async (options: PlanCommandOptions) => {
      const { planAll } = await import("./planning");
      if (!(await planAll(options))) answer(FAILED);
    });
}
