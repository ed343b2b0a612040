import { calendarDaySchema } from "../../vocabulary/calendar-day";

/** Whether a text is a day of the calendar, such as `2026-12-01`; days in this form are in the order of the calendar. */
export const isDay = (text: string): boolean => calendarDaySchema.safeParse(text).success;

/** The day so many days later. */
export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, "2026-12-01".length);
}
