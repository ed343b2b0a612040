import { mkdirSync, writeFileSync } from "node:fs";
import { reportJsonSchema } from "../src/review/report";
import { catalogJsonSchema, replayJsonSchema, subscriptionsJsonSchema } from "./support/catalog-schema";
import { FieldDocs } from "./support/field-docs";

/**
 * Writes the JSON Schemas of the package: of a catalog and of subscription data files, with the docs of their fields, and of
 * what `api-tiers review` and `replay` print with `--format json`. Run it after a change of any of them.
 */
const docs = new FieldDocs();
mkdirSync("schemas", { recursive: true });
for (const [name, schema] of [
  ["catalog", catalogJsonSchema(docs)],
  ["subscriptions", subscriptionsJsonSchema(docs)],
  ["review", reportJsonSchema()],
  ["replay", replayJsonSchema(docs)],
] as const)
  writeFileSync(`schemas/${name}.schema.json`, `${JSON.stringify(schema, undefined, 2)}\n`);
