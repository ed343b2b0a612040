import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { extname, relative } from "node:path";
import type { CsvError } from "csv-parse/sync";
import { z } from "zod";
import { error, type Finding, warning } from "../text/finding";
import { byName } from "../text/order";
import { show } from "../text/show";
import type { Place } from "../vocabulary/read-entry";
import { subscriptionSchema } from "../vocabulary/subscription";

// Loaded with the first file of their kind: a catalog without data files needs neither.
const csvParser = () => require("csv-parse/sync") as typeof import("csv-parse/sync");
const yaml = () => require("yaml") as typeof import("yaml");

/** A subscription as it stands in a data file, not yet checked. */
export interface FileEntry {
  readonly id: string;
  readonly written: unknown;
  readonly place: Place;
}

/** Subscriptions that were read from a data file. Give it to `defineCatalog`, which checks and reports them. */
export class SubscriptionFile {
  constructor(
    /** The file's name, as messages show it. */
    readonly file: string,
    readonly entries: readonly FileEntry[],
    /** What kept entries, or the whole file, from being read. */
    readonly findings: readonly Finding[],
  ) {}
}

const FORMATS = { ".csv": readCsv, ".json": readJson, ".yaml": readYaml, ".yml": readYaml } as const;

/**
 * Reads subscriptions from a file: `.yaml` or `.json` with a map from ids to subscriptions, or `.csv` with a column for
 * each field (`id,tier,customer,enabled,tags.team,…`). What is wrong with it is reported by `defineCatalog`, with file
 * and line, together with all other problems of the catalog.
 *
 * @param path relative to the folder in which the program runs
 */
export function subscriptionsFromFile(path: string): SubscriptionFile {
  const file = relative(process.cwd(), path).split("\\").join("/");
  const format = FORMATS[extname(path).toLowerCase() as keyof typeof FORMATS];
  if (!format)
    return new SubscriptionFile(file, [], [error(file, `is no data file; use ${Object.keys(FORMATS).join(", ")}`)]);
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

const subscriptionAt = (file: string, line: number, id: string) => `${file}:${line}: subscription "${id}"`;

function readYaml(text: string, file: string): SubscriptionFile {
  const { isNode, isScalar, isMap: isYamlMap, LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const lineAt = (node: unknown, otherwise: number) =>
    isNode(node) && node.range ? lines.linePos(node.range[0]).line : otherwise;
  const findings = document.errors.map((problem) =>
    error(
      `${file}:${problem.linePos?.[0].line ?? 1}`,
      problem.code === "DUPLICATE_KEY"
        ? "repeats a name of this map; each subscription and each field stands once, so drop one"
        : `is not well formed: ${(problem.message.split("\n")[0] as string).replace(/ at line \d+.*$/, "")}; mend it there`,
    ),
  );
  // The text of a file that cannot be parsed is not trusted in part either.
  if (document.errors.some((problem) => problem.code !== "DUPLICATE_KEY"))
    return new SubscriptionFile(file, [], findings);
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return new SubscriptionFile(file, [], findings);
  if (!isYamlMap(root)) {
    findings.push(error(`${file}:1`, "must be a map from subscription ids to subscriptions"));
    return new SubscriptionFile(file, [], findings);
  }
  const entries: FileEntry[] = [];
  const seen = new Set<string>();
  for (const { key, value } of root.items) {
    // `007` is an id, not the number 7.
    const id = isScalar(key) ? String(key.source ?? key.value) : String(key);
    // The parser has reported a second entry of the same name.
    if (id === "$schema" || seen.has(id)) continue;
    seen.add(id);
    const entryLine = lineAt(key, 1);
    let written: unknown = value;
    try {
      if (isNode(value)) written = value.toJS(document);
    } catch {
      findings.push(
        error(`${file}:${entryLine}`, "refers to an anchor (*name) that is not there, or to too many; write it out"),
      );
      continue;
    }
    entries.push({
      id,
      written,
      place: (path) => {
        const field = isYamlMap(value) && path.length > 0 ? value.getIn(path, true) : undefined;
        return subscriptionAt(file, lineAt(field, entryLine), id);
      },
    });
  }
  return new SubscriptionFile(file, entries, findings);
}

/** JSON is YAML, whose parser knows lines and finds repeated names; but what is not JSON must not pass for it. */
function readJson(text: string, file: string): SubscriptionFile {
  try {
    JSON.parse(text);
  } catch (cause) {
    // Node's message quotes what stands there, which may be a key.
    const position = /position (\d+)/.exec((cause as SyntaxError).message)?.[1];
    const line = position ? text.slice(0, Number(position)).split("\n").length : text.split("\n").length;
    return new SubscriptionFile(
      file,
      [],
      [
        error(
          `${file}:${line}`,
          "is not well formed JSON: a comma, quote or bracket is missing or too many; mend it there",
        ),
      ],
    );
  }
  return readYaml(text, file);
}

/** Columns of a CSV file: plain fields by name, and maps with a dot (`tags.team`). */
const CSV_FIELDS = [
  "id",
  "tier",
  "customer",
  "keyName",
  "enabled",
  "marketplaceCustomerId",
  "keyValue.variable",
  "formerId",
  "cohort",
  "handOver",
];
const CSV_REASONS: ReadonlyMap<string, string> = new Map([
  ["CSV_QUOTE_NOT_CLOSED", "a quote is not closed"],
  ["CSV_MAX_RECORD_SIZE", "a row is too long"],
]);
const CSV_MAPS = /^(tags|additionalTiers)\..+$/;

function readCsv(text: string, file: string): SubscriptionFile {
  let rows: { readonly record: string[]; readonly info: { readonly lines: number } }[];
  try {
    rows = csvParser().parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as never;
  } catch (cause) {
    const { code, lines } = cause as CsvError & { readonly lines?: number };
    const reason = CSV_REASONS.get(code) ?? "a quote stands where none belongs";
    return new SubscriptionFile(
      file,
      [],
      [error(`${file}:${lines ?? 1}`, `is not well formed CSV: ${reason}; mend it there`)],
    );
  }
  const [head, ...body] = rows;
  if (!head)
    return new SubscriptionFile(file, [], [error(`${file}:1`, "is empty; its first line must name the columns")]);
  const columns = head.record;
  const known = (column: string) => CSV_FIELDS.includes(column) || CSV_MAPS.test(column);
  const findings: Finding[] = [];
  for (const [position, column] of columns.entries()) {
    if (columns.indexOf(column) < position)
      findings.push(error(`${file}:1`, `has the column ${show(column)} twice; drop one`));
    else if (!known(column))
      findings.push(
        error(
          `${file}:1`,
          `has the unknown column ${show(column)}; ${hintOf(column)}columns are ${CSV_FIELDS.join(", ")}, tags.<name>, additionalTiers.<name>`,
        ),
      );
  }
  for (const column of ["id", "tier"])
    if (!columns.includes(column)) findings.push(error(`${file}:1`, `has no column "${column}"; add it`));

  // Rows are read without the columns that are unknown, so that their problems are listed too.
  const isComplete = ["id", "tier"].every((column) => columns.includes(column));
  const entries: FileEntry[] = [];
  for (const { record, info } of body) {
    const line = info.lines;
    if (record.length !== columns.length) {
      const message = `has ${record.length} cells where the first line names ${columns.length} columns; quote a cell that holds a comma`;
      findings.push(error(`${file}:${line}`, message));
      continue;
    }
    const { id, ...written } = rowToSubscription(columns, record, known);
    if (!isComplete) continue;
    if (typeof id !== "string") findings.push(error(`${file}:${line}`, "has no id; give it one"));
    else entries.push({ id, written, place: () => subscriptionAt(file, line, id) });
  }
  return new SubscriptionFile(file, entries, findings);
}

function rowToSubscription(
  columns: readonly string[],
  cells: readonly string[],
  known: (column: string) => boolean,
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [position, column] of columns.entries()) {
    const cell = cells[position];
    if (!cell || !known(column)) continue;
    const [field = "", ...name] = column.split(".");
    if (name.length > 0) row[field] = { ...(row[field] as object), [name.join(".")]: cell };
    else row[field] = CSV_FLAGS.includes(field) ? (FLAGS.get(cell.toLowerCase()) ?? cell) : cell;
  }
  return row;
}

/** Fields in which `true` and `false` are no texts. */
const CSV_FLAGS = ["enabled", "handOver"];
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

/** What is often behind a column that nobody knows. */
function hintOf(column: string): string {
  if (column.includes(";")) return "separate cells by commas, not semicolons; ";
  const exact = CSV_FIELDS.find((field) => field.toLowerCase() === column.toLowerCase());
  return exact === undefined ? "" : `did you mean "${exact}"? `;
}

/**
 * JSON Schema of a YAML or JSON data file, for completion and checks in an editor.
 *
 * @param names the catalog's own tiers and cohorts, to offer just these
 */
export function subscriptionFileSchema(
  names: { readonly tiers?: readonly string[]; readonly cohorts?: readonly string[] } = {},
): Record<string, unknown> {
  const subscription = z.toJSONSchema(subscriptionSchema, { unrepresentable: "any" });
  delete subscription.$schema;
  const properties = subscription.properties as Record<string, Record<string, unknown>>;
  const offer = (field: string, known: readonly string[] | undefined) => {
    if (known && known.length > 0) properties[field] = { ...properties[field], enum: [...known].sort(byName) };
  };
  offer("tier", names.tiers);
  offer("cohort", names.cohorts);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Subscriptions",
    description: "Customers and the tiers they bought, by subscription id.",
    type: "object",
    properties: { $schema: { type: "string" } },
    additionalProperties: subscription,
  };
}
