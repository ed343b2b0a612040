import type { DocumentNode } from "../../document/document";
import { ANYTHING, allOf, type Translated, type Translation } from "./translated";
import { checked } from "./values";

export function dependenciesOf({ remarks, translate }: Translation, node: DocumentNode): Translated {
  const schemas = (node.child("dependentSchemas")?.children() ?? []).map(
    (each) => [each.name, translate(each)] as const,
  );
  const names = (node.child("dependentRequired")?.children() ?? []).filter(
    ({ value }) => Array.isArray(value) && value.length > 0,
  );
  const parts: Translated[] = [];
  if (schemas.length > 0)
    parts.push({
      schema: { dependencies: Object.fromEntries(schemas.map(([name, { schema }]) => [name, schema])) },
      exact: schemas.every(([, each]) => each.exact),
    });
  for (const each of names)
    parts.push(checked(remarks, node, { dependencies: { [each.name]: [...new Set(each.value as string[])] } }));
  const [only] = parts;
  return parts.length === 0 ? ANYTHING : parts.length === 1 && only ? only : allOf(parts);
}
