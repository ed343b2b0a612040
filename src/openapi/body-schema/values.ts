import type { DocumentNode } from "../../document/document";
import { type JsonSchema, problemsOfJsonSchema } from "../../vocabulary/json-schema";
import type { Remarks } from "../remarks";
import { ANYTHING, type Schema, type Translated } from "./translated";

/** Words with their values, if AWS takes them; otherwise they are wrong in any dialect. */
export function checked(remarks: Remarks, node: DocumentNode, words: JsonSchema): Translated {
  const problems = problemsOfJsonSchema(words);
  const [word = ""] = Object.keys(words);
  for (const problem of problems) remarks.error(node.child(word) ?? node, problem);
  return problems.length === 0 ? { schema: words, exact: true } : ANYTHING;
}

export function typeOf(remarks: Remarks, node: DocumentNode, { type }: Readonly<Record<string, unknown>>): Translated {
  return type === undefined ? ANYTHING : checked(remarks, node, { type: type as JsonSchema["type"] & {} });
}

export function valuesOf(remarks: Remarks, node: DocumentNode, value: Readonly<Record<string, unknown>>): Translated {
  if ("const" in value) return { schema: { enum: [value.const] }, exact: !("enum" in value) };
  if (!("enum" in value)) return ANYTHING;
  const all = value.enum;
  const different = Array.isArray(all) ? [...new Map(all.map((each) => [JSON.stringify(each), each])).values()] : all;
  return checked(remarks, node, { enum: different as readonly unknown[] });
}

/** Draft 4 has `exclusiveMinimum: true` beside a minimum, as 3.0 has; 3.1 has a number. */
export function limitsOf(remarks: Remarks, node: DocumentNode, value: Readonly<Record<string, unknown>>): Translated {
  const whole = value.type === "integer";
  const schema: Schema = {};
  for (const [limit, exclusive, sign] of [
    ["minimum", "exclusiveMinimum", 1],
    ["maximum", "exclusiveMaximum", -1],
  ] as const) {
    const { [limit]: included, [exclusive]: excluded } = value;
    for (const [word, each] of Object.entries({ [limit]: included, [exclusive]: excluded }))
      if (each !== undefined && typeof each !== "number" && (word === limit || typeof each !== "boolean"))
        remarks.error(node.child(word) ?? node, `${word} must be a number`);
    const bound = typeof included === "number" ? included : undefined;
    const open = excluded === true ? bound : typeof excluded === "number" ? excluded : undefined;
    // The narrower of the two.
    if (open === undefined || (excluded !== true && bound !== undefined && sign * bound > sign * open)) {
      if (bound !== undefined) schema[limit] = bound;
    } else if (whole) schema[limit] = sign * (Math.floor(sign * open) + 1);
    else Object.assign(schema, { [limit]: open, [exclusive]: true });
  }
  return { schema, exact: true };
}
