import type { TransformOptions } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, type ZlibOptions } from "node:zlib";
import { type Boundary, CLOUDWATCH_BATCHES, LineSplitter } from "./line-splitter";
import { peeked } from "./peeked";

/** A line of a log, and which of its file it is. */
export interface LogRecord {
  /** `undefined` for a line that is longer than any line of a log, which is not kept. */
  readonly text: string | undefined;
  readonly line: number;
}

/** How a file begins that is packed with gzip. */
const GZIP = Buffer.from([0x1f, 0x8b]);

/** Large pieces, of which the next ones are unpacked while one is read. */
const CHUNK = 1 << 18;
const UNPACKING: ZlibOptions & TransformOptions = { chunkSize: CHUNK, highWaterMark: 4 * CHUNK };

/** Bytes of a file, unpacked where they are packed with gzip. */
export async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { begin, whole } = await peeked(source, GZIP.length);
  if (!begin.equals(GZIP)) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip(UNPACKING);
  // Its errors arrive at the reader of the stream, too.
  const feeding = pipeline(whole, gunzip).catch(() => undefined);
  for await (const chunk of gunzip) yield chunk as Buffer;
  await feeding;
}

/** The lines of a file, as they come from it, with little of it in memory at once. */
export async function* recordsOf(
  bytes: AsyncIterable<Buffer>,
  boundaries: readonly Boundary[],
): AsyncGenerator<LogRecord[]> {
  let records: LogRecord[] = [];
  const splitter = new LineSplitter(boundaries, (text, line) => records.push({ text, line }));
  for await (const chunk of bytes) {
    splitter.push(chunk);
    yield records;
    records = [];
  }
  splitter.end();
  yield records;
}

/** When CloudWatch got a line, which its exports write before it. */
const EXPORT_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z /;

/** How long the time is before a line that CloudWatch exported; 0 where there is none. */
export const exportTimeLength = (text: string): number => EXPORT_TIME.exec(text)?.[0].length ?? 0;

/** The lines that API Gateway wrote, in a line of a file. */
export function logLines(text: string): readonly string[] {
  const line = text.slice(exportTimeLength(text));
  if (!line.startsWith(CLOUDWATCH_BATCHES.start)) return [line];
  try {
    const { messageType, logEvents = [] } = JSON.parse(line) as {
      readonly messageType: string;
      readonly logEvents?: readonly { readonly message: string }[];
    };
    if (messageType === "CONTROL_MESSAGE") return [];
    return logEvents.map(({ message }) => String(message).replace(/\r?\n$/, ""));
  } catch {
    return [line];
  }
}
