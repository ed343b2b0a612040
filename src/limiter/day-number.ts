/** A day of the UTC calendar, as the number of days since 1 January 1970: days are added and compared as numbers. */
export type DayNumber = number;

/** Milliseconds of a day. */
export const DAY_LENGTH = 86_400_000;

/** The day in which a moment lies; it takes milliseconds since the epoch. Days in UTC have no summer time. */
export function dayOf(at: number): DayNumber {
  return Math.floor(at / DAY_LENGTH);
}

/** `2024-02-29`. */
export function dateOf(day: DayNumber): string {
  return new Date(day * DAY_LENGTH).toISOString().slice(0, 10);
}

/**
 * The day of a date such as `2024-02-29`.
 *
 * @throws RangeError if there is no such day
 */
export function dayOfDate(date: string): DayNumber {
  const day = dayOf(Date.parse(date));
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(day) || dateOf(day) !== date)
    throw new RangeError(`a date must be a day of the calendar such as 2024-02-29, got ${JSON.stringify(date)}`);
  return day;
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: DayNumber): number {
  return modulo(day + 4, 7); // 1 January 1970 was a Thursday.
}

/** The first day of the month in which a day lies; of a later month with `months`. */
export function monthOf(day: DayNumber, months = 0): DayNumber {
  const date = new Date(day * DAY_LENGTH);
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months));
}

function modulo(dividend: number, divisor: number): number {
  return ((dividend % divisor) + divisor) % divisor;
}
