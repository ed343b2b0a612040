import { mkdirSync, writeFileSync } from "node:fs";
import { subscriptionFileSchema } from "../src";
import { reportJsonSchema } from "../src/review/report";

/**
 * Writes the JSON Schemas of the package: of subscription data files, and of what `api-tiers review --format json` prints. Run
 * it after a change of either.
 */
mkdirSync("schemas", { recursive: true });
for (const [name, schema] of [
  ["subscriptions", subscriptionFileSchema()],
  ["review", reportJsonSchema()],
] as const)
  writeFileSync(`schemas/${name}.schema.json`, `${JSON.stringify(schema, undefined, 2)}\n`);
