import { type Command, Option } from "commander";
import { show } from "../text/show";
import { ENGINES, type Engine, engineStatement } from "../usage/store/engine-statements";
import { storeOption } from "./store-option";

export function addUsageSchemaCommand(usage: Command): void {
  usage
    .command("schema")
    .description("Prints the statement by which an engine reads the store as a table.")
    .addOption(storeOption())
    .addOption(new Option("--engine <engine>", "what is to read it").choices(ENGINES).default("duckdb"))
    .action(({ store, engine }: { readonly store: string; readonly engine: Engine }) => {
      if (engine === "athena" && !store.startsWith("s3://"))
        throw new Error(
          `--store ${show(store)} is a folder, and Athena reads s3://bucket/prefix; collect into a bucket`,
        );
      console.log(engineStatement(engine, store));
    });
}
