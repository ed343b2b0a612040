import type { UsageLine } from "./usage-lines";

/** An engine that can read the files of a store as a table. */
export const ENGINES = ["athena", "clickhouse", "duckdb"] as const;
export type Engine = (typeof ENGINES)[number];

type Kind = "text" | "number" | "flag" | "instant";

/** The columns of a line, each with what it holds and whether it may be missing. */
const COLUMNS: { readonly [Name in keyof UsageLine]: readonly [Kind, null?] } = {
  key: ["text"],
  subscription: ["text", null],
  customer: ["text", null],
  tier: ["text", null],
  enabled: ["flag"],
  price: ["text", null],
  membership: ["text"],
  membershipRead: ["instant"],
  used: ["number"],
  remaining: ["number", null],
  reported: ["flag"],
  read: ["instant"],
  final: ["flag"],
  finalSince: ["instant", null],
  correctedFrom: ["number", null],
};

/** Athena and ClickHouse get an instant as it is written, since their readers of JSON take other formats. */
const TYPES: Readonly<Record<Engine, Readonly<Record<Kind, string>>>> = {
  athena: { text: "string", number: "bigint", flag: "boolean", instant: "string" },
  clickhouse: { text: "String", number: "Int64", flag: "Bool", instant: "String" },
  duckdb: { text: "VARCHAR", number: "BIGINT", flag: "BOOLEAN", instant: "TIMESTAMP" },
};

/**
 * The statement by which an engine reads the files of a store as a table `usage_days`, with the day and the usage plan as
 * columns. The day is a partition, so that a query of a month reads the files of that month.
 *
 * @param address a folder, or `s3://bucket/prefix`
 */
export function engineStatement(engine: Engine, address: string): string {
  return STATEMENTS[engine](`${address.replace(/\/+$/, "")}/usage`);
}

const STATEMENTS: Readonly<Record<Engine, (folder: string) => string>> = {
  athena: (folder) =>
    [
      "CREATE EXTERNAL TABLE usage_days (",
      columns((name, kind) => `  \`${name.toLowerCase()}\` ${TYPES.athena[kind]}`),
      ")",
      "PARTITIONED BY (`day` date, `plan` string)",
      "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'",
      `LOCATION ${quoted(`${folder}/`)};`,
      "",
      "-- Finds the days that were collected since; run it after each collection.",
      "MSCK REPAIR TABLE usage_days;",
    ].join("\n"),
  clickhouse: (folder) =>
    [
      "CREATE VIEW usage_days AS",
      "SELECT toDate(extract(_path, 'day=([^/]+)')) AS day, extract(_path, 'plan=([^/]+)') AS plan, *",
      `FROM ${clickhouseFiles(`${folder}/day=*/plan=*/usage.jsonl`)}, 'JSONEachRow', '`,
      columns((name, kind, isOptional) => {
        const type = TYPES.clickhouse[kind];
        return `  ${name} ${isOptional ? `Nullable(${type})` : type}`;
      }),
      "');",
    ].join("\n"),
  duckdb: (folder) =>
    [
      "CREATE VIEW usage_days AS",
      `SELECT * FROM read_json(${quoted(`${folder}/day=*/plan=*/usage.jsonl`)},`,
      "  format = 'newline_delimited',",
      "  hive_partitioning = true, hive_types = {day: DATE, plan: VARCHAR},",
      "  columns = {",
      columns((name, kind) => `    ${name}: '${TYPES.duckdb[kind]}'`),
      "  });",
    ].join("\n"),
};

const columns = (line: (name: string, kind: Kind, isOptional: boolean) => string): string =>
  Object.entries(COLUMNS)
    .map(([name, [kind, ...optional]]) => line(name, kind, optional.length > 0))
    .join(",\n");

/** A string of SQL. */
export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The beginning of ClickHouse's function that reads files; its other arguments follow. */
export function clickhouseFiles(pattern: string): string {
  const [, bucket, rest] = /^s3:\/\/([^/]+)\/(.*)$/.exec(pattern) ?? [];
  return bucket === undefined
    ? `file(${quoted(pattern)}`
    : `s3(${quoted(`https://${bucket}.s3.amazonaws.com/${rest}`)}`;
}
