import { type Command, InvalidArgumentError, Option } from "commander";
import type { Tags } from "../vocabulary/tags";
import type { AdoptOptions } from "./adopting";

export function addAdoptCommand(program: Command): void {
  program
    .command("adopt")
    .description(
      "Takes over usage plans and API keys that are in the account: writes catalog and imports, changes nothing.",
    )
    .addOption(
      new Option("--api <name>", "only the plans of this REST API, by name or id, repeatable")
        .default([], "all")
        .argParser(another),
    )
    .addOption(
      new Option("--plan <name>", "only this usage plan and its keys, by name or id, repeatable")
        .default([], "all")
        .argParser(another),
    )
    .addOption(
      new Option("--tag <name=value>", "only plans with this tag and their keys, and keys with it, repeatable")
        .default({}, "all")
        .argParser(tag),
    )
    .option(
      "--definitions",
      "also the routes and stages of the APIs; left out, they stay with their current owner",
      false,
    )
    .option("--region <name>", "Region of AWS; left out, that of the environment")
    .option("--profile <name>", "profile of the AWS configuration; left out, that of the environment")
    .option("--catalog <file>", "the catalog, which is written or added to", "catalog.ts")
    .option("--imports <file>", "which entry of the catalog is what in AWS", "imports.json")
    .option("--data <file>", "where subscriptions go when they are many", "subscriptions.yaml")
    .option("--main <file>", "the program that synthesizes; written where there is none", "main.ts")
    .option("--unpaced", "send requests as fast as they go, where no AWS quota applies: on an emulator", false)
    .option("--check", "plan the stacks instead, and pass only if nothing in the account would change", false)
    .option(
      "--output <folder>",
      "with --check: cdktf's output folder, as it is; left out, the app of cdktf.json is run first",
    )
    .action(async (options: AdoptOptions & { readonly check: boolean; readonly output?: string }) => {
      // Loaded only here, for the other commands need neither AWS nor Terraform.
      const { adopt, check } = await import("./adopting");
      await (options.check ? check(options) : adopt(options));
    });
}

const another = (name: string, others: readonly string[]): readonly string[] => [...others, name];

function tag(text: string, others: Tags): Tags {
  const [, name, value = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError("Write it as name=value.");
  return { ...others, [name]: value };
}
