import { type DayNumber, dateOf, dayOf } from "../limiter/day-number";
import { LONGEST_REPORT } from "../limiter/usage-report";
import { type Days, type GetUsage, type PlanUsage, readPlanUsage } from "../usage/collect/read-usage";
import { DEFAULT_USAGE_CHOICES } from "../usage/collect/usage-choices";
import { type KeySeries, readUse } from "../usage/report/use-record";
import type { UsageStore } from "../usage/store/usage-store";
import type { CallsOn } from "./rotation-status";
import type { Rotation } from "./rotations";

/** How far AWS's figures may be behind, in seconds. */
export const LATE_SECONDS = DEFAULT_USAGE_CHOICES.lateMinutes * 60;

const DAY = 86_400_000;

/** Up to when calls are known. */
export interface KnownUntil {
  readonly callsOn: CallsOn;
  /** The instant up to which AWS had counted at the latest reading: `2026-11-26T11:20:00.000Z`; `null` where there is none. */
  readonly upTo: string | null;
  /** What is not sure about it, a sentence each. */
  readonly notes: readonly string[];
}

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

/** Whether what was read at an instant has all calls of a day. */
const hasWholeDay = (day: DayNumber, read: number): boolean => read >= (day + 1) * DAY + LATE_SECONDS * 1_000;

/** Calls by the usage store, whatever plan a key was in. It has a line for each day on which a key was in a plan. */
export async function storedCalls(store: UsageStore, { first, last }: Days): Promise<KnownUntil> {
  const record = await readUse(store, first, last);
  const plans = [...record.plans.values()];
  const linesOf = (key: string, day: DayNumber) => plans.flatMap(({ keys }) => keys.get(key)?.at(day) ?? []);
  const reads = plans.flatMap(({ keys }) => [...keys.values()].flatMap((series) => series.at(last)?.read ?? []));
  const latest = reads.reduce((most, read) => Math.max(most, read), Number.NEGATIVE_INFINITY);
  return {
    callsOn: (key, _, day) => {
      const lines = linesOf(key, day);
      if (lines.length === 0) return undefined;
      return {
        calls: lines.reduce((sum, { used }) => sum + used, 0),
        isWhole: lines.every(({ final, read }) => final || hasWholeDay(day, read)),
      };
    },
    upTo: Number.isFinite(latest) ? new Date(latest - LATE_SECONDS * 1_000).toISOString() : null,
    notes: [],
  };
}

/** Ids in AWS of the keys that a subscription had in a usage plan, by the usage store. */
export const keysOfSubscription =
  (store: UsageStore, subscription: string) =>
  async (plan: string, first: DayNumber, last: DayNumber): Promise<ReadonlySet<string>> => {
    const series = (await readUse(store, first, last)).plans.get(plan)?.keys ?? new Map<string, KeySeries>();
    const had = [...series].filter(([, days]) => {
      for (let day = first; day <= last; day++) if (days.at(day)?.holder.subscription === subscription) return true;
      return false;
    });
    return new Set(had.map(([key]) => key));
  };

/**
 * Calls as AWS tells them now. It tells them by usage plan, so each plan is asked about each key: a key that moved called under
 * another one before.
 *
 * @param plans all that are known, by id in AWS
 * @param now milliseconds since the epoch
 */
export async function liveCalls(
  rotations: readonly Rotation[],
  plans: ReadonlyMap<string, string | undefined>,
  days: Days,
  now: number,
  getUsageIn: (region: string | undefined) => GetUsage,
): Promise<KnownUntil> {
  const ids = new Set(rotations.flatMap(({ keys }) => keys.flatMap(({ awsId }) => awsId ?? [])));
  const usages = new Map<string, PlanUsage>();
  if (ids.size > 0)
    for (const [id, region] of plans)
      usages.set(id, await readPlanUsage(getUsageIn(region), id, days, (key) => ids.has(key)));
  return {
    callsOn: (key, own, day) => {
      // A day that AWS leaves out is one without calls, as far as the plans were asked that the key is in.
      if (own.length === 0 || own.some((plan) => !usages.has(plan))) return undefined;
      const of = [...usages.values()];
      if (of.some(({ unclear }) => unclear.has(key))) return undefined;
      const calls = of.reduce((sum, usage) => sum + (usage.at(key, day)?.used ?? 0), 0);
      return { calls, isWhole: hasWholeDay(day, now) };
    },
    upTo: new Date(now - LATE_SECONDS * 1_000).toISOString(),
    notes:
      ids.size === 0
        ? []
        : [
            "AWS counts by usage plan: of a key that moved to another plan within these days, it may not tell what was called before. The usage store does.",
          ],
  };
}
