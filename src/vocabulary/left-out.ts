import { isDeepStrictEqual } from "node:util";

/** What is written, with the defaults of what is left out; other fields are not taken over. */
export function withDefaults<Entry extends object>(
  written: { readonly [Field in keyof Entry]?: Entry[Field] | undefined },
  defaults: Entry,
): Entry {
  const fields = Object.entries(defaults).map(([field, otherwise]) => [
    field,
    written[field as keyof Entry] ?? otherwise,
  ]);
  return Object.fromEntries(fields) as Entry;
}

/** The reverse: what a person writes, without what is as it would be if it were left out. */
export function withoutDefaults<Entry extends object>(
  entry: Entry,
  defaults: Entry,
): { readonly [Field in keyof Entry]?: Exclude<Entry[Field], undefined> } {
  const fields = Object.entries(defaults).flatMap(([field, otherwise]) => {
    const value = entry[field as keyof Entry];
    return isDeepStrictEqual(value, otherwise) ? [] : [[field, value] as const];
  });
  return Object.fromEntries(fields) as { readonly [Field in keyof Entry]?: Exclude<Entry[Field], undefined> };
}
