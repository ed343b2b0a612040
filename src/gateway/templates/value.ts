/**
 * The values that a mapping template can reach: plain data, and API Gateway objects with a fixed list of members. A map is
 * a `Map`, not a JavaScript object, so that no name in a template or a request leads to a prototype.
 */
export type Value = string | number | boolean | null | undefined | ValueList | ValueMap | HostObject;

/** A list; `isJson` if it comes from JSON, since API Gateway prints such a list as JSON. */
export interface ValueList {
  readonly items: Value[];
  readonly isJson: boolean;
}

export type ValueMap = Map<string, Value>;

/** An API Gateway object: `$input`, `$util`, `$context`. */
export interface HostObject {
  /** A property; `undefined` for one that it does not have. */
  property?(name: string): Value;
  /** The result of a method. @throws MappingTemplateError for a method that it does not have */
  call?(method: string, args: readonly Value[], budget: Meter): Value;
}

/** Counts what a template takes. @throws MappingTemplateError for too much */
export interface Meter {
  spend(characters?: number): void;
  weigh(value: Value): void;
}

/** A template that API Gateway would answer with 500. */
export class MappingTemplateError extends Error {}

export const isList = (value: Value): value is ValueList =>
  typeof value === "object" && value !== null && "items" in value && Array.isArray(value.items);
export const isValueMap = (value: Value): value is ValueMap => value instanceof Map;
export const isHost = (value: Value): value is HostObject =>
  typeof value === "object" && value !== null && !isList(value) && !isValueMap(value);

export const listOf = (items: Value[], isJson = false): ValueList => ({ items, isJson });

/** Lists and maps within one another. */
export const DEEPEST_NESTING = 500;

/**
 * Parsed JSON as a value.
 *
 * @throws MappingTemplateError for JSON that is nested too deeply
 */
export function fromJson(json: unknown, depth = 0): Value {
  if (typeof json !== "object" || json === null) return json as string | number | boolean | null;
  if (depth > DEEPEST_NESTING) throw new MappingTemplateError(`JSON is nested more than ${DEEPEST_NESTING} deep`);
  if (Array.isArray(json))
    return listOf(
      json.map((each) => fromJson(each, depth + 1)),
      true,
    );
  return new Map(Object.entries(json).map(([name, each]) => [name, fromJson(each, depth + 1)]));
}

/** A value as JSON; what has no JSON is null. */
export function toJson(value: Value): unknown {
  if (isList(value)) return value.items.map(toJson);
  // Not Object.fromEntries alone: "__proto__" must become a name like any other, which it does as an own property.
  if (isValueMap(value)) return Object.fromEntries([...value].map(([name, each]) => [name, toJson(each)]));
  return isHost(value) || value === undefined ? null : value;
}

/** A value as a template prints it: as Java does, but for lists from JSON. What does not exist is empty. */
export function print(value: Value): string {
  if (value === undefined || value === null) return "";
  if (isList(value))
    return value.isJson ? JSON.stringify(toJson(value)) : `[${value.items.map(printNested).join(", ")}]`;
  if (isValueMap(value)) return `{${[...value].map(([name, each]) => `${name}=${printNested(each)}`).join(", ")}}`;
  return isHost(value) ? "" : String(value);
}

const printNested = (value: Value): string => (value === undefined || value === null ? "null" : print(value));

/** What `#if` takes a value for. */
export function isTrue(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return value !== "";
  if (typeof value === "number") return value !== 0;
  if (isList(value)) return value.items.length > 0;
  if (isValueMap(value)) return value.size > 0;
  return isHost(value);
}
