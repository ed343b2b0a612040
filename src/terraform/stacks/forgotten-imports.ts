import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../catalog/catalog";
import { error, type Finding } from "../../text/finding";
import { type Imports, importsIn, isImportsFileRead } from "../../vocabulary/imports";

/** What stands in each file that `api-tiers adopt` writes, whatever it is called. */
const IMPORTED = /"(?:apiKeyId|usagePlanId|restApiId)"/;

/**
 * Files of imports beside the program that it has not read, although they say of this catalog what is in the account already:
 * the next deploy would create all of that a second time, the keys of customers with it.
 *
 * @param folder in which the program runs, as `importsFromFile` has it
 */
export function forgottenImports(catalog: Catalog, folder: string = process.cwd()): Finding[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json") && !isImportsFileRead(join(folder, file)))
    .flatMap((file) => {
      const text = textOf(join(folder, file));
      const imports = IMPORTED.test(text) ? importsIn(text) : undefined;
      const known = imports && entriesOf(catalog, imports);
      if (!known) return [];
      const message =
        `has the ids in AWS of ${known} of this catalog, but TierStacks is not given it, so the next deploy would create these a ` +
        `second time; write new TierStacks(app, catalog, { imports: importsFromFile("${file}") }). Where all of it is deployed, ` +
        "or belongs to other stacks, write { imports: {} }";
      return [error(file, message)];
    });
}

/** Empty for what cannot be read as a file, such as a folder of that name. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** What of the catalog the imports name, in words; `undefined` for nothing. */
function entriesOf({ subscriptions, tiers, apis }: Catalog, imports: Imports): string | undefined {
  const count = (entries: Readonly<Record<string, unknown>> = {}, all: readonly Named[]) =>
    all.filter(({ id, formerId = id }) => Object.hasOwn(entries, id) || Object.hasOwn(entries, formerId)).length;
  const counts = [
    [count(imports.subscriptions, subscriptions), "subscription"],
    [count(imports.tiers, tiers), "tier"],
    [count(imports.apis, apis), "API"],
  ] as const;
  const found = counts.flatMap(([number, noun]) =>
    number === 0 ? [] : [`${number} ${noun}${number === 1 ? "" : "s"}`],
  );
  return found.length === 0 ? undefined : found.join(", ");
}

interface Named {
  readonly id: string;
  readonly formerId?: string | undefined;
}
