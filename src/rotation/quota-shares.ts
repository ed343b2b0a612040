import { dateOf, dayOf } from "../limiter/calendar-day";
import { DEFAULT_CHOICES } from "../limiter/choices";
import { windowOf } from "../limiter/quota-window";
import type { GatewayModel } from "../model/model";
import { formatQuota } from "../text/limits";
import { printable } from "../text/printable";
import { show } from "../text/show";
import { type GetUsage, readPlanUsage } from "../usage/collect/read-usage";
import type { Quota } from "../vocabulary/quota";
import { sharedRemaining, toleranceOf } from "./shared-quota";

/** What is set for the keys of one subscription in one usage plan. */
export interface QuotaShare {
  readonly usagePlanId: string;
  readonly region: string | null;
  /** What people call the plan. */
  readonly plan: string;
  readonly quota: Quota;
  /** First and last day of the running period, in UTC. */
  readonly from: string;
  readonly to: string;
  readonly keys: readonly {
    readonly key: string;
    readonly keyId: string;
    readonly enabled: boolean;
    readonly used: number;
  }[];
  /** Requests that each key that works may still use. */
  readonly remaining: number;
  /** By how many requests the period may exceed the quota all the same; `null` where the plan has no throttle. */
  readonly tolerance: number | null;
}

export interface SharingOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How often the quota is shared. */
  readonly everySeconds: number;
  readonly getUsageIn: (region: string | undefined) => GetUsage;
}

/** How far AWS's figures are behind, in seconds: 30 to 40 minutes were seen. */
const LATE_SECONDS = 40 * 60;

/**
 * What the keys of a subscription may still use, by the figures that AWS has.
 *
 * @throws Error where it has one key alone, where nothing is limited by a quota, or where something is not known
 */
export async function quotaShares(
  { plans, keys }: GatewayModel,
  subscription: string,
  { now, everySeconds, getUsageIn }: SharingOptions,
): Promise<QuotaShare[]> {
  const own = keys.filter((key) => key.subscription === subscription);
  if (own.length < 2)
    throw new Error(
      `subscription ${show(subscription)} has one key alone, which has the whole quota; nothing is shared`,
    );
  const shares: QuotaShare[] = [];
  for (const plan of plans) {
    const members = plan.keys.filter((key) => own.includes(key));
    if (members.length === 0 || plan.quota === undefined) continue;
    if (plan.awsId === undefined || members.some(({ awsId }) => awsId === undefined))
      throw new Error(`${show(plan.id)} or a key of ${show(subscription)} is not deployed yet; deploy it first`);
    if (plan.unknownLimits.includes("quota"))
      throw new Error(`the quota of ${show(plan.id)} is known only after a deploy; deploy it first`);
    const { first, last } = windowOf(plan.quota, dayOf(now), DEFAULT_CHOICES);
    const ids = new Set(members.flatMap(({ awsId }) => awsId ?? []));
    const days = { first, last: dayOf(now) };
    const usage = await readPlanUsage(getUsageIn(plan.region), plan.awsId, days, (id) => ids.has(id));
    if (usage.unclear.size > 0)
      throw new Error(`AWS gives several figures for a day of ${show(plan.id)}; nothing is set, run the command again`);
    const usedBy = (key: string) => {
      let used = 0;
      for (let day = first; day <= days.last; day++) used += usage.at(key, day)?.used ?? 0;
      return used;
    };
    const each = members.map(({ id, awsId = "", enabled }) => ({
      key: id,
      keyId: awsId,
      enabled,
      used: usedBy(awsId),
    }));
    const working = each.filter(({ enabled }) => enabled).length;
    shares.push({
      usagePlanId: plan.awsId,
      region: plan.region ?? null,
      plan: plan.id,
      quota: plan.quota,
      from: dateOf(first),
      to: dateOf(last),
      keys: each,
      remaining: sharedRemaining(
        plan.quota,
        each.map(({ used }) => used),
      ),
      tolerance: toleranceOf(working, plan.throttle, everySeconds + LATE_SECONDS) ?? null,
    });
  }
  if (shares.length === 0)
    throw new Error(
      `no usage plan of ${show(subscription)} has a quota; its keys are limited by their throttles alone`,
    );
  return shares;
}

/** What was set, for a terminal. */
export function sharesText(subscription: string, shares: readonly QuotaShare[], dryRun: boolean): string {
  const blocks = shares.map(({ plan, quota, from, to, keys, remaining, tolerance }) => {
    const left = `${remaining.toLocaleString("en")} ${remaining === 1 ? "request" : "requests"}`;
    return [
      `${subscription} on ${plan}: ${formatQuota(quota)}, from ${from} to ${to} (UTC)`,
      ...keys.map(
        ({ key, enabled, used }) => `  ${key}: ${used.toLocaleString("en")} used${enabled ? "" : " (disabled)"}`,
      ),
      `  each key that works ${dryRun ? "would get" : "may still use"} ${left}`,
      tolerance === null
        ? "  without a throttle, nothing bounds what both use until this runs again"
        : `  together they can exceed the quota by at most ${tolerance.toLocaleString("en")} requests until this runs again, because AWS's figures are up to 40 minutes late`,
      ...((quota.offset ?? 0) > 0
        ? ["  the quota's offset is not taken off: in the plan's first period the quota is smaller"]
        : []),
    ]
      .map((line) => printable(line, 400))
      .join("\n");
  });
  return blocks.join("\n\n");
}
