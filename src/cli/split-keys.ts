import { type Command, InvalidArgumentError, Option } from "commander";
import type { SplitKeysOptions } from "./splitting-keys";

export function addSplitKeysCommand(program: Command): void {
  program
    .command("split-keys")
    .description(
      "Splits a CSV file of keys in the format of ImportApiKeys: a data file of subscriptions without values, and the values " +
        "for Terraform, which git ignores.",
    )
    .argument("<file>", "the CSV file, with the columns Name, Key, Description, Enabled and UsagePlanIds")
    .addOption(
      new Option("--plan <id=tier>", "the tier of keys in this usage plan, repeatable")
        .default({}, "none")
        .argParser(plan),
    )
    .option("--tier <id>", "the tier of keys that are in no usage plan")
    .option("--data <file>", "where subscriptions go", "customers.csv")
    .option("--values <file>", "where the values go", "key-values.tfvars.json")
    .action(async (file: string, options: SplitKeysOptions) => {
      const { splitKeys } = await import("./splitting-keys");
      console.log(splitKeys(file, options));
    });
}

function plan(text: string, others: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, id, tier] = /^([a-z0-9]+)=(.+)$/.exec(text) ?? [];
  if (id === undefined || tier === undefined) throw new InvalidArgumentError("Write it as c7y23b=gold.");
  return { ...others, [id]: tier };
}
