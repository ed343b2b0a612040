import { type LineKind, LineNotes } from "../logs/line-notes";
import { LineSplitter } from "../logs/line-splitter";
import { logLines } from "../logs/log-records";
import type { LoggedCall } from "../logs/logged-call";
import { type LineReading, readCall } from "../logs/read-call";
import { hashOfId } from "./call-ids";
import { CallKinds } from "./call-kinds";
import { HourlyCalls } from "./hourly-calls";
import { sortDay } from "./sort-calls";
import type { CallKind, Traffic, TrafficDay } from "./traffic";

/** Collects the calls of sources, one source after the other. */
export class TrafficCollector {
  private readonly notes = new LineNotes();
  private readonly kinds = new CallKinds();
  private readonly calls = new HourlyCalls();
  private sources = 0;
  private lines = 0;
  private outOfOrder = 0;
  private source = "";
  private timeAbove = 0;

  constructor(private readonly reading: LineReading) {}

  /** What takes the bytes of a source. */
  begin(source: string): LineSplitter {
    this.sources++;
    this.source = source;
    this.timeAbove = 0;
    const boundaries = this.reading.formats.flatMap(({ boundary }) => boundary ?? []);
    return new LineSplitter(boundaries, (text, line) => {
      if (text === undefined) this.notes.add("too long", `${source}:${line}`);
      else for (const each of logLines(text)) this.read(each, line);
    });
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
    if (duplicates > 0) this.notes.add("duplicate", undefined, duplicates);
    this.noteKinds(kinds, days);
    const { sources, lines, outOfOrder } = this;
    return { kinds, days, reading: { sources, lines, calls, notes: Object.fromEntries(this.notes.kinds), outOfOrder } };
  }

  private read(text: string, line: number): void {
    this.lines++;
    const call = readCall(text, this.reading);
    if (typeof call === "object") this.add(call, line);
    else this.notes.add(call, `${this.source}:${line}`);
  }

  private add(call: LoggedCall, line: number): void {
    const id = call.id === undefined ? 0 : hashOfText(call.id);
    if (id === 0) this.notes.add("no id", `${this.source}:${line}`);
    if (call.time < this.timeAbove) this.outOfOrder++;
    this.timeAbove = call.time;
    const lack = lackOf(call);
    // What a call lacks is counted when duplicates are gone.
    if (lack !== undefined) this.notes.add(lack, `${this.source}:${line}`, 0);
    this.calls.add(call.time, this.kinds.numberOf(call), id);
  }

  private noteKinds(kinds: readonly CallKind[], days: readonly TrafficDay[]): void {
    const counts = new Float64Array(kinds.length);
    for (const day of days) for (const kind of day.kinds) counts[kind] = (counts[kind] ?? 0) + 1;
    for (const [index, kind] of kinds.entries()) {
      const lack = lackOf(kind);
      if (lack !== undefined) this.notes.add(lack, undefined, counts[index]);
    }
  }
}

/** Why a call is not a customer's on a route. */
const lackOf = ({ key, path }: CallKind): LineKind | undefined =>
  key === undefined ? "no key" : path === undefined ? "no route" : undefined;

function hashOfText(id: string): number {
  const bytes = Buffer.from(id);
  return hashOfId(bytes, 0, bytes.length);
}
