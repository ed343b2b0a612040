import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { CatalogSource } from "../editing/typescript/catalog-source";
import { show } from "../text/show";

/**
 * The catalog in which lines are looked for: the one that is named, or the `catalog.ts` beside cdktf's output folder.
 *
 * @param folder `undefined` where it is not known what the catalog was synthesized into
 * @param named by `--catalog`
 * @throws Error for a file that is named and does not exist
 */
export function catalogSource(folder: string | undefined, named: string | undefined): CatalogSource | undefined {
  if (named !== undefined && !existsSync(named))
    throw new Error(`--catalog ${show(named)} does not exist; name the file that calls defineCatalog`);
  const file = named ?? (folder === undefined ? undefined : join(dirname(folder), "catalog.ts"));
  return file !== undefined && existsSync(file) ? CatalogSource.read(file) : undefined;
}
