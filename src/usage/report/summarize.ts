import { type DayNumber, dateOf, dayOf } from "../../limiter/day-number";
import type { GatewayModel } from "../../model/model";
import { groupedBy } from "../../text/grouped-by";
import { byName } from "../../text/order";
import { keyUse, type QuotaContext } from "./key-use";
import { type PlanQuota, quotaOf, unreadPlans } from "./plan-quotas";
import type { ReportRange } from "./report-range";
import { rowsOf, type UseRow, type UseRows } from "./rows";
import { byShare, shareOf, worstOf } from "./states";
import type { DayTotal, PlanUse, SubscriptionUse, TierUse, UsageSummary } from "./summary";
import { thresholdOf } from "./threshold";
import { unknownUse } from "./unknown-use";
import type { PlanRecord, UseRecord } from "./use-record";

export interface SummaryOptions {
  readonly range: ReportRange;
  /** For how long, in hours, a figure that AWS may still change is good. */
  readonly maxAgeHours: number;
  /**
   * What says the quotas.
   * @default - the figures themselves
   */
  readonly model?: GatewayModel;
  /**
   * Id of a subscription, or name of a customer.
   * @default - all
   */
  readonly customer?: string;
  /** @default - all */
  readonly tier?: string;
  /**
   * Percent of a quota.
   * @default - no threshold
   */
  readonly failAt?: number;
}

const HOUR = 3_600_000;

/**
 * What the store says of some days.
 *
 * @throws Error for a customer or a tier that is not in the store
 */
export function summarize(record: UseRecord, options: SummaryOptions): UsageSummary {
  const { range, model, customer, tier, failAt } = options;
  const { from, now } = range;
  const until = Math.min(range.to, dayOf(now));
  const found = rowsOf(record, from, until, options);
  const { rows } = found;
  const context = { record, range, maxAge: options.maxAgeHours * HOUR };
  const quotas = quotasOf(rows, record, model);
  const uses = rows.map((row) => ({ row, use: subscriptionUse(row, quotas, context, customer !== undefined) }));
  const keys = uses.flatMap(({ use }) => use.keys);
  const plans = [...quotas].map(([plan, quota]): PlanUse => {
    const last = plan.lastUntil(until);
    return { plan: plan.id, quota: quota.known, lastCollected: last === undefined ? null : dateOf(last) };
  });
  const days = daysOf(found, record, from, until);
  const tiers = new Set(rows.map((row) => row.tier));
  const unread = model && customer === undefined && tier === undefined ? unreadPlans(model, record, tiers) : [];
  const unknown = unknownUse({ ...context, rows, keys, plans, from, until, now, unread });
  return {
    now: new Date(now).toISOString(),
    from: dateOf(from),
    to: dateOf(range.to),
    read: readOf(keys.filter(({ state }) => state !== "left").map(({ read }) => read)),
    requests: rows.reduce((sum, { requests }) => sum + requests, 0),
    days,
    tiers: tiersOf(uses),
    plans,
    unknown,
    threshold: failAt === undefined ? null : thresholdOf(failAt, keys, unread.length > 0 || isBlind(days, range)),
  };
}

/** The quotas of the plans of some rows, by plan, sorted by id. */
function quotasOf(
  rows: readonly UseRow[],
  record: UseRecord,
  model: GatewayModel | undefined,
): ReadonlyMap<PlanRecord, PlanQuota> {
  const plans = [...new Set(rows.flatMap(({ keys }) => keys.map(({ plan }) => plan)))];
  return new Map(
    plans.sort((a, b) => byName(a.id, b.id)).map((plan) => [plan, quotaOf(plan, lastTier(plan), record, model)]),
  );
}

/** The tier that a plan's keys were on last. */
function lastTier(plan: PlanRecord): string | null {
  let last: { readonly day: DayNumber; readonly tier: string | null } | undefined;
  for (const series of plan.keys.values()) {
    const day = series.lastUntil(Number.POSITIVE_INFINITY);
    if (day !== undefined && (last === undefined || day > last.day))
      last = { day, tier: series.at(day)?.holder.tier ?? null };
  }
  return last?.tier ?? null;
}

function subscriptionUse(
  row: UseRow,
  quotas: ReadonlyMap<PlanRecord, PlanQuota>,
  context: QuotaContext,
  withDays: boolean,
): SubscriptionUse {
  const keys = row.keys
    .map((key) => keyUse(key, quotas.get(key.plan) as PlanQuota, context))
    .sort((a, b) => byName(a.plan, b.plan) || byName(a.key, b.key));
  return {
    subscription: row.subscription,
    customer: row.customer,
    isCurrent: row.keys.some(({ isCurrent }) => isCurrent),
    requests: row.requests,
    lastCall: row.lastCall === undefined ? null : dateOf(row.lastCall),
    share: shareOf(keys),
    state: worstOf(keys.map(({ state }) => state)),
    keys,
    ...(withDays ? { days: [...row.perDay] } : {}),
  };
}

function tiersOf(uses: readonly { readonly row: UseRow; readonly use: SubscriptionUse }[]): TierUse[] {
  const groups = [...groupedBy(uses, ({ row }) => JSON.stringify(row.tier))].map(([, each]): TierUse => {
    const subscriptions = each.map(({ use }) => use).sort(byShare);
    const requests = subscriptions.reduce((sum, use) => sum + use.requests, 0);
    return { tier: each[0]?.row.tier ?? null, requests, subscriptions };
  });
  return groups.sort((a, b) => Number(a.tier === null) - Number(b.tier === null) || byName(a.tier ?? "", b.tier ?? ""));
}

function daysOf({ rows, open }: UseRows, record: UseRecord, from: DayNumber, until: DayNumber): DayTotal[] {
  return Array.from({ length: until - from + 1 }, (_, index) => ({
    day: dateOf(from + index),
    requests: rows.reduce((sum, { perDay }) => sum + (perDay[index] as number), 0),
    state: !record.collected.has(from + index) ? "not collected" : open.has(from + index) ? "open" : "final",
  }));
}

/** Whether a day is missing on which there may have been keys of which nothing else is known: today, or any if all are over. */
const isBlind = (days: readonly DayTotal[], { to, now }: ReportRange): boolean =>
  (to < dayOf(now) ? days : days.slice(-1)).some(({ state }) => state === "not collected");

function readOf(reads: readonly string[]): UsageSummary["read"] {
  if (reads.length === 0) return null;
  const sorted = [...reads].sort();
  return { oldest: sorted[0] as string, newest: sorted.at(-1) as string };
}
