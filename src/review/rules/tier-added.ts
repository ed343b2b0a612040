import { customersWith } from "../customers-with";
import { counted, type Finding, type Rule } from "../finding";
import { aboutTier } from "../subjects";
import { describeLimits } from "../tier-limits";

export const tierAdded: Rule = {
  id: "tier-added",
  severity: "notice",
  title: (count) => counted(count, "tier is added", "tiers are added"),
  holds: "A tier has the limits that are sold.",
  why: "Its customers get these limits from the moment this is applied.",
  remedy: "Compare the numbers with the price list.",
  find: ({ tiers }) =>
    tiers.flatMap((tier): Finding[] => {
      if (tier.before || !tier.after) return [];
      const { keys, stages, hasUnknownKeys } = tier.after;
      const others = hasUnknownKeys ? "; others may be in it, which is known after the apply" : "";
      return [
        {
          ...aboutTier(tier),
          stages: stages.map(({ api, stage }) => `${api}/${stage}`),
          what: `${describeLimits(tier.after)}; ${counted(customersWith(keys), "customer", "customers")}${others}`,
          explains: tier.change ? [{ change: tier.change }] : [],
        },
      ];
    }),
};
