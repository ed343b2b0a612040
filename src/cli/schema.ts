import { join } from "node:path";
import type { Command } from "commander";
import { importsFileSchema } from "../catalog/imports-file-schema";
import { subscriptionFileSchema } from "../catalog/subscription-file-schema";
import { catalogNames } from "../model/catalog-names";
import { writeFiles } from "../project/write-files";

export function addSchemaCommand(program: Command): void {
  program
    .command("schema")
    .description(
      "Writes the JSON Schemas of data files with the tiers, cohorts and APIs of this catalog, by which an editor completes them.",
    )
    .option("--output <folder>", "cdktf's output folder, as it was synthesized", "cdktf.out")
    .option("--to <folder>", "where the schemas go", "schemas")
    .action(({ output, to }: { readonly output: string; readonly to: string }) => {
      const names = catalogNames(output);
      const schemas = { subscriptions: subscriptionFileSchema(names), imports: importsFileSchema(names) };
      const files = Object.entries(schemas).map(([name, schema]) => {
        return [join(to, `${name}.schema.json`), `${JSON.stringify(schema, undefined, 2)}\n`] as const;
      });
      writeFiles(new Map(files));
      const [[subscriptions = ""] = []] = files;
      console.log(
        [
          `Written: ${files.map(([file]) => file).join(", ")}.`,
          `Tiers: ${listed(names.tiers)}. Cohorts: ${listed(names.cohorts)}. APIs: ${listed([...names.stages.keys()])}.`,
          `An editor completes a YAML file that begins with "# yaml-language-server: $schema=${subscriptions}",`,
          `and a JSON file with "$schema": "./${subscriptions}". Write them again after the catalog has changed.`,
        ].join("\n"),
      );
    });
}

const listed = (names: readonly string[]) => names.join(", ") || "none";
