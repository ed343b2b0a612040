import { byName } from "./order";

/** JSON that is the same for equal values, in whatever order their fields were written (invariant I2). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => byName(a, b))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(",")}}`;
}

/** JSON without the characters that mean something in a template of API Gateway (`$`, `#`) or of Terraform (`$`, `%`). */
export function literalJson(body: unknown): string {
  return canonicalJson(body).replace(/[$#%]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
