import { enumerate, error, type Finding } from "../text/finding";
import { looksLikeAKey } from "../text/like-a-key";
import { show } from "../text/show";
import { csvColumns, isColumn } from "./csv-columns";
import { type CsvLayout, type CsvOptions, csvLayout, nearestColumn } from "./csv-options";
import { CsvRowReader, type FieldColumn } from "./csv-row";
import { type CsvTable, readTable } from "./csv-table";
import { type FileEntry, SubscriptionFile } from "./file-entry";

/** Reads rows with a column for each field; the first line names the columns. */
export function readCsv(text: string, file: string, options: CsvOptions = {}): SubscriptionFile {
  const layout = csvLayout(file, options);
  const { required } = csvColumns();
  const columnOf = (field: string) => layout.columns.get(field)?.column ?? field;
  const table = readTable(text, file, required.map(columnOf));
  if ("severity" in table) return new SubscriptionFile(file, [], [...layout.findings, table]);
  if (holdsKeyValues(table)) return new SubscriptionFile(file, [], [error(file, KEY_VALUES)]);
  const fields = fieldsIn(table, layout);
  const findings = [...layout.findings, ...problemsOfHead(table, layout, fields, file)];
  // Rows are read without the columns that are unknown, so that their problems are listed too.
  const isComplete = required.every((field) => fields.some((each) => each.field === field));
  const reader = new CsvRowReader(file, fields);
  const entries: FileEntry[] = [];
  for (const row of table.rows) {
    const surplus = row.cells.slice(table.columns.length);
    if (row.cells.length < table.columns.length || surplus.some((cell) => cell !== "")) {
      const message = `has ${row.cells.length} cells where the first line names ${table.columns.length} columns; quote a cell that holds a separator`;
      findings.push(error(`${file}:${row.line}`, message));
      continue;
    }
    const entry = isComplete ? reader.read(row) : undefined;
    if (entry) entries.push(entry);
  }
  return new SubscriptionFile(file, entries, [...findings, ...reader.findings]);
}

/**
 * The fields that stand in the file. A column that `columns` gives to a field is that field's alone; another that is called
 * as a field is that field, unless `columns` says where the field stands.
 */
export function fieldsIn({ columns }: CsvTable, layout: CsvLayout): FieldColumn[] {
  const given = [...layout.columns].map(([field, column]) => ({ ...column, field }));
  const taken = new Set(given.map(({ column }) => column));
  const named = columns
    .filter((column) => isColumn(column) && !layout.columns.has(column) && !taken.has(column))
    .map((column) => ({ field: column, column }));
  return [...given, ...named].flatMap((each) => {
    const position = columns.indexOf(each.column);
    return position < 0 ? [] : [{ ...each, position }];
  });
}

function problemsOfHead(
  { line, columns, rows }: CsvTable,
  { columns: given, ignoresOthers }: CsvLayout,
  fields: readonly FieldColumn[],
  file: string,
): Finding[] {
  const findings: Finding[] = [];
  const refuse = (message: string) => findings.push(error(`${file}:${line}`, message));
  const isRead = (column: string) => fields.some((field) => field.column === column);
  const unknown: string[] = [];
  for (const [position, column] of columns.entries()) {
    if (column === "") {
      const isEmpty = rows.every(({ cells }) => (cells[position] ?? "") === "");
      if (!isEmpty && !ignoresOthers) refuse(`has no name for its column ${position + 1}; name it, or empty it`);
    } else if (columns.indexOf(column) < position) {
      if (isRead(column) || !ignoresOthers) refuse(`has the column ${show(column)} twice; drop one`);
    } else if (!isRead(column) && !ignoresOthers) unknown.push(column);
  }
  const meant = unknown.flatMap((column) => {
    const nearest = nearestColumn(
      column,
      csvColumns().names.filter((name) => !isRead(name) && !given.has(name)),
    );
    return nearest === undefined ? [] : [[column, nearest] as const];
  });
  for (const [column, nearest] of meant) refuse(`has the unknown column ${show(column)}; did you mean "${nearest}"?`);
  const others = unknown.filter((column) => !meant.some(([known]) => known === column));
  if (others.length > 0) refuse(problemOfOthers(others));
  for (const [field, { column }] of given)
    if (!columns.includes(column)) {
      const nearest = nearestColumn(
        column,
        columns.filter((each) => each !== "" && !isRead(each)),
      );
      refuse(
        `has no column ${show(column)}, which columns.${field} names; ${nearest === undefined ? `it has ${enumerate(columns)}` : `did you mean "${nearest}"?`}`,
      );
    }
  for (const field of csvColumns().required)
    if (!given.has(field) && !columns.includes(field))
      refuse(`has no column "${field}"; add it, or say in columns which one it is`);
  return findings;
}

function problemOfOthers(others: readonly string[]): string {
  const { names, maps } = csvColumns();
  const known = [...names, ...maps.map((map) => `${map}.<name>`)].join(", ");
  const which =
    others.length === 1
      ? `column ${show(others[0])}`
      : `columns ${others.slice(0, 12).map(show).join(", ")}${others.length > 12 ? ` and ${others.length - 12} more` : ""}`;
  return `has the unknown ${which}; columns are ${known}; map others in columns, or say otherColumns: "ignore"`;
}

const KEY_VALUES =
  'holds values of API keys in its column "key", as AWS\'s import format does; keep it out of the repository, and let ' +
  '"api-tiers split-keys" make a data file without values of it';

/** Whether a file is in the format of ImportApiKeys, whose values belong in no catalog. */
function holdsKeyValues({ columns, rows }: CsvTable): boolean {
  const lower = columns.map((column) => column.toLowerCase());
  const position = lower.indexOf("key");
  return position >= 0 && lower.includes("name") && rows.some(({ cells }) => looksLikeAKey(cells[position] ?? ""));
}
