import { type JsonSchema, MODELS } from "./json-schema";
import { isObject } from "./objects";

/** Keywords whose value is a schema, a list of schemas, or either. */
const SCHEMAS = ["additionalItems", "additionalProperties", "allOf", "anyOf", "items", "not", "oneOf"];
/** Keywords whose value has schemas by name. */
const SCHEMAS_BY_NAME = ["definitions", "dependencies", "patternProperties", "properties"];

/**
 * A schema with other references. Only where a schema stands is `$ref` a reference: a property may be called so, and a
 * default may hold it.
 */
export function withReferences<Schema>(schema: Schema, change: (reference: string) => string): Schema {
  if (Array.isArray(schema)) return schema.map((each) => withReferences(each, change)) as Schema;
  if (!isObject(schema)) return schema;
  if (typeof schema.$ref === "string") return { ...schema, $ref: change(schema.$ref) };
  const entries = Object.entries(schema).map(([word, value]): [string, unknown] => {
    if (SCHEMAS.includes(word)) return [word, withReferences(value, change)];
    if (!SCHEMAS_BY_NAME.includes(word) || !isObject(value)) return [word, value];
    const inner = Object.entries(value).map(([name, each]) => [name, withReferences(each, change)]);
    return [word, Object.fromEntries(inner)];
  });
  return Object.fromEntries(entries) as Schema;
}

/** The names of the models to which a schema refers itself, each once. */
export function modelsIn(schema: JsonSchema): string[] {
  const names = new Set<string>();
  withReferences(schema, (reference) => {
    names.add(reference.slice(MODELS.length));
    return reference;
  });
  return [...names];
}

/** Those by which the same value is judged, not one of its properties or items; each once. */
export function modelsInPlace(schema: JsonSchema): string[] {
  if (schema.$ref !== undefined) return modelsIn(schema);
  const { allOf = [], anyOf = [], oneOf = [], not, dependencies = {} } = schema;
  const within = [...allOf, ...anyOf, ...oneOf, ...(not ? [not] : []), ...Object.values(dependencies)];
  return [...new Set(within.flatMap((each) => (isSchema(each) ? modelsInPlace(each) : [])))];
}

const isSchema = (value: JsonSchema | readonly string[]): value is JsonSchema => !Array.isArray(value);

/** The name of the model that a schema is, where it is nothing but a reference. */
export const referredModel = (schema: JsonSchema | undefined): string | undefined =>
  schema?.$ref === undefined ? undefined : schema.$ref.slice(MODELS.length);

/** What refers to a model. */
export const modelReference = (name: string): JsonSchema => ({ $ref: `${MODELS}${name}` });
