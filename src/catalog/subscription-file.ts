import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { extname, relative } from "node:path";
import { error, warning } from "../text/finding";
import type { CsvOptions } from "./csv-options";
import { SubscriptionFile } from "./file-entry";
import { readJson, readYaml } from "./yaml-subscriptions";

// Loaded with the first file of its kind.
const csv = () => require("./csv-subscriptions") as typeof import("./csv-subscriptions");

type Format = (text: string, file: string) => SubscriptionFile;

const FORMATS: Readonly<Record<string, Format>> = {
  ".csv": (text, file) => csv().readCsv(text, file),
  ".json": readJson,
  ".yaml": readYaml,
  ".yml": readYaml,
};

/**
 * Reads subscriptions from a file: `.yaml` or `.json` with a map from ids to subscriptions, or `.csv` with a column for
 * each field (`id,tier,customer,enabled,tags.team,…`). What is wrong with it is reported by `defineCatalog`, with file
 * and line, together with all other problems of the catalog.
 *
 * @param path relative to the folder in which the program runs
 */
export function subscriptionsFromFile(path: string): SubscriptionFile {
  const file = nameOf(path);
  const format = formatOf(path);
  return format ? readFile(path, format) : new SubscriptionFile(file, [], [noDataFile(file)]);
}

/**
 * Reads subscriptions from a CSV file that another system has written, such as a CRM: its columns are called otherwise, and it
 * has others. Cells are separated by commas, semicolons or tabs. What is wrong is reported by `defineCatalog`, with file, line and column.
 *
 * @param path relative to the folder in which the program runs
 */
export function subscriptionsFromCsv(path: string, options: CsvOptions): SubscriptionFile {
  return readFile(path, (text, file) => csv().readCsv(text, file, options));
}

/**
 * Subscriptions of a text, as `subscriptionsFromFile` reads them, or with options, `subscriptionsFromCsv`.
 *
 * @param text without a byte order mark
 * @param file its name, by whose ending the format is known
 */
export function subscriptionsInText(text: string, file: string, options?: CsvOptions): SubscriptionFile {
  const format = options ? (each: string, name: string) => csv().readCsv(each, name, options) : formatOf(file);
  return format ? format(text, file) : new SubscriptionFile(file, [], [noDataFile(file)]);
}

const formatOf = (path: string): Format | undefined => FORMATS[extname(path).toLowerCase()];
const noDataFile = (file: string) => error(file, `is not a data file; use ${Object.keys(FORMATS).join(", ")}`);

const nameOf = (path: string) => relative(process.cwd(), path).split("\\").join("/");

function readFile(path: string, format: Format): SubscriptionFile {
  const file = nameOf(path);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
    return new SubscriptionFile(file, [], [error(file, `${reason}; paths are relative to the project's folder`)]);
  }
  if (!isUtf8(bytes))
    return new SubscriptionFile(file, [], [error(file, "is not UTF-8; save it as UTF-8, or names will be garbled")]);
  const read = format(new TextDecoder().decode(bytes), file);
  if (read.entries.length > 0 || read.findings.length > 0) return read;
  // Its keys would be deleted by the next deploy, so an accident should be seen.
  return new SubscriptionFile(file, [], [warning(file, "holds no subscription; drop the file where that is meant")]);
}
