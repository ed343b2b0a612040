import type { DocumentNode } from "../../document/document";
import { ANYTHING, isExact, type Translated, type Translation } from "./translated";

export function combinationsOf({ remarks, translate }: Translation, node: DocumentNode): Translated {
  const parts: Translated[] = [];
  for (const word of ["allOf", "anyOf", "oneOf"] as const) {
    const written = node.child(word);
    if (!written) continue;
    const list = written.children().map((each) => translate(each));
    if (!Array.isArray(written.value) || list.length === 0) {
      remarks.error(written, "must be a list of schemas, at least one");
      continue;
    }
    const exact = list.every(isExact);
    const schemas = list.map((each) => each.schema);
    // If one of them takes more than it should, two may fit where one did.
    parts.push({ schema: { [word === "oneOf" && !exact ? "anyOf" : word]: schemas }, exact });
  }
  const not = node.child("not");
  const refused = not && translate(not);
  if (refused)
    parts.push(refused.exact ? { schema: { not: refused.schema }, exact: true } : { ...ANYTHING, exact: false });
  const words = parts.flatMap(({ schema }) => Object.keys(schema));
  // A oneOf that became an anyOf may stand beside another.
  if (new Set(words).size < words.length) return { schema: { allOf: parts.map(({ schema }) => schema) }, exact: false };
  return { schema: Object.assign({}, ...parts.map(({ schema }) => schema)), exact: parts.every(isExact) };
}
