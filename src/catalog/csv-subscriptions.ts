import type { CsvError } from "csv-parse/sync";
import { error, type Finding } from "../text/finding";
import { show } from "../text/show";
import { csvColumns, isColumn } from "./csv-columns";
import { type FileEntry, SubscriptionFile, subscriptionAt } from "./file-entry";

// Loaded with the first file of its kind: a catalog without data files does not need it.
const csvParser = () => require("csv-parse/sync") as typeof import("csv-parse/sync");

const CSV_REASONS: ReadonlyMap<string, string> = new Map([
  ["CSV_QUOTE_NOT_CLOSED", "a quote is not closed"],
  ["CSV_MAX_RECORD_SIZE", "a row is too long"],
]);

/** Reads rows with a column for each field; the first names the columns. */
export function readCsv(text: string, file: string): SubscriptionFile {
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
      [error(`${file}:${lines ?? 1}`, `is not well formed CSV: ${reason}; fix it there`)],
    );
  }
  const [head, ...body] = rows;
  if (!head)
    return new SubscriptionFile(file, [], [error(`${file}:1`, "is empty; its first line must name the columns")]);
  const columns = head.record;
  const { names, maps, required } = csvColumns();
  const known = [...names, ...maps.map((map) => `${map}.<name>`)];
  const findings: Finding[] = [];
  for (const [position, column] of columns.entries()) {
    if (columns.indexOf(column) < position)
      findings.push(error(`${file}:1`, `has the column ${show(column)} twice; drop one`));
    else if (!isColumn(column))
      findings.push(
        error(`${file}:1`, `has the unknown column ${show(column)}; ${hintOf(column)}columns are ${known.join(", ")}`),
      );
  }
  for (const column of required)
    if (!columns.includes(column)) findings.push(error(`${file}:1`, `has no column "${column}"; add it`));

  // Rows are read without the columns that are unknown, so that their problems are listed too.
  const isComplete = required.every((column) => columns.includes(column));
  const entries: FileEntry[] = [];
  for (const { record, info } of body) {
    const line = info.lines;
    if (record.length !== columns.length) {
      const message = `has ${record.length} cells where the first line names ${columns.length} columns; quote a cell that holds a comma`;
      findings.push(error(`${file}:${line}`, message));
      continue;
    }
    const { id, ...written } = rowToSubscription(columns, record);
    if (!isComplete) continue;
    if (typeof id !== "string") findings.push(error(`${file}:${line}`, "has no id; give it one"));
    else entries.push({ id, written, place: () => subscriptionAt(file, line, id) });
  }
  return new SubscriptionFile(file, entries, findings);
}

function rowToSubscription(columns: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [position, column] of columns.entries()) {
    const cell = cells[position];
    if (!cell || !isColumn(column)) continue;
    const [field = "", ...name] = column.split(".");
    if (name.length > 0) row[field] = { ...(row[field] as object), [name.join(".")]: cell };
    else row[field] = csvColumns().booleans.includes(field) ? (FLAGS.get(cell.toLowerCase()) ?? cell) : cell;
  }
  return row;
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

/** What is often behind a column that nobody knows. */
function hintOf(column: string): string {
  if (column.includes(";")) return "separate cells by commas, not semicolons; ";
  const exact = csvColumns().names.find((field) => field.toLowerCase() === column.toLowerCase());
  return exact === undefined ? "" : `did you mean "${exact}"? `;
}
