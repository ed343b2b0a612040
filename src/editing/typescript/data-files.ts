import type { CsvOptions } from "../../catalog/csv-options";
import { isObject } from "../../vocabulary/objects";
import type { CatalogSource } from "./catalog-source";
import type { Written } from "./typescript-source";

/** A data file that a catalog names. */
export interface DataFile {
  /** Relative to the folder in which the program runs, or absolute. */
  readonly path: string;
  /** How its columns are called, of a file that is read with `subscriptionsFromCsv`. */
  readonly options: CsvOptions | undefined;
}

/** The data files of a catalog, and what stands in their place that only a run of the program could tell. */
export function dataFilesIn(source: CatalogSource): {
  readonly files: readonly DataFile[];
  readonly computed: readonly Written[];
} {
  const list = source.entry(["subscriptionFiles"]);
  const files: DataFile[] = [];
  const computed: Written[] = [];
  for (const each of list ? source.elementsOf(list.value) : []) {
    const file = dataFile(source, each);
    if (file) files.push(file);
    else computed.push(each);
  }
  return { files, computed };
}

function dataFile(source: CatalogSource, written: Written): DataFile | undefined {
  const call = source.callOf(written);
  const [first, second] = call?.args ?? [];
  const path = first && source.valueOf(first);
  if (typeof path !== "string") return undefined;
  if (call?.name === "subscriptionsFromFile") return { path, options: undefined };
  const options = second && source.valueOf(second);
  return call?.name === "subscriptionsFromCsv" && isObject(options)
    ? { path, options: options as CsvOptions }
    : undefined;
}
