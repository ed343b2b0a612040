import type { DayNumber } from "../../limiter/day-number";

/** What a client used of its plan on a day before the log began, or on its first day before it began. */
export interface UseBefore {
  readonly day: DayNumber;
  readonly used: number;
}
