import { stringify } from "csv-stringify/sync";
import { printable } from "./printable";

/**
 * A table as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front, so that a customer's
 * name cannot compute anything there; numbers stay numbers.
 */
export function csvOfTable(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return stringify([columns, ...rows] as string[][], {
    record_delimiter: "\n",
    cast: {
      string: (text) => (isNumber(text) ? text : { value: printable(text, LONGEST_TEXT), escape_formulas: true }),
    },
  });
}

/** A table is read by programs, which need the whole text. */
const LONGEST_TEXT = Number.POSITIVE_INFINITY;

const isNumber = (text: string): boolean => /^-?\d+(?:\.\d+)?$/.test(text);
