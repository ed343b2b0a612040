import { DEFAULT_DESCRIPTION } from "../contract/defaults";
import { isObject } from "../vocabulary/objects";
import { isKnown, type TerraformResource } from "./terraform-resource";

/** Attributes come as people write them (`"true"`, a block as a map) and as Terraform shows them (`true`, as a list). */

export const stringOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "";

export const booleanOf = (value: unknown): boolean => value === true || value === "true";

/** `undefined` for what is none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** The texts of a map; what is no text is left out. */
export function stringsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([name, each]): [string, string][] => {
      const isScalar = typeof each === "string" || typeof each === "number" || typeof each === "boolean";
      return isScalar ? [[name, stringOf(each)]] : [];
    }),
  );
}

/** The blocks of one name. */
export const blocksOf = (value: unknown): Readonly<Record<string, unknown>>[] =>
  (Array.isArray(value) ? value : [value]).filter(isObject);

/** The only block of a name; an empty one where there is none. */
export const blockOf = (value: unknown): Readonly<Record<string, unknown>> => blocksOf(value)[0] ?? {};

/** What a resource is said to be; empty where that is not known. */
export function descriptionOf({ attributes }: TerraformResource): string {
  const about = stringOf(attributes.description);
  return about === DEFAULT_DESCRIPTION || !isKnown(about) ? "" : about;
}
