import { isDeepStrictEqual } from "node:util";
import { isObject } from "../vocabulary/objects";
import type { OpenApiSchema } from "./openapi-document";

const MAPS = ["properties", "patternProperties", "dependencies"];
const LISTS = ["allOf", "anyOf", "oneOf"];
const SINGLE = ["additionalItems", "additionalProperties", "not"];
/** Words of draft 4 that OpenAPI 3.0 has not; they are kept for tools that support them. */
const UNKNOWN = ["patternProperties", "dependencies", "additionalItems"];

/** The schema that a reference leads to, or a reference to it. */
export type Refer = (reference: string) => OpenApiSchema;

/** A schema of a model (JSON Schema draft 4) in the words of OpenAPI 3.0. */
export function documentedSchema(written: unknown, refer: Refer = ($ref) => ({ $ref })): OpenApiSchema {
  if (!isObject(written)) return {};
  const { $schema: _, type, ...words } = written;
  // Draft 4 ignores words beside a reference, as 3.0 does.
  if (typeof words.$ref === "string") return refer(words.$ref);
  const within = (schema: unknown) => documentedSchema(schema, refer);
  const schema: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(words)) {
    const name = UNKNOWN.includes(word) ? `x-${word}` : word;
    if (MAPS.includes(word)) schema[name] = mapped(value, within);
    else if (LISTS.includes(word) && Array.isArray(value)) schema[name] = value.map(within);
    else if (SINGLE.includes(word) && isObject(value)) schema[name] = within(value);
    else if (word === "items") Object.assign(schema, itemsOf(value, within));
    else schema[name] = value;
  }
  return orNull(schema) ?? withType(schema, type);
}

const mapped = (value: unknown, within: (schema: unknown) => unknown) =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([name, each]) => [name, isObject(each) ? within(each) : each]),
  );

/** In 3.0 all items are of one kind. */
const itemsOf = (items: unknown, within: (schema: unknown) => unknown) =>
  Array.isArray(items) ? { items: {}, "x-items": items.map(within) } : { items: within(items) };

/** One schema or null: in 3.0 that is one word more. */
function orNull({ anyOf, ...others }: Record<string, unknown>): OpenApiSchema | undefined {
  if (!Array.isArray(anyOf) || anyOf.length !== 2 || Object.keys(others).length > 0) return undefined;
  const [schema, ...more] = anyOf.filter((each) => !isDeepStrictEqual(each, NULL));
  if (!isObject(schema) || more.length > 0) return undefined;
  const { type, enum: values } = schema;
  if (typeof type !== "string") return { nullable: true, allOf: [schema] };
  if (!Array.isArray(values) || values.includes(null)) return { ...schema, nullable: true };
  return { ...schema, enum: [...values, null], nullable: true };
}

const NULL = { enum: [null] };

/** In 3.0 there is one type, and no type of null. */
function withType(schema: Record<string, unknown>, type: unknown): OpenApiSchema {
  const types = (Array.isArray(type) ? type : type === undefined ? [] : [type]).map(String);
  const [first, ...others] = types.filter((each) => each !== "null");
  if (first === undefined && types.length > 0) return { ...schema, ...NULL };
  if (others.length > 0) {
    const alternatives = types.filter((each) => each !== "null").map((each) => typed(each, {}));
    if (types.includes("null")) alternatives.push(NULL);
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
