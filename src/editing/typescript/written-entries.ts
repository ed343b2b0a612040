import type ts from "typescript";
import type { CatalogSource, WrittenObject } from "./catalog-source";
import { type EntrySyntax, entrySyntax } from "./object-syntax";
import { type Written, withoutTypes } from "./typescript-source";

/** An entry of the catalog's subscriptions, and the object literal in which it stands. */
export interface SourceSubscription {
  readonly id: string;
  readonly entry: EntrySyntax;
  readonly holder: WrittenObject;
  /** `undefined` for an entry that is computed, or stands for what is written elsewhere. */
  readonly literal: WrittenObject | undefined;
}

/**
 * The subscriptions that a catalog writes out, also in constants and files that it spreads, and what only a run of the program
 * could tell.
 */
export function sourceSubscriptions(source: CatalogSource): {
  readonly entries: readonly SourceSubscription[];
  readonly computed: readonly Written<ts.Node>[];
} {
  const written = source.entry(["subscriptions"]);
  const found = new Map<string, SourceSubscription>();
  const computed: Written<ts.Node>[] = [];
  const add = (object: Written, depth: number): void => {
    const holder = source.objectOf(object);
    if (!holder || depth === 0) {
      computed.push(object);
      return;
    }
    for (const property of holder.literal.properties) {
      const at = { node: property, source: holder.source };
      if (source.typescript.isSpreadAssignment(property))
        add({ node: property.expression, source: holder.source }, depth - 1);
      else {
        const entry = entrySyntax(source.typescript, property);
        if (entry.name === undefined) computed.push(at);
        // What comes later overrides what came before.
        else found.set(entry.name, { id: entry.name, entry, holder, literal: literalOf(source, entry, holder) });
      }
    }
  };
  if (written) add(written.value, DEEPEST);
  return { entries: [...found.values()], computed };
}

/** How many spreads are followed, one in another. */
const DEEPEST = 10;

/** The object that stands right in the entry. One that a name stands for may be that of others too. */
function literalOf(source: CatalogSource, { value }: EntrySyntax, holder: WrittenObject): WrittenObject | undefined {
  const node = value && withoutTypes(source.typescript, value);
  return node && source.typescript.isObjectLiteralExpression(node)
    ? { literal: node, source: holder.source }
    : undefined;
}

/** The fields of an entry that are written out, and the names of those that are not. */
export function fieldsOf(
  source: CatalogSource,
  value: Written | undefined,
  anyField: string,
): { readonly fields: Record<string, unknown>; readonly computed: readonly string[] } {
  const object = value && source.objectOf(value);
  if (!object) return { fields: {}, computed: [anyField] };
  let fields: Record<string, unknown> = {};
  const computed = new Set<string>();
  for (const property of object.literal.properties) {
    if (source.typescript.isSpreadAssignment(property)) {
      const inside = fieldsOf(source, { node: property.expression, source: object.source }, anyField);
      fields = { ...fields, ...inside.fields };
      for (const name of inside.computed) computed.add(name);
      // Before what is known comes what may be replaced.
      for (const name of Object.keys(inside.fields)) if (!inside.computed.includes(name)) computed.delete(name);
      continue;
    }
    const { name, value: expression } = entrySyntax(source.typescript, property);
    if (name === undefined) {
      computed.add(anyField);
      continue;
    }
    const known = expression && source.valueOf({ node: expression, source: object.source });
    delete fields[name];
    computed.delete(name);
    if (known === undefined) computed.add(name);
    else fields[name] = known;
  }
  // A field before what may be anything is not known either.
  return { fields: computed.has(anyField) ? fieldsAfter(source, object, fields) : fields, computed: [...computed] };
}

/** The fields that are written after the last thing that may be any of them. */
function fieldsAfter(
  { typescript }: CatalogSource,
  { literal }: WrittenObject,
  fields: Record<string, unknown>,
): Record<string, unknown> {
  const names = literal.properties.map((property) => entrySyntax(typescript, property).name);
  const known = new Set(names.slice(names.lastIndexOf(undefined) + 1));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => known.has(name)));
}

/** The names at a path of the catalog, in all that is spread there; `undefined` where some of them are computed. */
export function writtenNames(source: CatalogSource, path: readonly string[]): string[] | undefined {
  const written = source.entry(path);
  return written && namesIn(source, written.value, DEEPEST);
}

function namesIn(source: CatalogSource, value: Written, depth: number): string[] | undefined {
  const object = source.objectOf(value);
  if (!object || depth === 0) return undefined;
  const names = object.literal.properties.map((property) => {
    if (source.typescript.isSpreadAssignment(property))
      return namesIn(source, { node: property.expression, source: object.source }, depth - 1);
    const { name } = entrySyntax(source.typescript, property);
    return name === undefined ? undefined : [name];
  });
  return names.every((each) => each !== undefined) ? names.flat() : undefined;
}
