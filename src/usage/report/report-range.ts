import { DEFAULT_CHOICES } from "../../limiter/choices";
import { type DayNumber, dayOf, dayOfDate } from "../../limiter/day-number";
import { windowOf } from "../../limiter/quota-window";
import { show } from "../../text/show";
import { calendarMonth, monthOfDate } from "../invoice/calendar-month";
import { PACE_DAYS } from "./outlook";

/** The days of a summary. */
export interface ReportRange {
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface WrittenRange {
  readonly month?: string;
  readonly from?: string;
  readonly to?: string;
  /** @default - the clock */
  readonly now?: string;
}

/**
 * The days that were asked for; by default the month of `now`.
 *
 * @throws Error for what is not a range that has begun
 */
export function reportRange({ month, from, to, now }: WrittenRange, clock: () => number = Date.now): ReportRange {
  const at = now === undefined ? clock() : readInstant(now);
  if (month !== undefined && (from !== undefined || to !== undefined))
    throw new Error("--month names the days, and so do --from and --to; give one of the two");
  const current = calendarMonth(monthOfDate(new Date(at).toISOString()));
  const named = month === undefined ? current : calendarMonth(month);
  const first = from === undefined ? named.first : date("--from", from);
  const last = to === undefined ? (from === undefined ? named.last : dayOf(at)) : date("--to", to);
  if (first > last) throw new Error(`--from ${from ?? "(the month)"} is after --to ${to ?? "(today)"}; swap them`);
  if (first > dayOf(at)) throw new Error("the days have not begun yet; name days that have, or another --now");
  return { from: first, to: last, now: at };
}

/**
 * The instant of an option `--now`, in milliseconds since the epoch.
 *
 * @throws Error for what is not an instant with its zone
 */
export function readInstant(written: string): number {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(written)
    ? Date.parse(written)
    : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new Error(`--now must be an instant such as 2026-11-26T12:00:00Z, got ${show(written)}`);
}

function date(option: string, written: string): DayNumber {
  try {
    return dayOfDate(written);
  } catch {
    throw new Error(`${option} must be a day such as 2026-11-03, got ${show(written)}`);
  }
}

/** The days to read: whole weeks and months, and the days before by which a pace is known. */
export function daysToRead({ from, to, now }: ReportRange): {
  readonly first: DayNumber;
  readonly last: DayNumber;
} {
  const quota = (period: "WEEK" | "MONTH") => ({ limit: 1, period });
  const windows = (day: DayNumber) => [
    windowOf(quota("WEEK"), day, DEFAULT_CHOICES),
    windowOf(quota("MONTH"), day, DEFAULT_CHOICES),
  ];
  return {
    first: Math.min(from - PACE_DAYS, ...windows(from).map(({ first }) => first)),
    last: Math.min(dayOf(now), Math.max(...windows(to).map(({ last }) => last))),
  };
}
