import { type LineKind, LineNotes } from "../logs/line-notes";
import { type Boundary, LineSplitter } from "../logs/line-splitter";
import { logLines } from "../logs/log-records";
import type { LoggedCall } from "../logs/logged-call";
import { type LineReading, readCall } from "../logs/read-call";
import { hashOfId } from "./call-ids";
import { CallKinds } from "./call-kinds";
import { HourlyCalls } from "./hourly-calls";
import { type CallSink, QuickLines } from "./quick-lines";
import { sortDay } from "./sort-calls";
import { type CallKind, callsByKind, type Traffic, type TrafficDay } from "./traffic";

/** Collects the calls of sources, one source after the other. */
export class TrafficCollector implements CallSink {
  private readonly notes = new LineNotes();
  private readonly kinds = new CallKinds();
  /** What the calls of a kind lack, by its number. */
  private readonly lacks: (LineKind | undefined)[] = [];
  private readonly calls = new HourlyCalls();
  private readonly quickLines: QuickLines;
  private readonly boundaries: readonly Boundary[];
  private sources = 0;
  private lines = 0;
  private outOfOrder = 0;
  private wholeSeconds = 0;
  private source = "";
  private timeAbove = 0;

  constructor(private readonly reading: LineReading) {
    this.quickLines = new QuickLines(reading.formats, this);
    this.boundaries = reading.formats.flatMap(({ boundary }) => boundary ?? []);
  }

  /** What takes the bytes of a source. */
  begin(source: string): LineSplitter {
    this.sources++;
    this.source = source;
    this.timeAbove = 0;
    const read = (text: string | undefined, line: number) => {
      if (text === undefined) this.notes.add("too long", source, line);
      else for (const each of logLines(text)) this.read(each, line);
    };
    return new LineSplitter(this.boundaries, read, this.quickLines);
  }

  kindIn(line: string, time: number, id: number): number | undefined {
    const call = readCall(line, this.reading);
    return typeof call === "object" && call.time === time && idOf(call) === id ? this.kindOf(call) : undefined;
  }

  addLine(time: number, kind: number, id: number, line: number): void {
    this.lines++;
    if (id === 0) this.notes.add("no id", this.source, line);
    const lack = this.lacks[kind];
    // How many there are is counted when duplicates are gone.
    if (lack !== undefined) this.notes.place(lack, this.source, line);
    if (time < this.timeAbove) this.outOfOrder++;
    this.timeAbove = time;
    this.calls.add(time, kind, id);
  }

  /** The calls of all sources. Nothing can be added after it. */
  traffic(): Traffic {
    const { kinds, ranks } = this.kinds.sorted();
    const days: TrafficDay[] = [];
    let calls = 0;
    let duplicates = 0;
    for (const each of this.calls.take()) {
      const { duplicates: left, ...day } = sortDay(each, ranks);
      duplicates += left;
      calls += day.times.length;
      days.push(day);
    }
    if (duplicates > 0) this.notes.count("duplicate", duplicates);
    this.countLacks(kinds, days);
    const { sources, lines, outOfOrder, wholeSeconds } = this;
    const notes = Object.fromEntries(this.notes.kinds);
    const reading = { sources, lines, calls, notes, outOfOrder, ...(wholeSeconds > 0 && { wholeSeconds }) };
    return { kinds, days, reading };
  }

  private read(text: string, line: number): void {
    const call = readCall(text, this.reading);
    if (typeof call === "object") {
      if (call.isWholeSecond) this.wholeSeconds++;
      this.addLine(call.time, this.kindOf(call), idOf(call), line);
      return;
    }
    this.lines++;
    this.notes.add(call, this.source, line);
  }

  private kindOf(call: LoggedCall): number {
    const kind = this.kinds.numberOf(call);
    this.lacks[kind] = lackOf(call);
    return kind;
  }

  private countLacks(kinds: readonly CallKind[], days: readonly TrafficDay[]): void {
    const counts = callsByKind({ kinds, days });
    for (const [index, kind] of kinds.entries()) {
      const lack = lackOf(kind);
      if (lack !== undefined) this.notes.count(lack, counts[index] as number);
    }
  }
}

/** Why a call is not a customer's on a route. */
function lackOf({ key, hasKeyValue, path }: CallKind): LineKind | undefined {
  if (hasKeyValue) return "key value";
  if (key === undefined) return "no key";
  return path === undefined ? "no route" : undefined;
}

function idOf({ id }: LoggedCall): number {
  if (id === undefined) return 0;
  const bytes = Buffer.from(id);
  return hashOfId(bytes, 0, bytes.length);
}
