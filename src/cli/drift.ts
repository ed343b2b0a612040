import { type Command, InvalidArgumentError, Option } from "commander";
import type { DriftOptions } from "./finding-drift";
import { several } from "./repeatable";
import { FORMATS } from "./review-options";

/** Something drifted. */
const DRIFT = 2;
/** Nothing was found, and not all could be read. */
const NOT_ALL_READ = 3;

export function addDriftCommand(program: Command, exitWith: (code: number) => void): void {
  program
    .command("drift")
    .description(
      "Compares the account with the stacks that were deployed to it: keys, usage plans and who is in them, stages and routes; " +
        "or what refresh-only plans found. For each difference, it says the edit of the catalog that keeps it, and the deploy that takes it back. " +
        "Reads only, and never the value of a key. Exits with 0 if there is no drift in what it compares, with 2 if there is some, with 3 if " +
        "there is none in what could be read and something could not, with 1 if it cannot compare at all.",
    )
    .argument(
      "[plans...]",
      'what "terraform show -json" printed of refresh-only plans, the files named after their stacks; the account is not asked then',
    )
    .option(
      "--against <folder>",
      "cdktf's output folder, whose states Terraform reads (default: cdktf.out; with plans, where it exists)",
    )
    .option("--catalog <file>", "the catalog, for the lines to edit; left out, the catalog.ts beside the output folder")
    .addOption(
      new Option(
        "--elsewhere <tag>",
        "keys with this tag, as name or name=value, are managed elsewhere and not compared, repeatable",
      )
        .default([], "none")
        .argParser(tag),
    )
    .option("--region <name>", "Region of resources whose state does not say it; left out, that of the environment")
    .option("--profile <name>", "profile of the AWS configuration; left out, that of the environment")
    .option("--unpaced", "send requests as fast as they go, where no AWS quota applies: on an emulator", false)
    .addOption(new Option("--format <format>", "how to print it").choices(FORMATS).default("text"))
    .option("--output <file>", "write it to a file instead of printing it")
    .option("--no-color", "print without colors; so it is too where the output is not a terminal")
    .action(async (plans: string[], options: DriftOptions) => {
      // Loaded only here, because the other commands need neither AWS nor Terraform.
      const { findDrift } = await import("./finding-drift");
      const verdict = await findDrift(plans, options);
      if (verdict === "drift") exitWith(DRIFT);
      if (verdict === "not-all-read") exitWith(NOT_ALL_READ);
    });
}

function tag(text: string, others: readonly string[]): string[] {
  if (!/^[^=]/.test(text)) throw new InvalidArgumentError("It must be the name of a tag, or name=value.");
  return several(text, others);
}
