import { clickhouseFiles, type Engine, quoted } from "../../usage/store/engine-statements";
import { ACCESS_LOG_FIELDS } from "../../vocabulary/access-log";

/**
 * The statement by which an engine reads the files of access logs, in the format of `accessLog: true`, as a table
 * `access_log` of strings. Athena reads one line of JSON a row: a Firehose stream must add a line break to each.
 *
 * @param address a folder, or `s3://bucket/prefix`; of all files in it
 */
export function logStatement(engine: Engine, address: string): string {
  return STATEMENTS[engine](address.replace(/\/+$/, ""));
}

const STATEMENTS: Readonly<Record<Engine, (folder: string) => string>> = {
  athena: (folder) =>
    [
      "CREATE EXTERNAL TABLE access_log (",
      columns((name) => `  \`${name.toLowerCase()}\` string`),
      ")",
      "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'",
      `LOCATION ${quoted(`${folder}/`)};`,
    ].join("\n"),
  clickhouse: (folder) =>
    [
      "CREATE VIEW access_log AS",
      `SELECT * FROM ${clickhouseFiles(`${folder}/**`)}, 'JSONEachRow', '`,
      columns((name) => `  ${name} String`),
      "');",
    ].join("\n"),
  duckdb: (folder) => filesStatement([`${folder}/**`]),
};

const columns = (line: (name: string) => string): string => Object.keys(ACCESS_LOG_FIELDS).map(line).join(",\n");

/**
 * The statement by which DuckDB reads some files of access logs as the table `access_log`.
 *
 * @param patterns paths, in which `**` is all that is below a folder
 */
export const filesStatement = (patterns: readonly string[]): string =>
  [
    "CREATE VIEW access_log AS",
    `SELECT * FROM read_json([${patterns.map(quoted).join(", ")}], format = 'newline_delimited',`,
    "  columns = {",
    columns((name) => `    ${name}: 'VARCHAR'`),
    "  });",
  ].join("\n");
