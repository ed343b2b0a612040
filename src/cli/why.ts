import { type Command, InvalidArgumentError, Option } from "commander";
import type { WhyOptions } from "./explaining";
import { selfServiceOption } from "./self-service-file";

export function addWhyCommand(program: Command): void {
  program
    .command("why")
    .description(
      "Explains one call of a customer: whether it is let in and by which usage plan, which limits it meets and which one governs, " +
        "and for a status that the customer reports, the likely reasons in order.",
    )
    .argument("<subscription>", "id of the subscription; of another key, its name or address")
    .argument("<request>", 'method and path below the stage: "GET /pets/1"')
    .argument(
      "[path]",
      'cdktf\'s output folder, or what "terraform show -json" printed of a plan or a state',
      "cdktf.out",
    )
    .option(
      "--api <name>",
      "the API, where several could be meant: its id in the catalog; of another, its name or address",
    )
    .option("--stage <name>", "the stage, where several could be meant")
    .addOption(new Option("--status <code>", "a status that the customer reports: 429, 403, 401 …").argParser(status))
    .addOption(
      new Option(
        "--now <instant>",
        "the instant that is asked about, such as 2026-11-22T12:00:00Z; left out, now",
      ).argParser(instant),
    )
    .option(
      "--catalog <file>",
      "the catalog, for the lines in which limits are written; left out, the catalog.ts beside the output folder",
    )
    .addOption(selfServiceOption())
    .option(
      "--live",
      "ask AWS for the key, its usage plans, what is left of the quota, and the account's own limit",
      false,
    )
    .option("--region <name>", "with --live: Region of AWS; left out, that of the environment")
    .option("--profile <name>", "with --live: profile of the AWS configuration; left out, that of the environment")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .action(async (subscription: string, request: string, path: string, options: WhyOptions) => {
      // Loaded only here, because the other commands need no gateway.
      const { why } = await import("./explaining");
      await why(subscription, request, path, options);
    });
}

function status(text: string): number {
  const code = Number(text);
  if (!/^[45]\d\d$/.test(text)) throw new InvalidArgumentError("It must be a status from 400 to 599, such as 429.");
  return code;
}

function instant(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError("Write it as 2026-11-22T12:00:00Z.");
  return at;
}
