import { InvalidArgumentError, Option } from "commander";
import { calendarDaySchema } from "../vocabulary/calendar-day";

/** @throws InvalidArgumentError for what is not a day of the calendar */
export function day(text: string): string {
  if (!calendarDaySchema.safeParse(text).success)
    throw new InvalidArgumentError("It must be a day of the calendar such as 2026-12-01.");
  return text;
}

const realDay = (): string => new Date().toISOString().slice(0, "2026-12-01".length);

/** The one place at which a command that edits looks at the clock. */
export const dayOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser(day).default(realDay(), "today, in UTC");
