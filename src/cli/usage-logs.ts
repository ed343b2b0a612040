import { type Command, Option } from "commander";
import type { IngestLogsOptions } from "./ingesting-logs";
import { several } from "./repeatable";
import { storeOption } from "./store-option";

export function addUsageLogsCommand(usage: Command, answerWith: (code: number) => void): void {
  const command = usage
    .command("logs")
    .description(
      "Reads access logs into the usage store: how often each key called each route, with which answer. A log counts once, however " +
        "often it is read. Exits with 2 if there is something in the logs that is not counted.",
    )
    .argument(
      "<logs...>",
      "files, folders and s3://bucket/prefix: lines, gzip, exports of CloudWatch, objects of Firehose, Parquet",
    )
    .addOption(storeOption())
    .option("--replace", "count the days of these logs from these alone, in place of what is in the store", false)
    .addOption(new Option("--format <format>", "how to print what was done").choices(["text", "json"]).default("text"));
  addLogOptions(command).action(async (logs: string[], options: IngestLogsOptions) => {
    // Loaded only here, for the other commands need none of it.
    const { ingestIntoStore } = await import("./ingesting-logs");
    if (!(await ingestIntoStore(logs, options))) answerWith(2);
  });
}

/** What lines are made of, and what their ids mean. */
export function addLogOptions(command: Command): Command {
  return command
    .option(
      "--log-format <format>",
      "what a line of the logs says, with $context variables, repeatable (default: what the stages of the stacks write)",
      several,
      [],
    )
    .option(
      "--synthesized <folder>",
      "cdktf's output folder, whose stages say what a line is (default: cdktf.out, if it is there)",
    )
    .option(
      "--state <file>",
      'what "terraform show -json" printed of a state, repeatable: it says what APIs are called in the catalog, and which plan covers a stage',
      several,
      [],
    )
    .option("--api <id>", "the API's id in AWS, for lines that do not say it")
    .option("--stage <name>", "the stage, for lines that do not say it");
}
