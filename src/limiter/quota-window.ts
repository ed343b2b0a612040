import type { Quota } from "../vocabulary/quota";
import type { LimitChoices } from "./choices";
import { type DayNumber, monthOf, weekdayOf } from "./day-number";

/** The days over which a quota is counted before it starts again. */
export interface QuotaWindow {
  readonly first: DayNumber;
  readonly last: DayNumber;
}

type WindowChoices = Pick<LimitChoices, "weekBegins" | "offsetCounts">;

const FIRST_WEEKDAY = { SUNDAY: 0, MONDAY: 1 } as const;

/** The window of a quota in which a day lies: that day, its week or its month in the UTC calendar. */
export function windowOf(quota: Quota, day: DayNumber, choices: WindowChoices): QuotaWindow {
  const offset = choices.offsetCounts === "days" ? (quota.offset ?? 0) : 0;
  const first = firstDay(quota.period, day - offset, choices) + offset;
  switch (quota.period) {
    case "DAY":
      return { first, last: first };
    case "WEEK":
      return { first, last: first + 6 };
    case "MONTH":
      return { first, last: monthOf(first - offset, 1) + offset - 1 };
  }
}

function firstDay(period: Quota["period"], day: DayNumber, { weekBegins }: WindowChoices): DayNumber {
  switch (period) {
    case "DAY":
      return day;
    case "WEEK":
      return day - weekdayOf(day - FIRST_WEEKDAY[weekBegins]);
    case "MONTH":
      return monthOf(day);
  }
}

/**
 * Requests that a window allows.
 *
 * @param planBegan the day on which the plan began, for its initial window may allow fewer; `undefined` if it has not
 */
export function allowanceOf(
  quota: Quota,
  window: QuotaWindow,
  planBegan: DayNumber | undefined,
  choices: WindowChoices,
): number {
  const isInitial = planBegan !== undefined && window.first <= planBegan && planBegan <= window.last;
  const subtracted = isInitial && choices.offsetCounts === "requests" ? (quota.offset ?? 0) : 0;
  return quota.limit - subtracted;
}
