import type { DocumentNode } from "../../document/document";
import { isObject } from "../../vocabulary/objects";
import type { Remarks } from "../remarks";
import { ANYTHING, isExact, type Schema, type Translated, type Translation } from "./translated";

export function propertiesOf({ remarks, translate }: Translation, node: DocumentNode): Translated {
  const properties = node.child("properties")?.followed();
  const patterns = node.child("patternProperties")?.followed();
  const others = node.child("additionalProperties");
  const parts: Translated[] = [];
  const all = (map: DocumentNode) =>
    Object.fromEntries(
      map.children().map((each) => {
        const translated = translate(each);
        parts.push(translated);
        return [each.name, translated.schema];
      }),
    );
  const schema: Schema = {};
  if (properties) schema.properties = all(properties);
  if (patterns) schema.patternProperties = all(patterns);
  if (others) {
    if (typeof others.value === "boolean") schema.additionalProperties = others.value;
    else {
      const translated = translate(others);
      parts.push(translated);
      schema.additionalProperties = translated.schema;
    }
  }
  const required = requiredOf(remarks, node, properties);
  return {
    schema: { ...schema, ...required.schema },
    exact: required.exact && parts.every(isExact),
  };
}

/** What is read-only is never sent, even if it is required: that concerns answers. */
function requiredOf(remarks: Remarks, node: DocumentNode, properties: DocumentNode | undefined): Translated {
  const written = node.child("required");
  if (!written) return ANYTHING;
  if (!Array.isArray(written.value) || !written.value.every((name) => typeof name === "string")) {
    remarks.error(written, 'must be a list of the names of properties that are required, such as ["name"]');
    return ANYTHING;
  }
  const names = [...new Set<string>(written.value)];
  const sent = names.filter((name) => {
    const property = properties?.child(name)?.followed().value;
    return !(isObject(property) && property.readOnly === true);
  });
  return { schema: sent.length > 0 ? { required: sent } : {}, exact: sent.length === names.length };
}
