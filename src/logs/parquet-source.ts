import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { loadOptional } from "../project/optional-package";
import { parquetLines } from "./parquet-lines";
import { peeked } from "./peeked";
import type { LineReading } from "./read-call";

/** How a file of Parquet begins. */
const PARQUET = Buffer.from("PAR1");

/**
 * The bytes of a log as lines: those of a file of Parquet become a line for each row, in the format whose fields its columns are named
 * after; others stay as they are.
 *
 * @param name of the source, for messages
 * @throws UnreadableLog for columns that do not say what is needed
 * @throws MissingPackage where DuckDB is not installed, for Parquet
 */
export async function* withParquetAsLines(
  bytes: AsyncIterable<Buffer>,
  name: string,
  reading: LineReading,
): AsyncGenerator<Buffer> {
  const { begin, whole } = await peeked(bytes, PARQUET.length);
  if (!begin.equals(PARQUET)) {
    yield* whole;
    return;
  }
  const { DuckDBInstance } = await loadOptional(
    "@duckdb/node-api",
    `${name}, which is Parquet,`,
    () => import("@duckdb/node-api"),
  );
  // The end of the bytes says what they mean, so they are needed as a file; what comes from a bucket, too.
  const folder = await mkdtemp(join(tmpdir(), "api-tiers-log-"));
  try {
    const file = join(folder, "log.parquet");
    await pipeline(whole, createWriteStream(file));
    const instance = await DuckDBInstance.create(":memory:");
    try {
      const connection = await instance.connect();
      try {
        yield* parquetLines(connection, file, name, reading);
      } finally {
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
