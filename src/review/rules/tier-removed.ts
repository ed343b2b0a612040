import { COLLECT_FIRST } from "../collect-first";
import { customersWith } from "../customers-with";
import { counted, type Rule } from "../finding";
import { aboutTier } from "../subjects";

export const tierRemoved: Rule = {
  id: "tier-removed",
  severity: "notice",
  title: (count) => counted(count, "tier is removed", "tiers are removed"),
  holds: "A tier goes when nobody has it any more.",
  why: "Its usage plan is deleted; what was counted in it is gone.",
  remedy: COLLECT_FIRST,
  find: ({ tiers }) =>
    tiers
      .filter(({ before, after }) => before && !after)
      .map((tier) => ({
        ...aboutTier(tier),
        what: `had ${counted(customersWith(tier.before?.keys ?? []), "customer", "customers")}`,
        explains: tier.change ? [{ change: tier.change }] : [],
      })),
};
