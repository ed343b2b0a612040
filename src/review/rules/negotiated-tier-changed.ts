import { counted, type Finding, type Rule } from "../finding";
import { tiersRenamed } from "../renamed-tiers";
import { aboutTier } from "../subjects";

export const negotiatedTierChanged: Rule = {
  id: "negotiated-tier-changed",
  severity: "notice",
  title: (count) =>
    counted(
      count,
      "customer with negotiated limits buys another tier",
      "customers with negotiated limits buy other tiers",
    ),
  holds: "Negotiated limits follow the tier that was bought, in all that was not negotiated.",
  why: "The key stays in its usage plan, so nothing is interrupted; access, price and what was not negotiated are those of the other tier.",
  remedy: "Check that it was bought.",
  find: ({ tiers, before: then, after: now }) => {
    const renamed = tiersRenamed(then, now);
    return tiers.flatMap((tier): Finding[] => {
      const { before, after } = tier;
      if (before?.negotiatedFor === undefined || !after) return [];
      if (after.tier === (renamed.get(before.tier ?? "") ?? before.tier)) return [];
      return [
        {
          ...aboutTier(tier),
          customers: [before.negotiatedFor],
          what: `they follow tier ${after.tier} instead of tier ${before.tier}`,
          explains: tier.change ? [{ change: tier.change, attributes: ["name", "tags"] }] : [],
        },
      ];
    });
  },
};
