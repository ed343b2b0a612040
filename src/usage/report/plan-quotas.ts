import { DEFAULT_CHOICES } from "../../limiter/choices";
import { windowOf } from "../../limiter/quota-window";
import type { GatewayModel, UsagePlanModel } from "../../model/model";
import { QUOTA_PERIODS, type Quota } from "../../vocabulary/quota";
import type { KnownQuota, UnknownQuotaReason } from "./summary";
import type { KeySeries, PlanRecord, UseRecord } from "./use-record";

/** What the quota of a usage plan is, with its offset where one is known. */
export interface PlanQuota {
  readonly known: KnownQuota;
  /** `undefined` where there is none, or none known. */
  readonly quota: Quota | undefined;
  /** Whether AWS says what remains: a 0 then says that nothing does, and not that there is no quota. */
  readonly showsRemaining: boolean;
}

/**
 * The quota of a usage plan: as the stacks say it, or the one with which all figures of its keys agree.
 *
 * @param model `undefined` where no stacks were named
 * @param tier the one that its keys were on last
 */
export function quotaOf(
  plan: PlanRecord,
  tier: string | null,
  record: UseRecord,
  model: GatewayModel | undefined,
): PlanQuota {
  const showsRemaining = hasRemaining(plan, record);
  const written = model && writtenPlan(plan.id, tier, model);
  if (written?.unknownLimits.includes("quota"))
    return { known: { kind: "unknown", why: "not written" }, quota: undefined, showsRemaining };
  if (written && !written.quota)
    return { known: { kind: "unlimited", source: "stacks" }, quota: undefined, showsRemaining };
  const quota = written?.quota ?? quotaOfFigures(plan, record);
  if (typeof quota === "string") return { known: { kind: "unknown", why: quota }, quota: undefined, showsRemaining };
  const { limit, period } = quota;
  return { known: { kind: "limited", limit, period, source: written ? "stacks" : "figures" }, quota, showsRemaining };
}

function hasRemaining(plan: PlanRecord, record: UseRecord): boolean {
  for (const series of plan.keys.values())
    for (let day = record.last; day >= record.first; day--) if ((series.at(day)?.remaining ?? 0) > 0) return true;
  return false;
}

/** Usage plans with keys that no collection has read, by id in AWS, or else by tier. */
export function unreadPlans(model: GatewayModel, record: UseRecord, readTiers: ReadonlySet<string | null>): string[] {
  return model.plans
    .filter(({ keys, externalKeys, hasUnknownKeys }) => keys.length > 0 || externalKeys.length > 0 || hasUnknownKeys)
    .filter(({ awsId, tier }) => (awsId === undefined ? !readTiers.has(tier ?? null) : !record.plans.has(awsId)))
    .map(({ awsId, tier, id }) => awsId ?? tier ?? id);
}

/** The plan by its id in AWS; where the stacks do not say ids, as before a deploy, the only one of the tier. */
function writtenPlan(id: string, tier: string | null, { plans }: GatewayModel): UsagePlanModel | undefined {
  const same = plans.find(({ awsId }) => awsId === id);
  if (same) return same;
  const ofTier = plans.filter((each) => each.tier !== undefined && each.tier === tier);
  return ofTier.length === 1 && ofTier[0]?.awsId === undefined ? ofTier[0] : undefined;
}

/**
 * The quota that figures show: in its period, what a key used and what remained are the limit together, for every key and on
 * every day. Where only one period has one limit, that is the quota. Nothing is taken of a day on which nothing remained, because
 * more may have been used than was allowed.
 */
function quotaOfFigures(plan: PlanRecord, record: UseRecord): Quota | UnknownQuotaReason {
  const limits = new Map(QUOTA_PERIODS.map((period) => [period, new Set<number>()]));
  for (const series of plan.keys.values())
    for (const period of QUOTA_PERIODS) addLimits(limits.get(period) as Set<number>, period, series, plan, record);
  if ([...limits.values()].every(({ size }) => size === 0)) return "no figures";
  const fitting = QUOTA_PERIODS.flatMap((period) => {
    const [limit, ...others] = limits.get(period) ?? [];
    return limit === undefined || others.length > 0 ? [] : [{ limit, period }];
  });
  const [quota] = fitting;
  // A period of which no whole one was seen could be the right one as well.
  const unseen = QUOTA_PERIODS.filter((period) => limits.get(period)?.size === 0);
  if (quota === undefined && unseen.length === 0) return "none";
  if (quota === undefined || fitting.length + unseen.length > 1) return "several";
  return quota;
}

function addLimits(
  limits: Set<number>,
  period: Quota["period"],
  series: KeySeries,
  plan: PlanRecord,
  record: UseRecord,
): void {
  let window = { first: Number.NaN, last: Number.NaN };
  let used = 0;
  let isWhole = false;
  for (let day = record.first; day <= record.last && limits.size < 2; day++) {
    if (!(day <= window.last)) {
      window = windowOf({ limit: 1, period }, day, DEFAULT_CHOICES);
      used = 0;
      isWhole = window.first === day;
    }
    isWhole &&= record.knows(plan, day);
    const line = series.at(day);
    used += line?.used ?? 0;
    if (isWhole && line?.remaining !== undefined && line.remaining > 0) limits.add(used + line.remaining);
  }
}
