import { type DayNumber, dateOf, dayOf } from "../../limiter/day-number";
import { hideKeys } from "../../text/like-a-key";
import { outlookOf } from "./outlook";
import { fullestPeriod, type MeteredKey, periodOn, stateOf } from "./period-use";
import type { PlanQuota } from "./plan-quotas";
import type { ReportRange } from "./report-range";
import type { RowKey } from "./rows";
import type { KeyUse } from "./summary";
import type { KeySeries, UseRecord } from "./use-record";

export interface QuotaContext {
  readonly record: UseRecord;
  readonly range: ReportRange;
  /** In milliseconds. */
  readonly maxAge: number;
}

/** What a key used, of its quota, too. */
export function keyUse(key: RowKey, { known, quota, showsRemaining }: PlanQuota, context: QuotaContext): KeyUse {
  const { plan, series } = key;
  const use = {
    key: shownKey(series.key),
    plan: plan.id,
    enabled: key.enabled,
    requests: key.requests,
    first: dateOf(key.first),
    last: dateOf(key.last),
    read: new Date(key.read).toISOString(),
  };
  const without = (state: KeyUse["state"]): KeyUse => ({ ...use, state, period: null, outlook: null });
  const { record, range, maxAge } = context;
  const today = dayOf(range.now);
  const isOver = range.to < today;
  if (!key.isCurrent && !isOver) return without("left");
  if (known.kind === "unlimited") return without("unlimited");
  if (quota === undefined)
    return without(showsRemaining && isSpent(series, isOver ? range.to : today) ? "used up" : "unknown");
  const metered: MeteredKey = { series, plan, record, quota, now: range.now, maxAge };
  const period = isOver ? fullestPeriod(metered, key.first, key.last) : periodOn(metered, today);
  const outlook = isOver ? null : outlookOf(metered, period, sinceOf(series, today));
  return { ...use, state: stateOf(period), period, outlook };
}

/** An id in AWS is shown as it is; something that could be the value of a key is not. */
export const shownKey = (key: string): string => hideKeys(key);

/** Whether nothing remains on a day: that is so whatever the quota is. */
const isSpent = (series: KeySeries, day: DayNumber): boolean => series.at(day)?.remaining === 0;

/** The key's first day in the plan without a gap. */
function sinceOf(series: KeySeries, today: DayNumber): DayNumber {
  let day = today;
  while (series.at(day - 1) !== undefined) day--;
  return day;
}
