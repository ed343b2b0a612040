import { type Command, InvalidArgumentError, Option } from "commander";
import type { CollectUsageOptions } from "./collecting-usage";
import { several } from "./repeatable";
import { selfServiceOption } from "./self-service-file";
import { storeOption } from "./store-option";

export function addUsageCollectCommand(usage: Command): void {
  usage
    .command("collect")
    .description(
      "Reads what API Gateway counted on the last 90 days, and writes it into a store, with who was on which tier. Run it every " +
        "day; it may be stopped and run again at any time, and run on several machines at once.",
    )
    .argument("[folder]", "cdktf's output folder, whose states Terraform reads", "cdktf.out")
    .addOption(storeOption())
    .option(
      "--state <file>",
      'what "terraform show -json" printed of a state, repeatable; instead of the folder',
      several,
      [],
    )
    .option(
      "--plan <file>",
      'what "terraform show -json" printed of a plan, repeatable; instead of the folder',
      several,
      [],
    )
    .addOption(selfServiceOption())
    .option("--region <region>", "Region of usage plans whose state does not say it (default: that of the environment)")
    .option("--profile <name>", "profile of the AWS configuration")
    .addOption(
      new Option("--now <instant>", "the time, such as 2026-11-04T00:40:00Z (default: the clock's)").argParser(instant),
    )
    .option("--unpaced", "ask without AWS's pace, for a server that stands in for AWS", false)
    .addOption(new Option("--format <format>", "how to print what was done").choices(["text", "json"]).default("text"))
    .action(async (folder: string, options: CollectUsageOptions) => {
      // Loaded only here, for the other commands need none of it.
      const { collectIntoStore } = await import("./collecting-usage");
      await collectIntoStore(folder, options);
    });
}

function instant(text: string): number {
  const at = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) || Number.isNaN(at))
    throw new InvalidArgumentError("It must be a time in UTC such as 2026-11-04T00:40:00Z.");
  return at;
}
