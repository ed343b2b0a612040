import type { z } from "zod";
import { replayReportSchema } from "../../src/replay/report/report-schema";
import { type JsonSchemaNode, jsonSchemaOf } from "../../src/vocabulary/json-schema-of";
import { type Described, SCHEMAS } from "./described-catalog";
import type { FieldDocs } from "./field-docs";

const DIALECT = "https://json-schema.org/draft/2020-12/schema";
const reference = (concept: string) => ({ $ref: `#/$defs/${concept}` });

/**
 * JSON Schema of a catalog, each concept under `$defs`. What docs need beyond JSON Schema is in words: `x-rule` is what the
 * catalog says to who breaks a rule, `x-unit`, `x-default` and `x-see` come from the docs of the types.
 */
export function catalogJsonSchema(docs: FieldDocs): JsonSchemaNode {
  const concepts = Object.entries(SCHEMAS).map(([concept, schema]) => [
    concept,
    docs.of(concept as keyof Described, jsonSchemaOf(schema, addRule)),
  ]);
  const byId = (each: JsonSchemaNode) => ({ type: "object", additionalProperties: each });
  const root = {
    type: "object",
    properties: {
      apis: byId({ anyOf: [reference("Api"), reference("ExistingApi")] }),
      tiers: byId(reference("Tier")),
      cohorts: byId(reference("Cohort")),
      subscriptions: byId(reference("Subscription")),
      keyStore: reference("KeyStore"),
      selfService: reference("SelfService"),
      domainNames: byId(reference("DomainName")),
    },
    required: ["apis", "tiers"],
    additionalProperties: false,
  };
  return { $schema: DIALECT, title: "Catalog", ...docs.of("Catalog", root), $defs: Object.fromEntries(concepts) };
}

/** JSON Schema of a data file with subscriptions. */
export function subscriptionsJsonSchema(docs: FieldDocs): JsonSchemaNode {
  return {
    $schema: DIALECT,
    title: "Subscriptions",
    description: "Customers and the tiers they bought, by subscription id.",
    type: "object",
    properties: { $schema: { type: "string" } },
    additionalProperties: docs.of("Subscription", jsonSchemaOf(SCHEMAS.Subscription)),
  };
}

/** JSON Schema of what `api-tiers replay --format json` prints. */
export function replayJsonSchema(docs: FieldDocs): JsonSchemaNode {
  return { $schema: DIALECT, title: "Replay", ...docs.of("ReplayReport", jsonSchemaOf(replayReportSchema)) };
}

/** What a schema says of a value that it refuses, without the value. */
function addRule(schema: z.ZodType, node: Record<string, unknown>): void {
  if ("properties" in node || "anyOf" in node) return;
  const probe =
    node.type === "string"
      ? "\u0000"
      : typeof node.type === "string" && /number|integer/.test(node.type)
        ? -1.5
        : Symbol();
  const message = schema.safeParse(probe, { reportInput: true }).error?.issues[0]?.message;
  const rule = message?.split(/, got |; /)[0];
  if (rule?.startsWith("must ")) node["x-rule"] = rule;
}
