import { keyIdOf } from "../contract/key-id";
import { updateUsageOfAws } from "../rotation/aws-quota";
import { keysOfSubscription } from "../rotation/calls";
import { type QuotaShare, quotaShares, sharesText } from "../rotation/quota-shares";
import { printableJson } from "../text/printable-json";
import { show } from "../text/show";
import { usageOfAws } from "../usage/collect/aws-usage";
import { openUsageStore } from "../usage/store/usage-store";
import { unknownName } from "../vocabulary/identifier";
import { meteredStates } from "./reading-states";
import { nowOf, type ShareQuotaOptions } from "./rotating";

/** Shares the quota of a subscription among its keys, and says what was set. */
export async function shareQuotaOf(subscription: string, folder: string, options: ShareQuotaOptions): Promise<string> {
  const { gateway } = await meteredStates(folder, options.state, "--state");
  const own = gateway.keys.filter((key) => key.subscription === subscription);
  if (own.length === 0) {
    const known = [...new Set(gateway.keys.flatMap((key) => (keyIdOf(key) ? (key.subscription ?? []) : [])))];
    throw new Error(unknownName(subscription, "subscription", known));
  }
  const ask = usageOfAws(options.profile, options.unpaced);
  const shares = await quotaShares(gateway, subscription, {
    now: nowOf(options),
    everySeconds: options.every,
    getUsageIn: (region) => ask(region ?? options.region),
    keysIn:
      options.store === undefined ? undefined : keysOfSubscription(await openUsageStore(options.store), subscription),
  });
  if (!options.dryRun) {
    const update = updateUsageOfAws(options.profile, options.unpaced);
    for (const share of shares) {
      // What was left of one period is not what is left of the next one.
      if (new Date(nowOf(options)).toISOString().slice(0, 10) > share.to)
        throw new Error(`the period of ${show(share.plan)} ended while AWS was asked; run the command again`);
      await setShare(share, (region) => update(region ?? options.region));
    }
  }
  return options.format === "json"
    ? printableJson({ subscription, dryRun: options.dryRun, plans: shares })
    : sharesText(subscription, shares, options.dryRun);
}

/** Each key gets the same, so a run that is stopped in between is made up for by the next one. */
async function setShare(
  { usagePlanId, region, keys, remaining }: QuotaShare,
  updateIn: (region: string | undefined) => (plan: string, key: string, remaining: number) => Promise<void>,
): Promise<void> {
  for (const { keyId, enabled } of keys)
    if (enabled) await updateIn(region ?? undefined)(usagePlanId, keyId, remaining);
}
