import { type DayNumber, dateOf, dayOf } from "../../limiter/day-number";
import type { LastReading, LostDays } from "./readings";
import type { UsageChoices } from "./usage-choices";
import { isFinal } from "./write-days";

/**
 * What is lost of a plan that was not read for longer than AWS tells its days.
 *
 * @param first the first day that AWS tells
 * @param noticed now
 */
export function tooOldDays(last: LastReading, first: DayNumber, noticed: string, choices: UsageChoices): LostDays[] {
  const from = firstOpenDay(last, choices);
  if (from >= first) return [];
  return [{ from: dateOf(from), to: dateOf(first - 1), lastRead: last.read, because: "too old", noticed }];
}

/** What is lost of a plan that AWS has no more: what it counted after its last reading. */
export function daysOfDeletedPlan(last: LastReading, noticed: string, choices: UsageChoices): LostDays[] {
  const [from, to] = [firstOpenDay(last, choices), dayOf(Date.parse(noticed))];
  return [{ from: dateOf(from), to: dateOf(to), lastRead: last.read, because: "plan deleted", noticed }];
}

/** The first day whose figure was not final at a reading. */
function firstOpenDay({ read }: LastReading, choices: UsageChoices): DayNumber {
  let day = dayOf(Date.parse(read));
  while (!isFinal(day - 1, read, choices)) day--;
  return day;
}
