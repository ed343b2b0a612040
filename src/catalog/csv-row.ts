import { enumerate, error, type Finding } from "../text/finding";
import { show } from "../text/show";
import type { Place } from "../vocabulary/read-entry";
import { csvColumns } from "./csv-columns";
import { type CsvColumn, nearestColumn } from "./csv-options";
import type { CsvRow } from "./csv-table";
import type { FileEntry } from "./file-entry";
import { slugOf } from "./slug";

/** A field and the column in which it stands. */
export interface FieldColumn extends CsvColumn {
  readonly field: string;
  readonly position: number;
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

/** What Excel writes into a cell whose formula fails. */
const EXCEL_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/;
/** What Excel makes of a long number, of which some digits are lost: `4.71E+11`. */
const EXCEL_NUMBER = /^\d+(?:[.,]\d+)?E\+\d+$/;

/** Makes subscriptions of rows, and keeps what is wrong with them. */
export class CsvRowReader {
  readonly findings: Finding[] = [];
  /** Of ids that were made of texts, the row and the text of the first. */
  private readonly made = new Map<string, { readonly line: number; readonly text: string }>();

  constructor(
    private readonly file: string,
    private readonly fields: readonly FieldColumn[],
  ) {}

  /** The entry of a row; `undefined` for one of which a field that it must have is reported already. */
  read({ line, cells }: CsvRow): FileEntry | undefined {
    const row: Record<string, unknown> = {};
    let id: string | undefined;
    let isReported = false;
    for (const column of this.fields) {
      const before = this.findings.length;
      const value = this.valueOf(column, cells[column.position] ?? "", line);
      if (this.findings.length > before) isReported ||= csvColumns().required.includes(column.field);
      if (value === undefined) continue;
      const [field = "", ...name] = column.field.split(".");
      if (column.field === "id") id = String(value);
      else if (name.length > 0) row[field] = { ...(row[field] as object), [name.join(".")]: value };
      else row[field] = value;
    }
    if (id === undefined || isReported) return undefined;
    const known = id;
    return { id, written: row, place: (path) => `${this.placeOf(line, this.columnAt(path))}: subscription "${known}"` };
  }

  /** What a cell says; `undefined` where it says nothing, or what cannot be understood. */
  private valueOf(column: FieldColumn, cell: string, line: number): unknown {
    const { field, values, slug } = column;
    const refuse = (message: string) => {
      this.findings.push(error(this.placeOf(line, column), message));
      return undefined;
    };
    if (values && Object.hasOwn(values, cell)) return values[cell];
    if (cell === "") return field === "id" ? refuse("has no id; give it one") : undefined;
    if (EXCEL_ERROR.test(cell)) return refuse(`holds ${show(cell)}, an error of the spreadsheet; fix it there`);
    if (field === "id") return this.idOf(column, cell, line, refuse);
    if (values && slug !== true) return refuse(unknownValue(column, cell, values));
    return csvColumns().booleans.includes(field.replace(/\..*/, "")) ? (FLAGS.get(cell.toLowerCase()) ?? cell) : cell;
  }

  private idOf(column: FieldColumn, cell: string, line: number, refuse: (message: string) => undefined) {
    const { values, slug } = column;
    if (EXCEL_NUMBER.test(cell))
      return refuse(
        `holds ${show(cell)}, which is what Excel makes of a long number; format the column as text, and export it again`,
      );
    if (slug !== true) return values ? refuse(unknownValue(column, cell, values)) : cell;
    const made = slugOf(cell);
    if ("problem" in made)
      return refuse(
        `${show(cell)} ${made.problem}; say its id in columns.id.values, such as { ${show(cell)}: "an-id" }`,
      );
    const first = this.made.get(made.slug);
    if (first)
      return refuse(
        `${show(cell)} makes the id "${made.slug}", as ${show(first.text)} in line ${first.line} does; say their ids in ` +
          "columns.id.values, or choose a column that is unique",
      );
    this.made.set(made.slug, { line, text: cell });
    return made.slug;
  }

  /** `customers.csv:3`, with the column where it is called otherwise than the field that a message names. */
  private placeOf(line: number, column: FieldColumn | undefined): string {
    const named = column === undefined || column.column === column.field ? "" : `, column ${show(column.column)}`;
    return `${this.file}:${line}${named}`;
  }

  private columnAt(path: Parameters<Place>[0]): FieldColumn | undefined {
    const field = path.length === 0 ? "id" : path.map(String).join(".");
    return this.fields.find((each) => each.field === field || each.field.startsWith(`${field}.`));
  }
}

function unknownValue({ field }: FieldColumn, cell: string, values: Readonly<Record<string, unknown>>): string {
  const known = Object.keys(values);
  const nearest = nearestColumn(cell, known);
  const hint = nearest === undefined ? `there are ${enumerate(known)}` : `did you mean "${nearest}"?`;
  return `unknown text ${show(cell)}; ${hint}${nearest === undefined ? ";" : ""} otherwise add it to columns.${field}.values`;
}
