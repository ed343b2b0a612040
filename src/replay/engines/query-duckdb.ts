import { loadOptional } from "../../project/optional-package";
import { saidBy } from "./engine-failure";
import type { AnsweredRow } from "./engine-rows";
import { filesStatement } from "./log-statement";

/**
 * The rows that DuckDB answers a statement with, in this process; numbers are strings.
 *
 * @param files patterns of the files of access logs, which the statement reads as `access_log`
 * @throws MissingPackage without `@duckdb/node-api`
 * @throws Error with what DuckDB says where it cannot read the files
 */
export async function queryDuckDb(statement: string, files: readonly string[]): Promise<AnsweredRow[]> {
  const { DuckDBInstance } = await loadOptional(
    "@duckdb/node-api",
    "--engine duckdb",
    () => import("@duckdb/node-api"),
  );
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(filesStatement(files));
    return (await connection.runAndReadAll(statement)).getRowObjectsJson();
  } catch (error) {
    throw new Error(
      `DuckDB cannot count the calls: ${saidBy(error)}; it reads lines in the format of accessLog: true, and those of other formats are read without --engine`,
      { cause: error },
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
