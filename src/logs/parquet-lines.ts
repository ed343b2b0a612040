import type { DuckDBConnection } from "@duckdb/node-api";
import { printable } from "../text/printable";
import type { LogFormat } from "./log-format";
import { ABSENT, LOG_VARIABLE, SAYS_BY_ABSENCE } from "./log-variables";
import { CALL_VARIABLES, formatProblem } from "./logged-call";
import type { LineReading } from "./read-call";
import { UnreadableLog } from "./reading-failure";

/** A column that a field of a line comes from. */
interface Source {
  readonly field: string;
  readonly variables: readonly string[];
  readonly column: string;
  /** As DuckDB calls it. */
  readonly type: string;
}

/**
 * The rows of a file of Parquet as lines of JSON, in their order, in the first format for which the columns are enough. Columns that
 * no field is named after are not read.
 *
 * @param name of the log, for messages
 * @throws UnreadableLog for columns that do not say what is needed
 */
export async function* parquetLines(
  connection: DuckDBConnection,
  file: string,
  name: string,
  reading: LineReading,
): AsyncGenerator<Buffer> {
  const columns = await columnsOf(connection, file);
  const { format, sources } = chosenFormat(columns, name, reading);
  const result = await connection.stream(`SELECT ${lineIn(format, sources)} FROM ${tableOf(file)}`);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return;
    yield Buffer.from(`${chunk.getColumnValues(0).join("\n")}\n`);
  }
}

/** Some writers do not say of a text that it is one. */
const tableOf = (file: string): string => `read_parquet(${literal(file)}, binary_as_string = true)`;

/** Types by names in small letters, as Hive writes them. Of names that differ in their case alone, the first one counts. */
async function columnsOf(connection: DuckDBConnection, file: string): Promise<ReadonlyMap<string, Column>> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${tableOf(file)}`);
  const columns = described.getRows().map(([name, type]) => ({ column: String(name), type: String(type) }));
  return new Map(columns.reverse().map((each) => [each.column.toLowerCase(), each]));
}

type Column = Pick<Source, "column" | "type">;

function chosenFormat(
  columns: ReadonlyMap<string, Column>,
  name: string,
  { formats, defaults }: LineReading,
): { readonly format: LogFormat; readonly sources: readonly Source[] } {
  let problem: string | undefined;
  for (const format of formats) {
    const sources = format.fields.flatMap(({ name: field, variables }) => {
      const column = columns.get(field.toLowerCase());
      return column ? [{ field, variables, ...column }] : [];
    });
    const found = formatProblem(new Set(sources.flatMap(({ variables }) => variables)), defaults);
    if (found === undefined) return { format, sources: format.isExact ? sources.filter(isNeeded) : sources };
    if (format.fields.length > 0) problem ??= found;
  }
  const names = [...columns.values()].map(({ column }) => column).reverse();
  throw new UnreadableLog(
    problem === undefined
      ? `${name}: is Parquet, whose columns are read by the names of the fields in lines of JSON; give such a format with --log-format, ` +
          `as '{"time":"$context.requestTimeEpoch", …}'`
      : `${name}: its columns are ${printable(names.join(", "))}: so ${problem}`,
  );
}

const isNeeded = ({ variables }: Source): boolean => variables.some((variable) => CALL_VARIABLES.has(variable));

/** A column's values as texts. A conversion may have made times or numbers of them. */
function textOfColumn({ column, type }: Source): string {
  const value = identifier(column);
  if (/^TIMESTAMP/.test(type)) return `CAST(epoch_ms(${value}) AS VARCHAR)`;
  if (/^(?:FLOAT|DOUBLE|DECIMAL)/.test(type))
    return `CASE WHEN ${value} = trunc(${value}) THEN CAST(CAST(${value} AS HUGEINT) AS VARCHAR) ELSE CAST(${value} AS VARCHAR) END`;
  return `CAST(${value} AS VARCHAR)`;
}

/** What makes a line of a row: one that is read with little effort, where the format allows it. */
function lineIn(format: LogFormat, sources: readonly Source[]): string {
  // A column that is missing does not say that there is nothing.
  const says = new Set(sources.flatMap(({ variables }) => variables));
  const isSilent = [...SAYS_BY_ABSENCE].some((variable) => format.variables.has(variable) && !says.has(variable));
  if (!format.isExact || isSilent) {
    const fields = sources.map((source) => `${identifier(source.field)} := ${textOfColumn(source)}`);
    return `CAST(to_json(struct_pack(${fields.join(", ")})) AS VARCHAR)`;
  }
  const parts = format.text.replace(/[\r\n]+$/, "").split(LOG_VARIABLE);
  const values = parts.map((part, index) => {
    if (index % 2 === 0) return literal(part);
    const source = sources.find(({ variables }) => variables.includes(part));
    return source ? `coalesce(${escaped(textOfColumn(source))}, ${literal(ABSENT)})` : literal(ABSENT);
  });
  return `concat(${values.join(", ")})`;
}

/** A text as it stands in a string of JSON. */
const escaped = (text: string): string =>
  `CASE WHEN regexp_full_match(${text}, '[ !#-\\[\\]-~]*') THEN ${text} ELSE CAST(to_json(${text}) AS VARCHAR)[2:-2] END`;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
