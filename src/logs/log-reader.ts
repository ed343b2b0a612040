import { createHash } from "node:crypto";
import { DistinctIds } from "./distinct-ids";
import { AMBIGUOUS } from "./line-template";
import type { LogFormat } from "./log-format";
import { type Boundary, logLines, recordsOf, unpacked } from "./log-records";
import { type CallDefaults, callOf, formatProblem, type LoggedCall } from "./logged-call";

/** A file of a log, or an object of a bucket. */
export interface LogSource {
  /** As the user knows it. */
  readonly name: string;
  bytes(): AsyncIterable<Buffer>;
}

/** What lines of one kind there were, and where the first of them are: `api.log.gz:17`. */
export interface NotedLines {
  readonly count: number;
  readonly places: readonly string[];
}

/** Kinds of lines that are not counted as calls, or not as those of a customer. */
export type LineKind =
  | "another format"
  | "more than one reading"
  | "not a call"
  | "too long"
  | "duplicate"
  | "no id"
  | "no key"
  | "no route";

/** What was read of a file in the end. */
export interface ReadSource {
  /** Of what the file holds, unpacked: equal for equal logs, whatever their files are called. */
  readonly digest: string;
  readonly calls: number;
}

const MOST_PLACES = 3;

/**
 * Reads access logs: what lines of calls say, whatever files they come in. What it cannot read, it counts; and it gives each
 * call once, however often it comes.
 */
export class LogReader {
  private readonly noted = new Map<LineKind, { count: number; places: string[] }>();
  private readonly seen = new DistinctIds();
  private readonly boundaries: readonly Boundary[];
  private lineCount = 0;
  private callCount = 0;

  /**
   * @param formats in which lines may be
   * @throws Error for a format whose lines do not say what is needed of a call
   */
  constructor(
    private readonly formats: readonly LogFormat[],
    private readonly defaults: CallDefaults = {},
  ) {
    for (const { variables } of formats) {
      const problem = formatProblem(variables, defaults);
      if (problem !== undefined) throw new Error(problem);
    }
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
    return this.noted;
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
      for await (const records of recordsOf(hashed(unpacked(source.bytes()), hash), this.boundaries)) {
        const read = records.flatMap(({ text, line }) => {
          const place = `${source.name}:${line}`;
          if (text === undefined) return this.note("too long", place);
          return logLines(text).flatMap((each) => this.callsOf(each, place));
        });
        calls += read.length;
        if (read.length > 0) yield read;
      }
    } catch (error) {
      throw new Error(
        `${source.name}: cannot be read to its end (${(error as Error).message}); nothing of it is counted; fetch it again, or leave it out`,
      );
    }
    return { digest: hash.digest("hex"), calls };
  }

  private callsOf(line: string, place: string): readonly LoggedCall[] {
    this.lineCount++;
    let reading: "another format" | "more than one reading" | "not a call" = "another format";
    for (const format of this.formats) {
      const values = format.read(line);
      if (values === undefined) continue;
      reading = values === AMBIGUOUS ? "more than one reading" : "not a call";
      const call = values === AMBIGUOUS ? undefined : callOf(values, this.defaults);
      if (typeof call === "object") return this.counted(call, place);
    }
    return this.note(reading, place);
  }

  private counted(call: LoggedCall, place: string): readonly LoggedCall[] {
    if (call.id === undefined) this.note("no id", place);
    else if (!this.seen.add(call.id)) return this.note("duplicate", place);
    this.callCount++;
    if (call.key === undefined) this.note("no key", place);
    else if (call.path === undefined) this.note("no route", place);
    return [call];
  }

  private note(kind: LineKind, place: string): readonly [] {
    const noted = this.noted.get(kind) ?? { count: 0, places: [] };
    this.noted.set(kind, noted);
    noted.count++;
    if (noted.places.length < MOST_PLACES) noted.places.push(place);
    return [];
  }
}

async function* hashed(bytes: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
