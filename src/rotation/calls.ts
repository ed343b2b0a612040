import { dateOf, dayOf } from "../limiter/calendar-day";
import { LONGEST_REPORT } from "../limiter/usage-report";
import { type Days, type GetUsage, type PlanUsage, readPlanUsage } from "../usage/collect/read-usage";
import { readUse } from "../usage/report/use-record";
import type { UsageStore } from "../usage/store/usage-store";
import type { CallsOn } from "./rotation-status";
import type { Rotation } from "./rotations";

/**
 * The last days, today among them.
 *
 * @param now milliseconds since the epoch
 * @throws Error for more days than AWS tells usage of
 */
export function lastDays(count: number, now: number): Days {
  if (count > LONGEST_REPORT)
    throw new Error(`--days must be at most ${LONGEST_REPORT}, for which AWS tells usage, got ${count}`);
  const last = dayOf(now);
  return { first: last - count + 1, last };
}

export const datesOfDays = ({ first, last }: Days) => ({ first: dateOf(first), last: dateOf(last) });

/** Calls by the usage store, which does not know days that were not collected. */
export async function storedCalls(store: UsageStore, { first, last }: Days): Promise<CallsOn> {
  const record = await readUse(store, first, last);
  return (plan, key, day) => {
    const known = record.plans.get(plan);
    return known?.wasCollected(day) ? (known.keys.get(key)?.at(day)?.used ?? 0) : undefined;
  };
}

/** Calls as AWS tells them now, of the plans of these keys alone. */
export async function liveCalls(
  rotations: readonly Rotation[],
  days: Days,
  getUsageIn: (region: string | undefined) => GetUsage,
): Promise<CallsOn> {
  const keys = rotations.flatMap((rotation) => rotation.keys);
  const ids = new Set(keys.flatMap(({ awsId }) => awsId ?? []));
  const usages = new Map<string, PlanUsage>();
  for (const { awsId, region } of new Set(keys.flatMap(({ plans }) => plans)))
    if (awsId !== undefined)
      usages.set(awsId, await readPlanUsage(getUsageIn(region), awsId, days, (id) => ids.has(id)));
  // A day that AWS leaves out is one without calls.
  return (plan, key, day) => {
    const usage = usages.get(plan);
    return usage === undefined || usage.unclear.has(key) ? undefined : (usage.at(key, day)?.used ?? 0);
  };
}
