import { type DayOfHours, type HourOfCalls, NUMBERS_PER_CALL } from "./hourly-calls";
import type { TrafficDay } from "./traffic";

/** Calls of a day in order, each once. */
export interface SortedDay extends TrafficDay {
  /** Calls that are left out, because they came before. */
  readonly duplicates: number;
}

/**
 * Sorts the calls of a day by time, kind and id, whatever order they came in. Calls with an id whose time, kind and id are equal
 * are one call. The hours are given away, one after the other.
 *
 * @param ranks the place in the order of kinds, by the number of a kind
 */
export function sortDay({ day, hours }: DayOfHours, ranks: Uint32Array): SortedDay {
  const calls = hours.reduce((sum, hour) => sum + hour.calls, 0);
  const sorted = { times: new Uint32Array(calls), kinds: new Uint32Array(calls), calls: 0 };
  for (let hour = hours.shift(); hour !== undefined; hour = hours.shift()) sortHour(hour, ranks, sorted);
  const duplicates = calls - sorted.calls;
  const { times, kinds } = sorted;
  if (duplicates === 0) return { day, times, kinds, duplicates };
  return { day, times: times.slice(0, sorted.calls), kinds: kinds.slice(0, sorted.calls), duplicates };
}

/** As many calls as often come in a millisecond. */
const SEVERAL = 64;

interface Sorted {
  readonly times: Uint32Array;
  readonly kinds: Uint32Array;
  calls: number;
}

/** Which half of a 64-bit number is the larger one, in the order of this machine's bytes. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
const LOW = 1 - HIGH;

/** Numbers of 64 bits, of which each is sorted by its high half, then by its low one. */
class Pairs {
  private readonly pairs: BigUint64Array;
  private readonly halves: Uint32Array;

  constructor(readonly length: number) {
    this.pairs = new BigUint64Array(length);
    this.halves = new Uint32Array(this.pairs.buffer);
  }

  set(index: number, high: number, low: number): void {
    this.halves[2 * index + HIGH] = high;
    this.halves[2 * index + LOW] = low;
  }

  high(index: number): number {
    return this.halves[2 * index + HIGH] as number;
  }

  low(index: number): number {
    return this.halves[2 * index + LOW] as number;
  }

  sort(length: number): void {
    if (!this.isSorted(length)) this.pairs.subarray(0, length).sort();
  }

  private isSorted(length: number): boolean {
    for (let index = 1; index < length; index++) {
      const before = this.high(index - 1);
      const here = this.high(index);
      if (before > here || (before === here && this.low(index - 1) > this.low(index))) return false;
    }
    return true;
  }
}

function sortHour(hour: HourOfCalls, ranks: Uint32Array, sorted: Sorted): void {
  const { calls } = hour;
  const numbers = takeNumbers(hour);
  const byTime = new Pairs(calls);
  for (let call = 0; call < calls; call++) byTime.set(call, numbers[call * NUMBERS_PER_CALL] as number, call);
  byTime.sort(calls);
  let atOnce = new Pairs(SEVERAL);
  for (let from = 0, end = 0; from < calls; from = end) {
    const time = byTime.high(from);
    while (end < calls && byTime.high(end) === time) end++;
    const length = end - from;
    if (length > atOnce.length) atOnce = new Pairs(2 * length);
    for (let index = 0; index < length; index++) {
      const at = byTime.low(from + index) * NUMBERS_PER_CALL;
      atOnce.set(index, ranks[numbers[at + 1] as number] as number, numbers[at + 2] as number);
    }
    atOnce.sort(length);
    writeDistinct(atOnce, length, time, sorted);
  }
}

function writeDistinct(atOnce: Pairs, length: number, time: number, sorted: Sorted): void {
  for (let index = 0; index < length; index++) {
    const kind = atOnce.high(index);
    const id = atOnce.low(index);
    if (id !== 0 && index > 0 && kind === atOnce.high(index - 1) && id === atOnce.low(index - 1)) continue;
    sorted.times[sorted.calls] = time;
    sorted.kinds[sorted.calls] = kind;
    sorted.calls++;
  }
}

/** All numbers in one piece; those that they came in are given away. */
function takeNumbers({ pieces, used, calls }: HourOfCalls): Uint32Array {
  const numbers = new Uint32Array(calls * NUMBERS_PER_CALL);
  let at = 0;
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    const filled = pieces.length === 0 ? piece.subarray(0, used) : piece;
    numbers.set(filled, at);
    at += filled.length;
  }
  return numbers;
}
