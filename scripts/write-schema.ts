import { mkdirSync, writeFileSync } from "node:fs";
import { driftJsonSchema } from "../src/drift/report";
import { reportJsonSchema } from "../src/review/report";
import { selfServiceOpenApi } from "../src/self-service/http/openapi";
import { catalogJsonSchema, replayJsonSchema, subscriptionsJsonSchema } from "./support/catalog-schema";
import { FieldDocs } from "./support/field-docs";

/**
 * Writes the JSON Schemas of the package: of a catalog and of subscription data files, with the docs of their fields, and of
 * what `api-tiers review`, `drift` and `replay` print with `--format json`; and the OpenAPI document of the self-service. Run it after
 * a change of any of them.
 */
const docs = new FieldDocs();
mkdirSync("schemas", { recursive: true });
for (const [name, schema] of [
  ["catalog", catalogJsonSchema(docs)],
  ["subscriptions", subscriptionsJsonSchema(docs)],
  ["review", reportJsonSchema()],
  ["drift", driftJsonSchema()],
  ["replay", replayJsonSchema(docs)],
] as const)
  writeFileSync(`schemas/${name}.schema.json`, `${JSON.stringify(schema, undefined, 2)}\n`);
writeFileSync("schemas/self-service.openapi.json", `${JSON.stringify(selfServiceOpenApi(), undefined, 2)}\n`);
