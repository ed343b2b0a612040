import { DEFAULT_CHOICES } from "../limiter/choices";
import { type DayNumber, dateOf, dayOf } from "../limiter/day-number";
import { windowOf } from "../limiter/quota-window";
import type { GatewayModel } from "../model/model";
import { formatQuota } from "../text/limits";
import { printable } from "../text/printable";
import { show } from "../text/show";
import { type GetUsage, readPlanUsage } from "../usage/collect/read-usage";
import { DEFAULT_USAGE_CHOICES } from "../usage/collect/usage-choices";
import type { Quota } from "../vocabulary/quota";
import { LATE_SECONDS } from "./calls";
import { sharedRemaining, toleranceUntilNext } from "./shared-quota";

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
  /** By how many requests the period may exceed the quota all the same, until it is shared again. */
  readonly tolerance: number;
  /** Whether keys are counted that were removed in this period: only the usage store knows them. */
  readonly countsRemovedKeys: boolean;
}

export interface SharingOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How often the quota is shared. */
  readonly everySeconds: number;
  readonly getUsageIn: (region: string | undefined) => GetUsage;
  /**
   * Ids in AWS of all keys that the subscription had in a usage plan on some days, by the usage store.
   * @default - only keys that are there now are known
   */
  readonly keysIn?: ((plan: string, first: DayNumber, last: DayNumber) => Promise<ReadonlySet<string>>) | undefined;
}

/**
 * What the keys of a subscription may still use, by the figures that AWS has.
 *
 * @throws Error where it has one key alone, where nothing is limited by a quota, or where something is not known
 */
export async function quotaShares(
  { plans, keys }: GatewayModel,
  subscription: string,
  { now, everySeconds, getUsageIn, keysIn }: SharingOptions,
): Promise<QuotaShare[]> {
  const own = keys.filter((key) => key.subscription === subscription);
  if (own.length < 2 && keysIn === undefined)
    throw new Error(
      `subscription ${show(subscription)} has one key alone, which has the whole quota unless it had others in this period; ` +
        "name the usage store, which knows them: --store usage",
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
    const days = { first, last: dayOf(now) };
    const ids = new Set([
      ...members.flatMap(({ awsId }) => awsId ?? []),
      ...((await keysIn?.(plan.awsId, days.first, days.last)) ?? []),
    ]);
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
    const removed = [...ids].filter((id) => !each.some(({ keyId }) => keyId === id));
    each.push(...removed.map((keyId) => ({ key: `removed (${keyId})`, keyId, enabled: false, used: usedBy(keyId) })));
    const working = each.filter(({ enabled }) => enabled).length;
    const remaining = sharedRemaining(
      plan.quota,
      each.map(({ used }) => used),
    );
    shares.push({
      usagePlanId: plan.awsId,
      region: plan.region ?? null,
      plan: plan.id,
      quota: plan.quota,
      from: dateOf(first),
      to: dateOf(last),
      keys: each,
      remaining,
      tolerance: toleranceUntilNext(working, { throttle: plan.throttle, quota: plan.quota }, remaining, {
        lateSeconds: LATE_SECONDS,
        everySeconds,
      }),
      countsRemovedKeys: keysIn !== undefined,
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
  const blocks = shares.map(({ plan, quota, from, to, keys, remaining, tolerance, countsRemovedKeys }) => {
    const left = `${remaining.toLocaleString("en")} ${remaining === 1 ? "request" : "requests"}`;
    return [
      `${subscription} on ${plan}: ${formatQuota(quota)}, from ${from} to ${to} (UTC)`,
      ...keys.map(
        ({ key, enabled, used }) => `  ${key}: ${used.toLocaleString("en")} used${enabled ? "" : " (disabled)"}`,
      ),
      `  each key that works ${dryRun ? "would get" : "may still use"} ${left}`,
      `  together they can exceed the quota by at most ${tolerance.toLocaleString("en")} requests until this runs again, because AWS's figures are up to ${DEFAULT_USAGE_CHOICES.lateMinutes} minutes late`,
      ...(countsRemovedKeys
        ? []
        : [
            "  keys that were removed in this period are not counted; name the usage store, which knows them: --store usage",
          ]),
      ...((quota.offset ?? 0) > 0
        ? ["  the quota's offset is not taken off: in the plan's first period the quota is smaller"]
        : []),
    ]
      .map((line) => printable(line, 400))
      .join("\n");
  });
  return blocks.join("\n\n");
}
