import { type DayNumber, dateOf } from "../../limiter/day-number";
import { shownKey } from "./key-use";
import type { UseRow } from "./rows";
import type { KeyUse, PlanUse, UnknownUse } from "./summary";
import type { UseRecord } from "./use-record";

export interface KnownUse {
  readonly record: UseRecord;
  readonly rows: readonly UseRow[];
  readonly keys: readonly KeyUse[];
  readonly plans: readonly PlanUse[];
  readonly from: DayNumber;
  readonly until: DayNumber;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** In milliseconds. */
  readonly maxAge: number;
  /** Usage plans of the stacks, by id or tier, that no collection has read. */
  readonly unread: readonly string[];
}

/** What of the days is not known, or only assumed. */
export function unknownUse(known: KnownUse): UnknownUse[] {
  const { record, from, until } = known;
  const days = Array.from({ length: until - from + 1 }, (_, index) => from + index);
  const missing = days.filter((day) => !record.collected.has(day));
  if (missing.length === days.length) return [unknown("no-figures", { days: missing.map(dateOf) })];
  return [
    ...(missing.length > 0 ? [unknown("not-collected", { days: missing.map(dateOf) })] : []),
    ...known.unread.map((plan) => unknown("not-collected", { plan, days: days.map(dateOf) })),
    ...known.plans.flatMap(({ plan }) => lostOf(plan, days, record)),
    ...known.plans.flatMap((plan) => ofPlan(plan, days, known)),
    ...withoutSubscription(known.rows),
    ...assumedTiers(known.rows),
  ];
}

function ofPlan(
  { plan, quota }: PlanUse,
  days: readonly DayNumber[],
  { record, keys, now, maxAge }: KnownUse,
): UnknownUse[] {
  const read = record.plans.get(plan);
  const missing = days.filter((day) => record.collected.has(day) && read && !record.knows(read, day));
  const own = keys.filter((each) => each.plan === plan && each.state !== "left");
  const isOld = (each: KeyUse) => now - Date.parse(each.read) > maxAge;
  const old = own.filter((each) => each.period?.isAtLeast === true && isOld(each));
  const [oldest] = old.map((each) => each.read).sort();
  const other =
    quota.kind === "limited" ? own.filter(({ period }) => period !== null && period.allowed !== quota.limit) : [];
  return [
    ...(missing.length > 0 ? [unknown("not-collected", { plan, days: missing.map(dateOf) })] : []),
    ...(oldest !== undefined ? [unknown("too-old", { plan, count: old.length, detail: oldest })] : []),
    ...(quota.kind === "unknown" && own.length > 0
      ? [unknown("unknown-quota", { plan, count: own.length, detail: quota.why })]
      : []),
    ...(other.length > 0 ? [unknown("other-allowance", { plan, count: other.length })] : []),
  ];
}

function lostOf(plan: string, days: readonly DayNumber[], { readings }: UseRecord): UnknownUse[] {
  const lost = readings.get(plan)?.lost ?? [];
  const own = days.map(dateOf).filter((day) => lost.some(({ from, to }) => from <= day && day <= to));
  return own.length > 0 ? [unknown("lost", { plan, days: own })] : [];
}

/** Calls of keys that belong to nobody. */
const withoutSubscription = (rows: readonly UseRow[]): UnknownUse[] =>
  rows
    .filter(({ subscription, requests }) => subscription === null && requests > 0)
    .map(({ keys, requests }) =>
      unknown("no-subscription", { key: shownKey(keys[0]?.series.key ?? ""), count: requests }),
    );

/** All subscriptions together: before the first collection, nobody saw any of them. */
function assumedTiers(rows: readonly UseRow[]): UnknownUse[] {
  const assumed = rows.filter(({ subscription, assumed }) => subscription !== null && assumed.size > 0);
  if (assumed.length === 0) return [];
  const days = [...new Set(assumed.flatMap((row) => [...row.assumed]))].sort((a, b) => a - b);
  const subscriptions = new Set(assumed.map(({ subscription }) => subscription));
  const [only = null, ...others] = subscriptions;
  return [
    unknown("assumed-tier", {
      subscription: others.length === 0 ? only : null,
      days: days.map(dateOf),
      count: subscriptions.size,
    }),
  ];
}

const unknown = (kind: UnknownUse["kind"], fields: Partial<UnknownUse>): UnknownUse => ({
  ...{ kind, plan: null, subscription: null, key: null, days: [], count: 0, detail: null },
  ...fields,
});
