import { readFileSync } from "node:fs";
import { join } from "node:path";
import { byName } from "../text/order";
import type { JsonSchemaNode } from "../vocabulary/json-schema-of";

/** Beside `src` in the project, and beside `dist` in the package. */
const FILE = join(__dirname, "..", "..", "schemas", "subscriptions.schema.json");

/**
 * JSON Schema of a YAML or JSON data file, for completion and checks in an editor.
 *
 * @param names the catalog's own tiers and cohorts, to offer just these
 */
export function subscriptionFileSchema(
  names: { readonly tiers?: readonly string[]; readonly cohorts?: readonly string[] } = {},
): Record<string, unknown> {
  const schema = JSON.parse(readFileSync(FILE, "utf8")) as { additionalProperties: JsonSchemaNode };
  const offered = { tier: names.tiers ?? [], cohort: names.cohorts ?? [] };
  const only = (node: JsonSchemaNode, known: readonly string[]): JsonSchemaNode =>
    known.length === 0 ? node : { ...node, enum: [...known].sort(byName) };
  const properties = Object.entries(schema.additionalProperties.properties ?? {}).map(([field, node]) => {
    if (field !== "additionalTiers") return [field, only(node, offered[field as keyof typeof offered] ?? [])];
    return [field, { ...node, additionalProperties: only(node.additionalProperties as JsonSchemaNode, offered.tier) }];
  });
  const subscription = { ...schema.additionalProperties, properties: Object.fromEntries(properties) };
  return { ...schema, additionalProperties: subscription };
}
