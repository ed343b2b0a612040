import { type Engine, quoted } from "../../usage/store/engine-statements";

/** Where engines write the same differently. All numbers are whole ones of 64 bits. */
export interface Dialect {
  number(text: string): string;
  divide(dividend: string, divisor: number): string;
  /** Months since January 1970, of days since its first. */
  monthOf(day: string): string;
  /** The numbers of a column, smallest first; those of some rows alone, with a condition. */
  sorted(column: string, condition?: string): string;
  length(array: string): string;
  /** A field of a state, from 1. */
  field(state: string, index: number): string;
  /**
   * Folds the numbers of an array into a state, which is some numbers.
   *
   * @param first the state before the first number
   * @param next the state after a number, from the state before it
   */
  fold(array: string, first: readonly string[], next: (state: string, number: string) => readonly string[]): string;
  /** Rows of constants, as what follows `FROM`. */
  rows(name: string, columns: readonly Column[], rows: readonly (readonly (string | bigint)[])[]): string;
}

export type Column = readonly [name: string, kind: "text" | "number"];

const list = (parts: readonly string[]) => parts.join(", ");
const rowsBy = (literal: (value: string | bigint) => string, rows: readonly (readonly (string | bigint)[])[]) =>
  rows.map((row) => `    (${list(row.map(literal))})`).join(",\n");

const TYPED = (type: string): Pick<Dialect, "rows"> => ({
  rows: (name, columns, rows) => {
    const selected = columns.map(([column, kind]) =>
      kind === "text" ? column : `CAST(${column} AS ${type}) AS ${column}`,
    );
    const values = rowsBy((value) => (typeof value === "string" ? quoted(value) : String(value)), rows);
    return `(SELECT ${list(selected)} FROM (VALUES\n${values}) AS v (${list(columns.map(([column]) => column))})) AS ${name}`;
  },
});

const aggregated = (column: string, condition?: string) =>
  `array_agg(${column} ORDER BY ${column})${condition === undefined ? "" : ` FILTER (WHERE ${condition})`}`;

export const DIALECTS: Readonly<Record<Engine, Dialect>> = {
  athena: {
    number: (text) => `CAST(${text} AS BIGINT)`,
    divide: (dividend, divisor) => `${dividend} / ${divisor}`,
    monthOf: (day) => `date_diff('month', DATE '1970-01-01', date_add('day', ${day}, DATE '1970-01-01'))`,
    // An array of no numbers is missing.
    sorted: (column, condition) => `coalesce(${aggregated(column, condition)}, ARRAY[])`,
    length: (array) => `cardinality(${array})`,
    field: (state, index) => `${state}[${index}]`,
    fold: (array, first, next) => {
      const type = `ROW(${list(first.map(() => "BIGINT"))})`;
      return `reduce(${array}, CAST(ROW(${list(first)}) AS ${type}), (s, t) -> CAST(ROW(${list(next("s", "t"))}) AS ${type}), s -> s)`;
    },
    ...TYPED("BIGINT"),
  },
  clickhouse: {
    number: (text) => `toInt64(${text})`,
    divide: (dividend, divisor) => `intDiv(${dividend}, ${divisor})`,
    monthOf: (day) => `dateDiff('month', toDate32('1970-01-01'), toDate32(toInt32(${day})))`,
    sorted: (column, condition) =>
      `arraySort(${condition === undefined ? `groupArray(${column})` : `groupArrayIf(${column}, ${condition})`})`,
    length: (array) => `length(${array})`,
    field: (state, index) => `${state}.${index}`,
    fold: (array, first, next) => {
      const typed = (parts: readonly string[]) => `tuple(${list(parts.map((part) => `toInt64(${part})`))})`;
      return `arrayFold((s, t) -> ${typed(next("s", "t"))}, ${array}, ${typed(first)})`;
    },
    rows: (name, columns, rows) => {
      const types = list(columns.map(([column, kind]) => `${column} ${kind === "text" ? "String" : "Int64"}`));
      // It takes a backslash for the beginning of an escape.
      const literal = (value: string | bigint) =>
        typeof value === "string" ? quoted(value.replaceAll("\\", "\\\\")) : String(value);
      return `values(${quoted(types)},\n${rowsBy(literal, rows)}) AS ${name}`;
    },
  },
  duckdb: {
    number: (text) => `CAST(${text} AS BIGINT)`,
    divide: (dividend, divisor) => `${dividend} // ${divisor}`,
    monthOf: (day) => `date_diff('month', DATE '1970-01-01', DATE '1970-01-01' + CAST(${day} AS INTEGER))`,
    sorted: (column, condition) => `coalesce(${aggregated(column, condition)}, [])`,
    length: (array) => `len(${array})`,
    field: (state, index) => `${state}.f${index}`,
    // Its list_reduce takes states for elements: each carries its number as the last field, and the first of them begins.
    fold: (array, first, next) => {
      const state = (parts: readonly string[], number: string) =>
        `{${list([...parts, number].map((part, index) => `f${index + 1}: CAST(${part} AS BIGINT)`))}}`;
      const none = first.map(() => "0");
      const states = `list_prepend(${state(first, "0")}, list_transform(${array}, lambda t: ${state(none, "t")}))`;
      return `list_reduce(${states}, lambda s, x: ${state(next("s", `x.f${first.length + 1}`), "0")})`;
    },
    ...TYPED("BIGINT"),
  },
};
