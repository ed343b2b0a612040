import { error, type Finding } from "../text/finding";
import { nearestTo } from "../text/nearest";
import { show } from "../text/show";
import { entriesOf, isObject } from "../vocabulary/objects";
import type { SubscriptionInput } from "../vocabulary/subscription-input";
import { csvColumns, isColumn } from "./csv-columns";

/** A field of a subscription, as its column in a CSV file is called by default. */
export type CsvField =
  | "id"
  | Exclude<keyof SubscriptionInput, "additionalTiers" | "keyValue" | "tags">
  | "keyValue.variable"
  | `additionalTiers.${string}`
  | `tags.${string}`;

/** The column of a file in which a field stands, and what its texts mean. */
export interface CsvColumn {
  /** Name of the column, as the first line of the file has it. */
  readonly column: string;
  /**
   * What each text of the column means, such as `{ "Gold (2024)": "gold" }`. A text that is not listed is an error.
   * @default - each text means itself
   */
  readonly values?: Readonly<Record<string, string | boolean>>;
  /**
   * For `id` alone: makes ids of texts that cannot be ids, or are not listed in `values`. Letters become lower-case and lose
   * their accents, and whatever is between letters and digits becomes a `-`: `Ångström AB` becomes `angstrom-ab`. An id that
   * two rows get is an error. An address of a key depends on the id, so choose a column that does not change.
   * @default false
   */
  readonly slug?: boolean;
}

/** How to read a CSV file that another system has written. */
export interface CsvOptions {
  /**
   * In which columns fields stand: `{ id: "Account No", tier: { column: "Plan", values: { "Gold (2024)": "gold" } } }`.
   * @default - each field stands in the column of its name
   */
  readonly columns?: { readonly [F in CsvField]?: string | CsvColumn };
  /**
   * What becomes of columns in which no field stands: `refuse` lists them as errors.
   * @default "refuse"
   */
  readonly otherColumns?: "ignore" | "refuse";
}

/** The options, checked. */
export interface CsvLayout {
  /** Columns of fields that are called otherwise, or have values, by field. */
  readonly columns: ReadonlyMap<string, CsvColumn>;
  readonly ignoresOthers: boolean;
  readonly findings: readonly Finding[];
}

/** @param written options as they come, also from JavaScript */
export function csvLayout(file: string, written: CsvOptions): CsvLayout {
  const findings: Finding[] = [];
  const refuse = (message: string) => findings.push(error(file, message));
  const columns = new Map<string, CsvColumn>();
  for (const [field, given] of entriesOf(written.columns)) {
    const column = typeof given === "string" ? { column: given } : given;
    if (!isColumn(field)) refuse(`columns: unknown field ${show(field)}; ${nearestField(field)}`);
    else if (!isObject(column) || typeof column.column !== "string" || column.column === "")
      refuse(
        `columns.${field} must name a column of the file, got ${show(given)}; write "Account No" or { column: "Account No" }`,
      );
    else if (column.values !== undefined && !isObject(column.values))
      refuse(`columns.${field}.values must be an object from texts to what they mean, got ${show(column.values)}`);
    else if (column.slug === true && field !== "id")
      refuse(`columns.${field}.slug is for id alone, which must be unique; drop it, or list the texts in values`);
    else columns.set(field, column as unknown as CsvColumn);
  }
  const { otherColumns = "refuse" } = written;
  if (otherColumns !== "ignore" && otherColumns !== "refuse")
    refuse(`otherColumns must be "ignore" or "refuse", got ${show(otherColumns)}; leave it out to refuse them`);
  return { columns, ignoresOthers: otherColumns === "ignore", findings };
}

function nearestField(field: string): string {
  const { names, maps } = csvColumns();
  const nearest = nearestColumn(field, names);
  return nearest === undefined
    ? `fields are ${[...names, ...maps.map((map) => `${map}.<name>`)].join(", ")}`
    : `did you mean "${nearest}"?`;
}

/** The column that was probably meant: the same in other letters, or a slip of the finger away. */
export function nearestColumn(column: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}.]/gu, "");
  return known.find((each) => plain(each) === plain(column)) ?? nearestTo(column, known);
}
