import { importsSchema } from "../vocabulary/imports";
import { type JsonSchemaNode, jsonSchemaOf } from "../vocabulary/json-schema-of";

/**
 * JSON Schema of a file of imports, for completion and checks in an editor.
 *
 * @param names the catalog's own ids, to offer just these
 */
export function importsFileSchema(names: {
  readonly tiers: readonly string[];
  readonly stages: ReadonlyMap<string, readonly string[]>;
}): Record<string, unknown> {
  const schema = jsonSchemaOf(importsSchema);
  const { apis, tiers } = schema.properties ?? {};
  const entry = apis?.additionalProperties as JsonSchemaNode;
  const ofApi = [...names.stages].map(([api, stages]) => {
    const properties = { ...entry.properties, stages: only(entry.properties?.stages, stages) };
    return [api, { ...entry, properties }];
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Imports",
    description: "What of the catalog is in the account already, by the catalog's ids.",
    ...schema,
    properties: {
      ...schema.properties,
      apis: { ...apis, properties: Object.fromEntries(ofApi), additionalProperties: false },
      // Another name may be that of a tier before it was renamed.
      tiers: {
        ...tiers,
        properties: Object.fromEntries(names.tiers.map((tier) => [tier, tiers?.additionalProperties])),
      },
    },
  };
}

/** A map whose names are known. */
function only(node: JsonSchemaNode | undefined, names: readonly string[]): JsonSchemaNode {
  return names.length === 0 ? { ...node } : { ...node, propertyNames: { enum: [...names] } };
}
