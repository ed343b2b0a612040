import { isObject } from "../vocabulary/objects";
import type { OpenApiSchema } from "./openapi-document";

const MAPS = ["properties"];
const LISTS = ["allOf", "anyOf", "oneOf"];
const SINGLE = ["additionalProperties", "not"];
/** Words of draft 4 that OpenAPI 3.0 has not; they are kept for tools that support them. */
const UNKNOWN = ["patternProperties", "dependencies", "additionalItems"];

/** A schema of a model (JSON Schema draft 4) in the words of OpenAPI 3.0. */
export function documentedSchema(written: unknown): OpenApiSchema {
  if (!isObject(written)) return {};
  const { $schema: _, type, ...words } = written;
  const schema: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(words)) {
    if (MAPS.includes(word)) schema[word] = mapped(value);
    else if (LISTS.includes(word) && Array.isArray(value)) schema[word] = value.map(documentedSchema);
    else if (SINGLE.includes(word) && isObject(value)) schema[word] = documentedSchema(value);
    else if (word === "items") Object.assign(schema, itemsOf(value));
    else schema[UNKNOWN.includes(word) ? `x-${word}` : word] = value;
  }
  return withType(schema, type);
}

const mapped = (value: unknown) =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([name, each]) => [name, documentedSchema(each)]),
  );

/** In 3.0 all items are of one kind. */
const itemsOf = (items: unknown) =>
  Array.isArray(items) ? { items: {}, "x-items": items } : { items: documentedSchema(items) };

/** In 3.0 there is one type, and no type of null. */
function withType(schema: Record<string, unknown>, type: unknown): OpenApiSchema {
  const types = (Array.isArray(type) ? type : type === undefined ? [] : [type]).map(String);
  const [first, ...others] = types.filter((each) => each !== "null");
  if (others.length > 0 || types[0] === "null") {
    const alternatives = types.map((each) => (each === "null" ? { enum: [null] } : typed(each, {})));
    return "anyOf" in schema ? { allOf: [schema, { anyOf: alternatives }] } : { ...schema, anyOf: alternatives };
  }
  if (first === undefined) return schema;
  return typed(first, types.includes("null") ? { ...schema, nullable: true } : schema);
}

const typed = (type: string, schema: Record<string, unknown>): OpenApiSchema => ({
  type,
  ...schema,
  ...(type === "array" && !("items" in schema) ? { items: {} } : {}),
});
