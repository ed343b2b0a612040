import { type Command, Option } from "commander";
import { ENGINES } from "../usage/store/engine-statements";
import { several } from "./repeatable";
import { REPLAY_FORMATS, type ReplayCommandOptions } from "./replay-options";

export function addReplayCommand(program: Command, answerWith: (code: number) => void): void {
  program
    .command("replay")
    .description(
      "Runs the calls of access logs against limits that you consider: whom they would have refused, how often, when and by which " +
        "limit; the smallest limits that refuse nobody, and which tier fits each customer. Exits with 2 if lines of the logs could not be read, " +
        "and with --fail-on-refused if the last limits would have refused more.",
    )
    .argument(
      "[logs...]",
      "files, folders and s3://bucket/prefix: lines, gzip, exports of CloudWatch, objects of Firehose, Parquet; or one file of the cache (.api-tiers/replay/…)",
    )
    .option(
      "--against <path>",
      'limits: cdktf\'s output folder, or what "terraform show -json" printed of a plan or a state; repeatable, and the first one is what the others are compared with (default: cdktf.out)',
      several,
      [],
    )
    .option(
      "--set <change>",
      "tries a change of the first ones, such as gold.throttle.rateLimit=50; those that are given together are one candidate; repeatable",
      several,
      [],
    )
    .option("--sweep <range>", "tries several values of one limit: gold.rateLimit=10..200; repeatable", several, [])
    .option("--scenarios <file>", "YAML or JSON with lists of changes by name, each of which is tried")
    .option(
      "--state <file>",
      'what "terraform show -json" printed of a state, repeatable: it says whose the keys in the logs are, and what APIs are called in the catalog',
      several,
      [],
    )
    .option("--keys <file>", "JSON with the subscription of each key by its id in AWS, repeatable", several, [])
    .option(
      "--store <address>",
      "the usage store, a folder or s3://bucket/prefix: it says whose the keys are, and what was used before the logs begin",
    )
    .option(
      "--account",
      "ask AWS whose the keys are, by names that one key alone has in the account and in the catalog; it reads no value",
      false,
    )
    .option("--region <region>", "with --account: Region of AWS (default: that of the environment)")
    .option("--profile <name>", "with --account: profile of the AWS configuration")
    .option(
      "--log-format <format>",
      "what a line of the logs says, with $context variables, repeatable (default: what the stages of --against write)",
      several,
      [],
    )
    .option("--api <id>", "the API's id in AWS, for lines that do not say it")
    .option("--stage <name>", "the stage, for lines that do not say it")
    .option("--cache <folder>", "where the calls are kept in a compact form, for the next question", ".api-tiers")
    .option("--no-cache", "keep nothing")
    .addOption(
      new Option(
        "--engine <engine>",
        "lets an engine count the calls of each key where the logs are, by the throttle and the quota of its tier alone, and brings home the counts",
      ).choices(ENGINES),
    )
    .option("--table <name>", "the engine's table of access logs, with a column for each field of accessLog: true")
    .option(
      "--engine-url <url>",
      "of ClickHouse's HTTP interface (default: CLICKHOUSE_URL; with CLICKHOUSE_USER and CLICKHOUSE_PASSWORD)",
    )
    .option("--workgroup <name>", "of Athena (default: primary)")
    .option("--results <address>", "where Athena puts results, s3://bucket/prefix/ (default: what the workgroup says)")
    .option(
      "--print-statement",
      "prints the engine's statement instead of running it, after the one that creates the table if a place of logs is given",
      false,
    )
    .addOption(new Option("--format <format>", "how to write it").choices(REPLAY_FORMATS).default("text"))
    .option("--output <file>", "write it to a file instead of printing it")
    .option(
      "--fail-on-refused",
      "exit with 2 if the last candidate would have refused calls that the first would not (one alone: any call), or if it is not known whose some of them are or what it limits",
      false,
    )
    .action(async (logs: string[], options: ReplayCommandOptions) => {
      // Loaded only here, for the other commands need none of it.
      const { engine } = options;
      const { text, isFine } =
        engine === undefined
          ? await (await import("./replaying")).replayLogs(logs, options)
          : await (await import("./replaying-in-engine")).replayInEngine(logs, engine, options);
      if (text !== undefined) console.log(text.replace(/\n$/, ""));
      if (!isFine) answerWith(2);
    });
}
