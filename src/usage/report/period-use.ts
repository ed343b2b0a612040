import { DEFAULT_CHOICES } from "../../limiter/choices";
import { type DayNumber, dateOf, dayOf, dayOfDate } from "../../limiter/day-number";
import { type QuotaWindow, windowOf } from "../../limiter/quota-window";
import type { Quota } from "../../vocabulary/quota";
import type { PeriodUse, QuotaState } from "./summary";
import type { KeyDay, KeySeries, PlanRecord, UseRecord } from "./use-record";

/** One key in one plan, with what is needed to say how much of its quota it used. */
export interface MeteredKey {
  readonly series: KeySeries;
  readonly plan: PlanRecord;
  readonly record: UseRecord;
  readonly quota: Quota;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** For how long a figure of a day that AWS may still change is good, in milliseconds. */
  readonly maxAge: number;
}

/** From which share of a quota on it is said to be near. */
export const NEAR = 0.8;

function periodUse(metered: MeteredKey, window: QuotaWindow): PeriodUse {
  const { series, quota, now } = metered;
  const last = Math.min(window.last, dayOf(now));
  let used = 0;
  let reported: { readonly day: DayNumber; readonly remaining: number; readonly used: number } | undefined;
  for (let day = window.first; day <= last; day++) {
    const line = series.at(day);
    used += line?.used ?? 0;
    if (line?.remaining !== undefined) reported = { day, remaining: line.remaining, used };
  }
  const isWhole = (until: DayNumber) => every(window.first, until, (day) => metered.record.knows(metered.plan, day));
  const isSum = reported !== undefined && isWhole(reported.day);
  const allowed = reported && isSum ? reported.used + reported.remaining : quota.limit;
  const remaining = reported ? Math.max(0, reported.remaining - (used - reported.used)) : quota.limit - used;
  return {
    from: dateOf(window.first),
    to: dateOf(window.last),
    used,
    allowed,
    allowedBy: isSum ? "remaining" : "limit",
    remaining: Math.max(0, remaining),
    share: allowed === 0 ? 1 : (allowed - remaining) / allowed,
    isAtLeast: !every(reported?.day ?? window.first, last, (day) => isCurrent(metered, day)),
  };
}

/** Whether what is known of a day is final or young enough. */
function isCurrent({ series, plan, record, now, maxAge }: MeteredKey, day: DayNumber): boolean {
  const line = series.at(day);
  return line === undefined ? record.knows(plan, day) : isGood(line, now, maxAge);
}

export const isGood = ({ final, read }: KeyDay, now: number, maxAge: number): boolean => final || now - read <= maxAge;

function every(first: DayNumber, last: DayNumber, holds: (day: DayNumber) => boolean): boolean {
  for (let day = first; day <= last; day++) if (!holds(day)) return false;
  return true;
}

/** The use of a quota in the period in which a day lies. */
export const periodOn = (metered: MeteredKey, day: DayNumber): PeriodUse =>
  periodUse(metered, windowOf(metered.quota, day, DEFAULT_CHOICES));

/** Of the periods that some days touch, the one of which the largest share was used; not more than that if one is not known. */
export function fullestPeriod(metered: MeteredKey, first: DayNumber, last: DayNumber): PeriodUse {
  let fullest = periodOn(metered, first);
  let isAtLeast = fullest.isAtLeast;
  for (let day = dayOfDate(fullest.to) + 1; day <= last; ) {
    const period = periodOn(metered, day);
    if (period.share > fullest.share) fullest = period;
    isAtLeast ||= period.isAtLeast;
    day = dayOfDate(period.to) + 1;
  }
  return { ...fullest, isAtLeast };
}

/** What is said of a quota of which a share was used. */
export function stateOf({ share, isAtLeast }: Pick<PeriodUse, "share" | "isAtLeast">): QuotaState {
  if (share >= 1) return "used up";
  if (share >= NEAR) return "near";
  return isAtLeast ? "unknown" : "fine";
}
