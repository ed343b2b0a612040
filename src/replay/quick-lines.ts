import { CLOUDWATCH_BATCHES, type LineTaker, LONGEST_LINE } from "../logs/line-splitter";
import type { LogFormat } from "../logs/log-format";
import { exportTimeLength } from "../logs/log-records";
import { isLogTime } from "../logs/logged-call";
import { type FoundValues, isAbsent, NOT_SURE, OTHER_LINE, QuickFormat } from "../logs/quick-format";
import { hashOfId } from "./call-ids";
import { NumbersByBytes } from "./numbers-by-bytes";

/** Variables that make a call's kind, and then those of a call alone. */
const KIND_VARIABLES = [
  "identity.apiKeyId",
  "apiId",
  "stage",
  "httpMethod",
  "resourcePath",
  "status",
  "error.responseType",
] as const;
const WANTED = [...KIND_VARIABLES, "requestTimeEpoch", "extendedRequestId"] as const;
const TIME = WANTED.indexOf("requestTimeEpoch");
const ID = WANTED.indexOf("extendedRequestId");

/** As all times have that a log can have. */
const TIME_DIGITS = 13;

/** Where the calls go. */
export interface CallSink {
  /** The kind of the call in a line, if it is read as one of this time and with this id. */
  kindIn(line: string, time: number, id: number): number | undefined;
  /** Adds a call, as a line of its own. */
  addLine(time: number, kind: number, id: number, line: number): void;
}

interface KnownFormat {
  readonly format: QuickFormat;
  /** What the next line begins with, where nothing separates lines. */
  readonly start: Buffer;
  readonly kinds: NumbersByBytes;
}

const NO_CALL = -1;

/** Between two lines of JSON: no line has it, except where it ends, if its values have no escapes. */
const BETWEEN_OBJECTS = /^[^{}]*\}\s*\{\s*"[A-Za-z_]/;

/** A date and a time with a fraction. */
const LONGEST_EXPORT_TIME = 32;

/** Takes the calls of lines that are as API Gateway writes them in JSON, and leaves all others to be read as texts. */
export class QuickLines implements LineTaker {
  breaks = 0;
  private readonly formats: readonly KnownFormat[];
  private format: KnownFormat | undefined;

  constructor(
    formats: readonly LogFormat[],
    private readonly sink: CallSink,
  ) {
    this.formats = knownFormats(formats);
  }

  take(bytes: Buffer, from: number, line: number): number {
    this.breaks = 0;
    if (this.formats.length === 0) return from;
    let at = from;
    for (;;) {
      const begin = at + exportTimeAt(bytes, at);
      const end = this.endOf(bytes, begin);
      if (end < 0) return at;
      const next = this.nextLine(bytes, end);
      if (next < 0 || next - at > LONGEST_LINE || !this.takeCall(bytes, begin, end, line + this.breaks)) return at;
      if (next > end) this.breaks++;
      at = next;
    }
  }

  /** Where a line ends, of the first format that may have it. */
  private endOf(bytes: Buffer, from: number): number {
    for (const known of this.formats) {
      const end = known.format.find(bytes, from);
      if (end === OTHER_LINE) continue;
      this.format = known;
      return end;
    }
    return NOT_SURE;
  }

  /** Where the line after this one begins; a negative number if this one may go on. */
  private nextLine(bytes: Buffer, end: number): number {
    if (bytes[end] === 0x0a) return end + 1;
    if (bytes[end] === 0x0d) return bytes[end + 1] === 0x0a ? end + 2 : NOT_SURE;
    const start = this.format?.start;
    if (start === undefined || end + start.length > bytes.length) return NOT_SURE;
    return start.compare(bytes, end, end + start.length) === 0 ? end : NOT_SURE;
  }

  private takeCall(bytes: Buffer, from: number, end: number, line: number): boolean {
    if (this.format === undefined) return false;
    const { kinds, format } = this.format;
    const { found } = format;
    const time = timeIn(bytes, found);
    if (time === undefined) return false;
    const [first, last] = [found.from[ID] as number, found.end[ID] as number];
    const id = isAbsent(bytes, first, last) ? 0 : hashOfId(bytes, first, last);
    let kind = kinds.get(bytes, found);
    if (kind === undefined) {
      // What the values of a kind mean is decided where all lines are read, once.
      kind = this.sink.kindIn(bytes.toString("utf8", from, end), time, id) ?? NO_CALL;
      kinds.set(bytes, found, kind);
    }
    if (kind === NO_CALL) return false;
    this.sink.addLine(time, kind, id, line);
    return true;
  }
}

function timeIn(bytes: Buffer, { from, end }: FoundValues): number | undefined {
  const first = from[TIME] as number;
  const last = end[TIME] as number;
  if (last - first !== TIME_DIGITS) return undefined;
  let time = 0;
  for (let at = first; at < last; at++) time = time * 10 + (bytes[at] as number) - 0x30;
  return isLogTime(time) ? time : undefined;
}

function exportTimeAt(bytes: Buffer, from: number): number {
  const first = bytes[from];
  if (first === undefined || first < 0x30 || first > 0x39) return 0;
  return exportTimeLength(bytes.toString("latin1", from, from + LONGEST_EXPORT_TIME));
}

/** Formats up to the first one of which nobody can say, by bytes alone, that a line is not in it. */
function knownFormats(formats: readonly LogFormat[]): readonly KnownFormat[] {
  const known: KnownFormat[] = [];
  for (const { boundary } of formats)
    if (boundary && !BETWEEN_OBJECTS.test(boundary.end + boundary.start)) return known;
  for (const each of formats) {
    if (!each.isExact) continue;
    const format = QuickFormat.of(each, WANTED);
    const start = each.boundary?.start;
    if (format === undefined || start === undefined || start.startsWith(CLOUDWATCH_BATCHES.start)) break;
    known.push({ format, start: Buffer.from(start), kinds: new NumbersByBytes(KIND_VARIABLES.length) });
  }
  return known;
}
