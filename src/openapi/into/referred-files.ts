import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { decoded } from "../../document/pointer";
import { entriesOf } from "../../vocabulary/objects";

/**
 * The files that a document refers to, with those that these refer to, as absolute paths; without the root.
 *
 * @param valueIn what stands in a file; `undefined` for one that is neither YAML nor JSON
 */
export function referredFiles(root: string, valueIn: (file: string) => unknown): string[] {
  const found = new Set([root]);
  // What is added while it goes on is visited too.
  for (const file of found)
    for (const target of referencesIn(valueIn(file))) {
      const path = resolve(dirname(file), target);
      if (existsSync(path) && statSync(path).isFile()) found.add(path);
    }
  found.delete(root);
  return [...found];
}

/** Paths of files, as they are written in `$ref` and in the mapping of a discriminator. */
function referencesIn(value: unknown): string[] {
  const found = new Set<string>();
  const look = (each: unknown, name: string) => {
    if (typeof each === "string") {
      const [path = ""] = each.split("#");
      if ((name === "$ref" || name === "mapping") && path !== "" && !/^[a-z][a-z0-9+.-]+:/i.test(path))
        found.add(decoded(path));
    } else if (Array.isArray(each)) for (const item of each) look(item, name);
    else for (const [word, inner] of entriesOf(each)) look(inner, name === "mapping" ? name : word);
  };
  look(value, "");
  return [...found];
}
