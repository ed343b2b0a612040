import { type Command, InvalidArgumentError, Option } from "commander";
import { storeOption } from "./store-option";
import { addUsageCollectCommand } from "./usage-collect";
import { addUsageLogsCommand } from "./usage-logs";
import { USAGE_FORMATS, type UsageReportOptions } from "./usage-options";
import { addUsageReconcileCommand } from "./usage-reconcile";
import { addUsageSchemaCommand } from "./usage-schema";

/** Exit codes of a threshold. */
const ANSWERS = { "not reached": 0, reached: 2, unknown: 3 } as const;

export function addUsageCommand(program: Command, answerWith: (code: number) => void): void {
  const usage = program
    .command("usage")
    .description(
      "Says what customers used, tier by tier, from the usage store: who nears the quota, when it will be used up, and who never " +
        "calls. With --fail-at it exits with 2 if a key reached that share of its quota, and with 3 if that is not known.",
    )
    .enablePositionalOptions()
    .argument("[customer]", "id of a subscription or name of a customer: that one alone, with each of its days")
    .addOption(storeOption())
    .option("--month <month>", "a month, in UTC: 2026-11 (default: that of --now)")
    .option("--from <day>", "the first day, in UTC: 2026-11-03")
    .option("--to <day>", "the last day (default: that of --now, or the month's)")
    .option("--tier <id>", "the subscriptions of one tier alone")
    .option(
      "--stacks <path>",
      'what says the quotas: cdktf\'s output folder, or what "terraform show -json" printed of a plan or a state (default: the figures, where they agree with one quota alone)',
    )
    .addOption(
      new Option("--fail-at <percent>", "exit with 2 if a key reached this share of its quota").argParser(
        above0("a share in percent, such as 80"),
      ),
    )
    .addOption(
      new Option(
        "--max-age <hours>",
        "how old figures of a day may be that AWS may still change, to say that a quota is not reached",
      )
        .argParser(above0("hours, such as 3"))
        .default(3),
    )
    .option("--now <instant>", "the time, such as 2026-11-26T12:00:00Z (default: the clock's)")
    .addOption(new Option("--format <format>", "how to write it").choices(USAGE_FORMATS).default("table"))
    .option("--output <file>", "write it to a file instead of printing it")
    .action(async (customer: string | undefined, options: UsageReportOptions) => {
      // Loaded only here, for the other commands need none of it.
      const { reportUsage } = await import("./reporting-usage");
      const { text, verdict } = await reportUsage(customer, options);
      if (text !== undefined) console.log(text.replace(/\n$/, ""));
      const answer = ANSWERS[verdict ?? "not reached"];
      if (answer !== 0) answerWith(answer);
    });
  addUsageCollectCommand(usage);
  addUsageLogsCommand(usage, answerWith);
  addUsageReconcileCommand(usage, answerWith);
  addUsageSchemaCommand(usage);
}

const above0 =
  (what: string) =>
  (written: string): number => {
    const value = Number(written);
    if (!/^\d+(\.\d+)?$/.test(written) || value <= 0) throw new InvalidArgumentError(`It must be ${what}.`);
    return value;
  };
