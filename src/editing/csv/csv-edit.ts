import { isColumn } from "../../catalog/csv-columns";
import type { CsvOptions } from "../../catalog/csv-options";
import type { FieldColumn } from "../../catalog/csv-row";
import { show } from "../../text/show";
import { isObject } from "../../vocabulary/objects";
import { EditProblem, type FieldChange, type SubscriptionEdit } from "../field-change";
import { cellText, type RowSpan } from "./csv-cells";
import { type CsvSheet, readSheet } from "./csv-sheet";

/** A field of a subscription, as a cell says it; `undefined` for an empty cell. */
interface CellChange {
  readonly field: string;
  readonly value: string | boolean | undefined;
  readonly sameAs?: boolean | undefined;
}

/** An edit, and the line on which the row of its subscription begins; 0 for a new one. */
export interface RowEdit {
  readonly line: number;
  readonly edit: SubscriptionEdit;
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text of a CSV file after edits of different subscriptions; all other cells stay as they are. A column that is missing is
 * added at the end of each row.
 *
 * @throws EditProblem for what cannot be said in a cell, or in a column of this file
 */
export function editedCsv(
  text: string,
  file: string,
  edits: readonly RowEdit[],
  options: CsvOptions | undefined,
): string {
  const rows = edits.map(({ line, edit }) => ({ line, edit, changes: cellChanges(edit, file, line) }));
  let sheet = readSheet(text, file, options);
  for (const { field, value } of rows.flatMap(({ changes }) => changes))
    if (value !== undefined && !sheet.fields.some((each) => each.field === field))
      sheet = readSheet(withColumn(sheet, field, file), file, options);
  const byLine = new Map(sheet.rows.map((row) => [row.line, row]));
  const splices = rows.flatMap(({ line, edit, changes }): Splice[] => {
    if (edit.kind === "add") return [newRow(sheet, changes, file)];
    const row = byLine.get(line);
    if (!row) throw new EditProblem(`${file}:${line}: has no subscription that could be edited`);
    if (edit.kind === "remove") return [rowWithBreak(sheet.text, row)];
    return cellSplices(sheet, row, withWholeMaps(changes, edit, sheet), `${file}:${line}`);
  });
  return splices
    .sort((a, b) => b.start - a.start)
    .reduce((changed, { start, end, text: piece }) => changed.slice(0, start) + piece + changed.slice(end), sheet.text);
}

function cellSplices(sheet: CsvSheet, row: RowSpan, changes: readonly CellChange[], place: string): Splice[] {
  return changes.flatMap((change) => {
    const column = sheet.fields.find(({ field }) => field === change.field);
    const cell = column && row.cells[column.position];
    if (!column || !cell) return [];
    const written = writtenAs(column, change, place);
    return written === cell.text ? [] : [{ ...cell, text: cellText(written, sheet.separator, cell.isQuoted) }];
  });
}

/** What is written instead of a map, or removed, leaves nothing of it in the cells of other entries. */
function withWholeMaps(changes: readonly CellChange[], edit: SubscriptionEdit, { fields }: CsvSheet): CellChange[] {
  const maps = "changes" in edit ? edit.changes.map(({ path }) => `${path.join(".")}.`) : [];
  const emptied = fields
    .filter(({ field }) => maps.some((map) => field.startsWith(map)) && !changes.some((each) => each.field === field))
    .map(({ field }) => ({ field, value: undefined }));
  return [...changes, ...emptied];
}

function cellChanges(edit: SubscriptionEdit, file: string, line: number): CellChange[] {
  if (edit.kind === "remove") return [];
  const id = edit.kind === "add" ? edit.id : edit.kind === "rename" ? edit.to : undefined;
  const changes: readonly FieldChange[] =
    edit.kind === "add"
      ? Object.entries(edit.fields).map(([name, value]) => ({ kind: "set", path: [name], value }))
      : edit.changes;
  const cells = changes.flatMap((change): CellChange[] => {
    const field = change.path.join(".");
    if (change.kind === "set") return cellsOf(field, change.value, `${file}:${line}`);
    return [{ field, value: undefined, sameAs: change.sameAs }];
  });
  const all: CellChange[] = [...(id === undefined ? [] : [{ field: "id", value: id }]), ...cells];
  // Of several changes of one cell, the last holds.
  return [...new Map(all.map((each) => [each.field, each])).values()];
}

/** A map has a column for each of its entries. */
function cellsOf(field: string, value: unknown, place: string): CellChange[] {
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([name, each]) => cellsOf(`${field}.${name}`, each, place));
  if ((typeof value === "string" && value !== "") || typeof value === "boolean") return [{ field, value }];
  throw new EditProblem(
    `${place}: ${field} = ${show(value)} cannot stand in a cell; move the subscription to a YAML or JSON file, or into the catalog`,
  );
}

/** What the column's cells say for a value. */
function writtenAs({ field, column, values, slug }: FieldColumn, { value, sameAs }: CellChange, place: string): string {
  if (slug === true)
    throw new EditProblem(
      `${place}: its id is made of the text in column ${show(column)}; write the id that it shall have into columns.id.values`,
    );
  if (values === undefined) return value === undefined ? "" : String(value);
  const meant = value ?? sameAs;
  if (meant === undefined) return "";
  const texts = Object.keys(values).filter((each) => values[each] === meant);
  const [only, ...others] = texts;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined && value === undefined) return "";
  throw new EditProblem(
    only === undefined
      ? `${place}: no text of column ${show(column)} means ${show(meant)}; add one to columns.${field}.values`
      : `${place}: several texts of column ${show(column)} mean ${show(meant)} (${texts.map(show).join(", ")}); write the right one there by hand`,
  );
}

function withColumn(sheet: CsvSheet, field: string, file: string): string {
  const { head, rows, layout, separator, text } = sheet;
  const { column } = layout.columns.get(field) ?? { column: field };
  const byHand = "move the subscription to a YAML or JSON file, or into the catalog";
  if (!isColumn(field)) throw new EditProblem(`${file}: a CSV file has no column for ${field}; ${byHand}`);
  if (head.cells.some((cell) => cell.text === column))
    throw new EditProblem(
      `${file}: its column ${show(column)} is that of another field, so none can be added for ${field}; name one in columns`,
    );
  const position = head.cells.length;
  const pieces = [head, ...rows].map((row) => {
    const cell = row.cells[position];
    // Some rows end with separators to spare.
    if (cell) return { at: cell.start, text: "" };
    return { at: row.end, text: separator + (row === head ? cellText(column, separator) : "") };
  });
  return pieces.reverse().reduce((all, { at, text: piece }) => all.slice(0, at) + piece + all.slice(at), text);
}

function newRow(sheet: CsvSheet, changes: readonly CellChange[], file: string): Splice {
  const { head, rows, fields, separator, text } = sheet;
  const cells = head.cells.map((_, position) => {
    const column = fields.find((each) => each.position === position);
    const change = changes.find(({ field }) => field === column?.field);
    return column && change ? cellText(writtenAs(column, change, file), separator) : "";
  });
  const last = rows.at(-1) ?? head;
  const row = cells.join(separator);
  if (last.next > last.end) return { start: last.next, end: last.next, text: row + text.slice(last.end, last.next) };
  return { start: text.length, end: text.length, text: (text.slice(head.end, head.next) || "\n") + row };
}

/** The last line has no break, and so has the one that is the last afterwards. */
function rowWithBreak(text: string, { start, end, next }: RowSpan): Splice {
  if (next > end) return { start, end: next, text: "" };
  const [before = ""] = /(?:\r\n|\n|\r)$/.exec(text.slice(0, start)) ?? [];
  return { start: start - before.length, end: next, text: "" };
}
