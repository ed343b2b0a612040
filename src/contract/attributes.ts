import { isObject } from "../vocabulary/objects";

/** Attributes of a Terraform resource, as they stand in synthesized JSON, a plan or a state. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Attributes come as people write them (`"true"`, a block as a map) and as Terraform shows them (`true`, as a list). */

export const stringOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "";

export const booleanOf = (value: unknown): boolean => value === true || value === "true";

/** Whether it is what Terraform shows where nothing is given: `null`, `false` or something empty. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);

/** `undefined` for what is none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** The strings of a map; what is not a string is left out. */
export function stringsOf(value: unknown): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([name, each]): [string, string][] => {
      const isScalar = typeof each === "string" || typeof each === "number" || typeof each === "boolean";
      return isScalar ? [[name, stringOf(each)]] : [];
    }),
  );
}

/** The strings of a list; what is not a string is left out. */
export const listOfStrings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

/** The blocks of one name. */
export const blocksOf = (value: unknown): Attributes[] => (Array.isArray(value) ? value : [value]).filter(isObject);

/** The only block of a name; an empty one where there is none. */
export const blockOf = (value: unknown): Attributes => blocksOf(value)[0] ?? {};
