import { z } from "zod";
import { wrong } from "./schema";

/** A day of the calendar, in UTC: `2026-12-01`. */
export type CalendarDay = string;

const error = wrong("must be a day of the calendar such as 2026-12-01", "write year, month and day, in quotes");

export const calendarDaySchema: z.ZodType<CalendarDay> = z
  .string({ error })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error, abort: true })
  .refine(isDay, { error });

/** Whether the calendar has such a day: it has no 30th of February. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
