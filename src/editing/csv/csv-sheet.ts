import { isDeepStrictEqual } from "node:util";
import { type CsvLayout, type CsvOptions, csvLayout } from "../../catalog/csv-options";
import type { FieldColumn } from "../../catalog/csv-row";
import { fieldsIn } from "../../catalog/csv-subscriptions";
import { readTable } from "../../catalog/csv-table";
import { EditProblem } from "../field-change";
import { type RowSpan, rowsOf } from "./csv-cells";

/** A CSV file as it is read, with the place of each cell. */
export interface CsvSheet {
  readonly text: string;
  readonly separator: string;
  readonly head: RowSpan;
  /** Rows that are read; those of nothing are left out. */
  readonly rows: readonly RowSpan[];
  readonly fields: readonly FieldColumn[];
  readonly layout: CsvLayout;
}

const BY_HAND = "edit it by hand";

/** @throws EditProblem for a file whose cells are not where they seem to be */
export function readSheet(text: string, file: string, options: CsvOptions = {}): CsvSheet {
  const layout = csvLayout(file, options);
  const idColumn = layout.columns.get("id")?.column ?? "id";
  const tierColumn = layout.columns.get("tier")?.column ?? "tier";
  const table = readTable(text.replace(/^\uFEFF/, ""), file, [idColumn, tierColumn]);
  if ("severity" in table) throw new EditProblem(`${table.place}: ${table.message}`);
  const filled = rowsOf(text, table.separator).filter(({ cells }) => cells.some((cell) => cell.text !== ""));
  const [head, ...rows] = filled;
  const cellsOf = ({ cells }: RowSpan) => cells.map((cell) => cell.text);
  const isSame =
    head !== undefined &&
    isDeepStrictEqual([cellsOf(head), ...rows.map(cellsOf)], [table.columns, ...table.rows.map(({ cells }) => cells)]);
  if (!isSame)
    throw new EditProblem(`${file}: its quotes and blanks leave open where a cell begins and ends; ${BY_HAND}`);
  return { text, separator: table.separator, head, rows, fields: fieldsIn(table, layout), layout };
}
