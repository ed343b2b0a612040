import { createHash } from "node:crypto";
import { DistinctIds } from "./distinct-ids";
import { type LineKind, LineNotes, type NotedLines } from "./line-notes";
import type { Boundary } from "./line-splitter";
import type { LogFormat } from "./log-format";
import { logLines, recordsOf, unpacked } from "./log-records";
import type { CallDefaults, LoggedCall } from "./logged-call";
import { withParquetAsLines } from "./parquet-source";
import { type LineReading, readCall, requireReadable } from "./read-call";
import { readingFailure } from "./reading-failure";

/** A file of a log, or an object of a bucket. */
export interface LogSource {
  /** As the user knows it. */
  readonly name: string;
  /** What is different if its bytes are, where that is known without reading them. */
  readonly version?: string;
  /** Whether `bytes` gives something only the first time, as a pipe does. */
  readonly isReadOnce?: boolean;
  bytes(): AsyncIterable<Buffer>;
}

/** What was read of a file in the end. */
export interface ReadSource {
  /** Of what the file holds, unpacked: equal for equal logs, whatever their files are called. */
  readonly digest: string;
  readonly calls: number;
}

interface Place {
  readonly source: string;
  readonly line: number;
}

/**
 * Reads access logs: what lines of calls say, whatever files they come in. What it cannot read, it counts; and it gives each
 * call once, however often it comes.
 */
export class LogReader {
  private readonly noted = new LineNotes();
  private readonly reading: LineReading;
  private readonly seen = new DistinctIds();
  private readonly boundaries: readonly Boundary[];
  private lineCount = 0;
  private callCount = 0;

  /**
   * @param formats in which lines may be
   * @throws Error for a format whose lines do not say what is needed of a call
   */
  constructor(formats: readonly LogFormat[], defaults: CallDefaults = {}) {
    this.reading = { formats, defaults };
    requireReadable(this.reading);
    this.boundaries = formats.flatMap(({ boundary }) => boundary ?? []);
  }

  /** Lines that were read so far. */
  get lines(): number {
    return this.lineCount;
  }

  /** Calls that were given so far: those without a key are among them, duplicates are not. */
  get calls(): number {
    return this.callCount;
  }

  get notes(): ReadonlyMap<LineKind, NotedLines> {
    return this.noted.kinds;
  }

  /**
   * The calls of a file, as they come from it.
   *
   * @throws Error for a file that cannot be read to its end
   */
  async *read(source: LogSource): AsyncGenerator<readonly LoggedCall[], ReadSource> {
    const hash = createHash("sha256");
    let calls = 0;
    try {
      const bytes = withParquetAsLines(hashed(unpacked(source.bytes()), hash), source.name, this.reading);
      for await (const records of recordsOf(bytes, this.boundaries)) {
        const read = records.flatMap(({ text, line }) => {
          const place = { source: source.name, line };
          if (text === undefined) return this.note("too long", place);
          return logLines(text).flatMap((each) => this.callsOf(each, place));
        });
        calls += read.length;
        if (read.length > 0) yield read;
      }
    } catch (error) {
      throw readingFailure(source.name, error);
    }
    return { digest: hash.digest("hex"), calls };
  }

  private callsOf(line: string, place: Place): readonly LoggedCall[] {
    this.lineCount++;
    const call = readCall(line, this.reading);
    return typeof call === "object" ? this.counted(call, place) : this.note(call, place);
  }

  private counted(call: LoggedCall, place: Place): readonly LoggedCall[] {
    if (call.id === undefined) this.note("no id", place);
    else if (!this.seen.add(call.id)) return this.note("duplicate", place);
    this.callCount++;
    if (call.hasKeyValue) this.note("key value", place);
    else if (call.key === undefined) this.note("no key", place);
    else if (call.path === undefined) this.note("no route", place);
    return [call];
  }

  private note(kind: LineKind, place: Place): readonly [] {
    this.noted.add(kind, place.source, place.line);
    return [];
  }
}

async function* hashed(bytes: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
