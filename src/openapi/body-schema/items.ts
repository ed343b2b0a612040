import type { DocumentNode } from "../../document/document";
import { ANYTHING, isExact, type Schema, type Translated, type Translation } from "./translated";

export function itemsOf({ translate }: Translation, node: DocumentNode): Translated {
  const items = node.child("items");
  const first = node.child("prefixItems");
  const translated = items && translate(items);
  if (!first) return translated ? { schema: { items: translated.schema }, exact: translated.exact } : ANYTHING;
  const tuple = first.children().map((each) => translate(each));
  const schema: Schema = { items: tuple.map((each) => each.schema) };
  if (items && translated) schema.additionalItems = items.value === false ? false : translated.schema;
  return { schema, exact: [...tuple, ...(translated ? [translated] : [])].every(isExact) };
}
