import { type Command, InvalidArgumentError, Option } from "commander";
import { several } from "./repeatable";
import { FORMATS, type ReviewCommandOptions } from "./review-options";
import { selfServiceOption } from "./self-service-file";

/** A finding needs a decision. */
const DECISION_NEEDED = 2;

export function addReviewCommand(program: Command, exitWith: (code: number) => void): void {
  program
    .command("review")
    .description(
      "Says what plans mean to customers, with no key in it. Exits with 0 if no decision is needed, with 2 if a " +
        "finding needs a decision, with 1 if a plan cannot be read.",
    )
    .argument(
      "[plans...]",
      'what "terraform show -json" printed of each plan; the files are named after their stacks (default: those that "api-tiers plan" wrote to plans)',
    )
    .option(
      "--synthesized <folder>",
      "cdktf's output folder, for the stacks that cannot be planned yet (default: cdktf.out where no plans are named)",
    )
    .option("--base <folder>", "cdktf's output folder of the branch before the change, for the stacks that it drops")
    .addOption(new Option("--format <format>", "how to print it").choices(FORMATS).default("text"))
    .option("--output <file>", "write it to a file instead of printing it")
    .option("--accept <rule:what>", "a finding that is wanted, repeatable; each needs a --because", several, [])
    .option("--because <reason>", "why the finding of the --accept before it is wanted", several, [])
    .option("--accepted <file>", "YAML or JSON with a list of { accept, because }, repeatable", several, [])
    .addOption(selfServiceOption())
    .option("--usage <address>", "usage store, by which it says what a changed price means to each customer")
    .option("--usage-month <month>", "with --usage: a month that is over, such as 2026-10")
    .option(
      "--traffic <logs>",
      "access logs (files, folders, s3://bucket/prefix) or a file of the cache of replay (.api-tiers/replay/…), repeatable: it says whom lowered limits and moves would have refused",
      several,
      [],
    )
    .option(
      "--traffic-keys <file>",
      "with --traffic: JSON with the subscription of each key by its id in AWS, repeatable (default: what the plans say)",
      several,
      [],
    )
    .option("--no-color", "print without colors; so it is too where the output is not a terminal")
    .addOption(new Option("--width <characters>", "width of the text").argParser(width))
    .action(async (plans: string[], options: ReviewCommandOptions) => {
      // Loaded only here, for the other commands need none of it.
      const { decisionIsNeeded } = await import("./reviewing");
      if (await decisionIsNeeded(plans, options)) exitWith(DECISION_NEEDED);
    });
}

const NARROWEST = 40;

function width(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < NARROWEST)
    throw new InvalidArgumentError(`It must be a number of characters from ${NARROWEST}.`);
  return number;
}
