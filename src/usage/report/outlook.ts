import { type DayNumber, dayOf, dayOfDate } from "../../limiter/day-number";
import type { MeteredKey } from "./period-use";
import type { Outlook, PeriodUse } from "./summary";

/** Days before today by which a pace is known at the beginning of a period. */
export const PACE_DAYS = 7;

const DAY = 86_400_000;

/**
 * When the current period's quota will be used up.
 *
 * @param since the key's first day in the plan without a gap
 */
export function outlookOf(metered: MeteredKey, period: PeriodUse, since: DayNumber): Outlook {
  const nothing = { at: null, requestsADay: null, pace: null };
  if (period.remaining === 0) return { kind: "used up", ...nothing };
  const today = dayOf(metered.now);
  const read = metered.series.at(today)?.read;
  if (period.isAtLeast || read === undefined) return { kind: "unknown", ...nothing };
  const begin = Math.max(dayOfDate(period.from), since);
  const elapsed = read / DAY - begin;
  const isOfPeriod = elapsed >= 1;
  const pace = isOfPeriod ? averageOf(metered, begin, today, elapsed) : averageBefore(metered, today, since);
  if (pace === undefined) return { kind: "unknown", ...nothing };
  const known = {
    requestsADay: Math.round(pace * 10) / 10,
    pace: isOfPeriod ? "of the period" : "of the days before",
  } as const;
  const at = pace === 0 ? Number.POSITIVE_INFINITY : read + (period.remaining / pace) * DAY;
  if (at >= (dayOfDate(period.to) + 1) * DAY) return { kind: "lasts", at: null, ...known };
  return { kind: "will be used up", at: new Date(at).toISOString(), ...known };
}

/** Requests a day over some days, of which the last need not be over; `undefined` where one of them was not collected. */
function averageOf(
  { series, plan, record }: MeteredKey,
  first: DayNumber,
  last: DayNumber,
  days: number,
): number | undefined {
  let used = 0;
  for (let day = first; day <= last; day++) {
    if (!record.knows(plan, day)) return undefined;
    used += series.at(day)?.used ?? 0;
  }
  return used / days;
}

function averageBefore(metered: MeteredKey, today: DayNumber, since: DayNumber): number | undefined {
  const first = Math.max(since, today - PACE_DAYS);
  return first < today ? averageOf(metered, first, today - 1, today - first) : undefined;
}
