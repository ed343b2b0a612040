import { type Command, InvalidArgumentError, Option } from "commander";
import { several } from "./repeatable";
import type { RotationOptions, ShareQuotaOptions } from "./rotating";
import { storeOption } from "./store-option";

export function addRotationCommand(program: Command): void {
  const rotation = program
    .command("rotation")
    .description("Says where the replacement of keys stands, and shares a customer's quota among its keys.")
    .enablePositionalOptions();
  withStates(
    rotation
      .command("status")
      .description(
        "Says of each subscription with several keys who still calls with which, and what to do next: hand over, wait, disable, remove.",
      )
      .addOption(storeOption())
      .option("--live", "ask AWS for the calls of these days instead of reading the usage store", false)
      .option("--days <number>", "for how many days, today among them, an older key must be silent", wholeNumber, 7)
      .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text")),
  ).action(async (folder: string, options: RotationOptions) => {
    // Loaded only here, for the other commands need none of it.
    const { rotationStatuses } = await import("./rotating");
    console.log(await rotationStatuses(folder, options));
  });
  withStates(
    rotation
      .command("share-quota")
      .description(
        "Sets what each key of a customer may still use in the running period, so that all of them together stay within the quota that " +
          "was sold. Run it when a second key is created, and then as often as the tolerance that it states shall be small.",
      )
      .option("--store <address>", "the usage store, which knows keys that were removed in this period")
      .option("--every <seconds>", "how often it is run, for the tolerance that it states", wholeNumber, 3_600)
      .option("--dry-run", "say what would be set, and set nothing", false)
      .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text")),
    "<subscription>",
    "id of the subscription",
  ).action(async (subscription: string, folder: string, options: ShareQuotaOptions) => {
    const { shareQuotaOf } = await import("./sharing-quota");
    console.log(await shareQuotaOf(subscription, folder, options));
  });
}

/** What all commands need that read states, and that may ask AWS. */
function withStates(command: Command, argument?: string, description?: string): Command {
  if (argument !== undefined) command.argument(argument, description);
  return command
    .argument("[folder]", "cdktf's output folder, whose states Terraform reads", "cdktf.out")
    .option(
      "--state <file>",
      'what "terraform show -json" printed of a state, repeatable; instead of the folder',
      several,
      [],
    )
    .option("--region <region>", "Region of usage plans whose state does not say it (default: that of the environment)")
    .option("--profile <name>", "profile of the AWS configuration")
    .option("--now <instant>", "the time, such as 2026-11-26T12:00:00Z (default: the clock's)")
    .option("--unpaced", "ask without AWS's pace, for a server that stands in for AWS", false);
}

function wholeNumber(written: string): number {
  const value = Number(written);
  if (!/^\d{1,9}$/.test(written) || value < 1) throw new InvalidArgumentError("It must be a whole number above 0.");
  return value;
}
