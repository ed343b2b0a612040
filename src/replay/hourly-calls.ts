import type { DayNumber } from "../limiter/day-number";

const MS_PER_HOUR = 3_600_000;
const HOURS_PER_DAY = 24;

/** In calls. A small log of many days needs little; a large one is not copied when it grows. */
const SMALLEST_PIECE = 64;
const LARGEST_PIECE = 16_384;

/** Of a call: its time in milliseconds since the day began, its kind, and a hash of its id, or 0. */
export const NUMBERS_PER_CALL = 3;

/** Calls of one hour as they came, in pieces that stay where they are when more come. */
export interface HourOfCalls {
  readonly pieces: Uint32Array[];
  /** How many numbers the last piece has. */
  used: number;
  calls: number;
}

export interface DayOfHours {
  readonly day: DayNumber;
  readonly hours: HourOfCalls[];
}

/** Holds calls by the hour, each as three numbers: what is sorted at once is never more than an hour. */
export class HourlyCalls {
  private readonly hours = new Map<number, HourOfCalls>();
  private hour = -1;
  private current: HourOfCalls = { pieces: [], used: 0, calls: 0 };
  private dayBegin = 0;

  /**
   * @param time milliseconds since the epoch
   * @param id a hash of its id; 0 for a call without one
   */
  add(time: number, kind: number, id: number): void {
    const hour = Math.floor(time / MS_PER_HOUR);
    if (hour !== this.hour) this.enter(hour);
    const { current } = this;
    let piece = current.pieces[current.pieces.length - 1];
    if (piece === undefined || current.used === piece.length) piece = grow(current);
    const at = current.used;
    piece[at] = time - this.dayBegin;
    piece[at + 1] = kind;
    piece[at + 2] = id;
    current.used += NUMBERS_PER_CALL;
    current.calls++;
  }

  /** The days with calls, in order. They are held no longer by this. */
  take(): DayOfHours[] {
    const days = new Map<DayNumber, HourOfCalls[]>();
    for (const [hour, calls] of [...this.hours].sort(([a], [b]) => a - b)) {
      const day = Math.floor(hour / HOURS_PER_DAY);
      const hours = days.get(day) ?? [];
      hours.push(calls);
      days.set(day, hours);
    }
    this.hours.clear();
    return [...days].map(([day, hours]) => ({ day, hours }));
  }

  private enter(hour: number): void {
    this.current = this.hours.get(hour) ?? { pieces: [], used: 0, calls: 0 };
    this.hours.set(hour, this.current);
    this.hour = hour;
    this.dayBegin = Math.floor(hour / HOURS_PER_DAY) * HOURS_PER_DAY * MS_PER_HOUR;
  }
}

function grow(hour: HourOfCalls): Uint32Array {
  const calls = Math.min(LARGEST_PIECE, Math.max(SMALLEST_PIECE, hour.calls));
  const piece = new Uint32Array(calls * NUMBERS_PER_CALL);
  hour.pieces.push(piece);
  hour.used = 0;
  return piece;
}
