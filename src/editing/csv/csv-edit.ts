import { isColumn } from "../../catalog/csv-columns";
import type { CsvOptions } from "../../catalog/csv-options";
import type { FieldColumn } from "../../catalog/csv-row";
import { show } from "../../text/show";
import { isObject } from "../../vocabulary/objects";
import { EditProblem, type FieldChange, type SubscriptionEdit } from "../field-change";
import { cellText, type RowSpan } from "./csv-cells";
import { type CsvSheet, readSheet, rowAt } from "./csv-sheet";

/** A field of a subscription, as a cell says it; `undefined` for an empty cell. */
interface CellChange {
  readonly field: string;
  readonly value: string | boolean | undefined;
  readonly sameAs?: boolean | undefined;
}

/**
 * The text of a CSV file after an edit of one subscription; all other cells stay as they are. A column that is missing is added
 * at the end of each row.
 *
 * @param line on which the row of the subscription begins; 0 for a new one
 * @throws EditProblem for what cannot be said in a cell, or in a column of this file
 */
export function editedCsv(
  text: string,
  file: string,
  line: number,
  edit: SubscriptionEdit,
  options: CsvOptions | undefined,
): string {
  const changes = cellChanges(edit, file, line);
  let sheet = readSheet(text, file, options);
  for (const { field, value } of changes)
    if (value !== undefined && !sheet.fields.some((each) => each.field === field))
      sheet = readSheet(withColumn(sheet, field, file), file, options);
  const place = `${file}:${line}`;
  if (edit.kind === "add") return withRow(sheet, changes, file);
  const row = rowAt(sheet, line);
  if (!row) throw new EditProblem(`${place}: has no subscription that could be edited`);
  if (edit.kind === "remove") return withoutRow(sheet, row);
  const pieces = withWholeMaps(changes, edit, sheet).flatMap((change) => {
    const column = sheet.fields.find(({ field }) => field === change.field);
    const cell = column && row.cells[column.position];
    if (!column || !cell) return [];
    const written = writtenAs(column, change, place);
    return written === cell.text ? [] : [{ ...cell, text: cellText(written, sheet.separator, cell.isQuoted) }];
  });
  return pieces
    .sort((a, b) => b.start - a.start)
    .reduce((changed, { start, end, text: piece }) => changed.slice(0, start) + piece + changed.slice(end), sheet.text);
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

function withRow(sheet: CsvSheet, changes: readonly CellChange[], file: string): string {
  const { head, rows, fields, separator, text } = sheet;
  const cells = head.cells.map((_, position) => {
    const column = fields.find((each) => each.position === position);
    const change = changes.find(({ field }) => field === column?.field);
    return column && change ? cellText(writtenAs(column, change, file), separator) : "";
  });
  const last = rows.at(-1) ?? head;
  const eol = text.slice(head.end, head.next) || "\n";
  const row = cells.join(separator);
  return last.next > last.end
    ? text.slice(0, last.next) + row + text.slice(last.end, last.next) + text.slice(last.next)
    : text + eol + row;
}

function withoutRow({ text }: CsvSheet, { start, end, next }: RowSpan): string {
  if (next > end) return text.slice(0, start) + text.slice(next);
  // The last line has no break, and so has the one that is the last afterwards.
  return text.slice(0, start).replace(/(?:\r\n|\n|\r)$/, "") + text.slice(next);
}
