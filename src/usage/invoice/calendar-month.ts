import { type DayNumber, dateOf, dayOfDate, monthOf } from "../../limiter/day-number";

/** A month of the UTC calendar. */
export interface CalendarMonth {
  /** `2026-11` */
  readonly name: string;
  readonly first: DayNumber;
  readonly last: DayNumber;
  /** How many days it has. */
  readonly days: number;
}

/**
 * The month of a name such as `2026-11`.
 *
 * @throws RangeError if there is no such month
 */
export function calendarMonth(name: string): CalendarMonth {
  let first: DayNumber;
  try {
    if (!/^\d{4}-\d{2}$/.test(name)) throw new RangeError();
    first = dayOfDate(`${name}-01`);
  } catch {
    throw new RangeError(`a month must be written as 2026-11, got ${JSON.stringify(name)}`);
  }
  const next = monthOf(first, 1);
  return { name, first, last: next - 1, days: next - first };
}

/** The month in which a date such as `2026-11-03` lies. */
export const monthOfDate = (date: string): string => date.slice(0, 7);

/** The days of a month as dates, in order. */
export const datesOf = ({ first, days }: CalendarMonth): string[] =>
  Array.from({ length: days }, (_, index) => dateOf(first + index));

/** Days of the year in which a month lies, and how many of them have passed when the month begins. */
export function yearOf({ name, first }: CalendarMonth): { readonly days: number; readonly before: number } {
  const begin = dayOfDate(`${name.slice(0, 4)}-01-01`);
  return { days: monthOf(begin, 12) - begin, before: first - begin };
}
