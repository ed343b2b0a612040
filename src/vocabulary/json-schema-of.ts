import { z } from "zod";
import { formsOf } from "./schema";

/** JSON Schema (2020-12), as far as it is read here. */
export interface JsonSchemaNode {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchemaNode>>;
  readonly additionalProperties?: boolean | JsonSchemaNode;
  readonly items?: JsonSchemaNode;
  readonly anyOf?: readonly JsonSchemaNode[];
  readonly required?: readonly string[];
}

/**
 * JSON Schema of what a schema of the vocabulary reads; rules that JSON Schema cannot express are left out.
 *
 * @param describe adds to the node of a schema
 */
export function jsonSchemaOf(
  schema: z.ZodType,
  describe: (schema: z.ZodType, node: Record<string, unknown>) => void = () => {},
): JsonSchemaNode {
  const { $schema: _, ...node } = z.toJSONSchema(schema, {
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const forms = formsOf(zodSchema);
      if (forms) jsonSchema.anyOf = forms.map((form) => jsonSchemaOf(form, describe)) as never;
      describe(zodSchema as unknown as z.ZodType, jsonSchema);
    },
  });
  return withoutReferences(node) as JsonSchemaNode;
}

/** Any JSON is described by a schema that refers to itself; a node without keywords says the same. */
function withoutReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutReferences);
  if (typeof node !== "object" || node === null) return node;
  if ("$ref" in node) return {};
  const entries = Object.entries(node).filter(([keyword]) => keyword !== "$defs");
  return Object.fromEntries(entries.map(([keyword, value]) => [keyword, withoutReferences(value)]));
}
