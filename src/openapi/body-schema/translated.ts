import type { DocumentNode } from "../../document/document";
import type { JsonSchema } from "../../vocabulary/json-schema";
import type { Remarks } from "../remarks";

/** A schema in draft 4. */
export interface Translated {
  readonly schema: JsonSchema;
  /** Whether it takes nothing that the original refuses. */
  readonly exact: boolean;
}

/** What the translation of a keyword needs of the translation of the whole. */
export interface Translation {
  readonly remarks: Remarks;
  /** Translates a schema within the schema. */
  readonly translate: (node: DocumentNode) => Translated;
}

/** A schema, as long as it is put together. */
export type Schema = { -readonly [Word in keyof JsonSchema]: JsonSchema[Word] };

export const ANYTHING: Translated = { schema: {}, exact: true };

export const isExact = ({ exact }: Translated): boolean => exact;

export const allOf = (parts: readonly Translated[]): Translated => ({
  schema: { allOf: parts.map(({ schema }) => schema) },
  exact: parts.every(isExact),
});

/** `nullable` is a word of 3.0. */
export function nullable(value: Readonly<Record<string, unknown>>, { schema, exact }: Translated): Translated {
  if (value.nullable !== true || Object.keys(schema).length === 0) return { schema, exact };
  const { type } = schema;
  const plain = !["enum", "allOf", "anyOf", "oneOf", "not"].some((word) => word in schema);
  if (plain && typeof type === "string") return { schema: { ...schema, type: [type, "null"] }, exact };
  return { schema: { anyOf: [schema, { type: "null" }] }, exact };
}
