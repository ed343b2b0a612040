import type { CsvError } from "csv-parse/sync";
import { error, type Finding } from "../text/finding";

// Loaded with the first file of its kind: a catalog without data files does not need it.
const csvParser = () => require("csv-parse/sync") as typeof import("csv-parse/sync");

const CSV_REASONS: ReadonlyMap<string, string> = new Map([
  ["CSV_QUOTE_NOT_CLOSED", "a quote is not closed"],
  ["CSV_MAX_RECORD_SIZE", "a row is too long"],
]);

export interface CsvRow {
  /** Line of the file in which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  /** What separates cells. */
  readonly separator: string;
  /** Line of the file that names the columns. */
  readonly line: number;
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** Comma, semicolon and tab: by these, spreadsheets separate cells, according to the language of the computer. */
const SEPARATORS = [",", ";", "\t"];

/**
 * Reads the cells of a CSV file. They are separated by what separates the names of the columns, or by what Excel's own first
 * line (`sep=;`) says.
 *
 * @param wanted columns that the file must have, by which a first line with several separators is understood
 */
export function readTable(text: string, file: string, wanted: readonly string[]): CsvTable | Finding {
  // One line break, because the parser counts that of Windows as two where it stands in a cell.
  const lines = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const [declaration = "", declared] = /^sep=([,;\t])\n/.exec(lines) ?? [];
  const content = lines.slice(declaration.length);
  const above = declaration === "" ? 0 : 1;
  const read = (part: string, delimiter: string) =>
    csvParser().parse(part, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    const delimiter =
      declared ?? separatorOf(firstLine(content), wanted, (line, by) => read(line, by)[0]?.record ?? []);
    const [head, ...rows] = read(content, delimiter).map(({ record, info }) => ({
      cells: record.map((cell) => cell.trim()),
      line: above + info.lines - record.reduce((breaks, cell) => breaks + cell.split("\n").length - 1, 0),
    }));
    if (!head) return error(`${file}:1`, "is empty; its first line must name the columns");
    return { separator: delimiter, line: head.line, columns: head.cells, rows };
  } catch (cause) {
    const { code, lines = 1 } = cause as CsvError & { readonly lines?: number };
    const reason = CSV_REASONS.get(code) ?? "a quote stands where none belongs";
    return error(`${file}:${above + lines}`, `is not well formed CSV: ${reason}; fix it there`);
  }
}

/** The first line that holds something, with the line breaks within quotes. */
const firstLine = (text: string) => /^\s*((?:"[^"]*"|[^"\n])*)/.exec(text)?.[1] ?? "";

function separatorOf(
  line: string,
  wanted: readonly string[],
  cellsOf: (line: string, separator: string) => readonly string[],
): string {
  const outside = line.replace(/"[^"]*"/g, "");
  const used = SEPARATORS.filter((separator) => outside.includes(separator));
  const finds = (separator: string) => {
    const cells = cellsOf(line, separator);
    return wanted.every((column) => cells.includes(column));
  };
  return (used.length > 1 ? used.find(finds) : used[0]) ?? ",";
}
