import type { UsagePlanModel } from "../../model/model";
import { counted, type Finding, type Rule } from "../finding";
import { limitFindings } from "../limit-findings";
import { aboutTier } from "../subjects";
import type { TierChange } from "../tiers";

export const limitBlocks: Rule = {
  id: "limit-blocks",
  severity: "decision",
  title: (count) => counted(count, "tier blocks every request", "tiers block every request"),
  holds: "Every limit of a tier is above 0.",
  why: "With a limit of 0 every call gets 429. The AWS provider sends 0 for the one of rate and burst that is left out.",
  remedy: "Give both rateLimit and burstLimit, or no throttle at all. To stop a customer, disable the key.",
  find: ({ tiers }): Finding[] => [
    ...limitFindings(tiers, ({ blocks }) => blocks),
    ...tiers.flatMap((tier) => (tier.before === undefined && tier.after ? madeBlocking(tier, tier.after) : [])),
  ],
};

function madeBlocking(tier: TierChange, { throttle, quota, keys }: UsagePlanModel): Finding[] {
  if (![throttle?.rateLimit, throttle?.burstLimit, quota?.limit].includes(0)) return [];
  const what = `is made with a limit of 0; ${counted(keys.length, "customer", "customers")}`;
  return [{ ...aboutTier(tier), what, customers: keys.map(({ id }) => id) }];
}
