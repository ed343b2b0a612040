/** Where lines end and begin that nothing separates, as Firehose writes records one after the other. */
export interface Boundary {
  readonly end: string;
  readonly start: string;
}

/** Batches of events, as a subscription of CloudWatch Logs sends them to Firehose. */
export const CLOUDWATCH_BATCHES: Boundary = { end: "}", start: '{"messageType":"' };

/** Longer than CloudWatch keeps an event, in bytes. */
export const LONGEST_LINE = 1_048_576;

/** Takes lines from the bytes of a file, before texts are made of them. */
export interface LineTaker {
  /**
   * @param from where a line begins
   * @param line its number in the file
   * @returns where the first line begins that was not taken: one that is not complete, or that is to be read as a text
   */
  take(bytes: Buffer, from: number, line: number): number;
  /** How many line breaks it went past in the last call. */
  readonly breaks: number;
}

const LINE_BREAK = 10;

/** Splits the bytes of a file into lines, however they are cut into pieces. Empty lines count, and are not given. */
export class LineSplitter {
  private readonly cuts: readonly Boundary[];
  private readonly cutBytes: readonly { readonly boundary: Buffer; readonly end: number }[];
  private rest: Buffer = Buffer.alloc(0);
  private line = 1;
  private isFirst = true;
  private isSkipping = false;

  /**
   * @param onLine receives each line, and its number; `undefined` for a line that is longer than any line of a log
   * @param taker tries each line first
   */
  constructor(
    boundaries: readonly Boundary[],
    private readonly onLine: (text: string | undefined, line: number) => void,
    private readonly taker?: LineTaker,
  ) {
    this.cuts = [...boundaries, CLOUDWATCH_BATCHES];
    this.cutBytes = this.cuts.map(({ end, start }) => ({
      boundary: Buffer.from(end + start),
      end: Buffer.byteLength(end),
    }));
  }

  push(chunk: Buffer): void {
    let from = 0;
    if (this.rest.length > 0) {
      // Only the line that began in the piece before is copied.
      from = chunk.indexOf(LINE_BREAK) + 1 || chunk.length;
      const joined = Buffer.concat([this.rest, chunk.subarray(0, from)]);
      this.rest = Buffer.alloc(0);
      this.split(joined);
    }
    if (from < chunk.length) this.split(chunk.subarray(from));
  }

  /** Gives the last line, if no line break ends it. */
  end(): void {
    if (this.rest.length > 0 && !this.isSkipping) this.give(this.rest, 0, this.rest.length);
    this.rest = Buffer.alloc(0);
  }

  private split(bytes: Buffer): void {
    let at = 0;
    for (;;) {
      if (this.taker && !this.isSkipping) {
        const taken = this.taker.take(bytes, at, this.line);
        if (taken > at) this.isFirst = false;
        at = taken;
        this.line += this.taker.breaks;
      }
      const end = bytes.indexOf(LINE_BREAK, at);
      if (end === -1) break;
      if (!this.isSkipping) this.give(bytes, at, end);
      this.isSkipping = false;
      this.line++;
      at = end + 1;
    }
    if (!this.isSkipping) this.keep(bytes, at);
  }

  /** Keeps the beginning of a line. Of records that nothing separates, all but the last are complete. */
  private keep(bytes: Buffer, from: number): void {
    const line = bytes.subarray(from);
    let cut = 0;
    for (const { boundary, end } of this.cutBytes) {
      const at = line.lastIndexOf(boundary);
      if (at !== -1) cut = Math.max(cut, at + end);
    }
    if (cut > 0) this.give(line, 0, cut);
    this.rest = line.subarray(cut);
    if (this.rest.length <= LONGEST_LINE) return;
    this.onLine(undefined, this.line);
    this.isSkipping = true;
    this.rest = Buffer.alloc(0);
  }

  private give(bytes: Buffer, from: number, end: number): void {
    const text = withoutReturn(bytes.toString("utf8", from, end));
    const isMarked = this.isFirst && text.startsWith("\ufeff");
    this.isFirst = false;
    for (const each of cutAt(isMarked ? text.slice(1) : text, this.cuts))
      if (each !== "") this.onLine(each.length > LONGEST_LINE ? undefined : each, this.line);
  }
}

const withoutReturn = (line: string) => (line.endsWith("\r") ? line.slice(0, -1) : line);

function cutAt(text: string, boundaries: readonly Boundary[]): string[] {
  if (!boundaries.some(({ end, start }) => text.includes(end + start))) return [text];
  return boundaries.reduce<string[]>(
    (parts, { end, start }) =>
      parts.flatMap((part) => {
        const pieces = part.split(end + start);
        return pieces.map(
          (piece, index) => (index === 0 ? "" : start) + piece + (index < pieces.length - 1 ? end : ""),
        );
      }),
    [text],
  );
}
