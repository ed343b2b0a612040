import type { UsagePlanModel } from "../../model/model";
import { customersWith } from "../customers-with";
import { counted, type Facts, type Finding, type Rule } from "../finding";
import { placeOf } from "../gateway-state";
import { aboutTier } from "../subjects";

export const tierRenamed: Rule = {
  id: "tier-renamed",
  severity: "decision",
  title: (count) => counted(count, "tier gets another id", "tiers get other ids"),
  holds: "A tier that only gets another id keeps its usage plan.",
  why:
    "Terraform deletes the old plan and creates another one: every key leaves the one and comes into the other, calls get 403 Forbidden in " +
    "between, and the count against the quota starts again.",
  remedy:
    "Give the tier its old id as formerId in the catalog, or write a moved block in plain Terraform: it then keeps its plan, its " +
    "keys and their counts.",
  find: (facts) =>
    facts.tiers.flatMap((tier): Finding[] => {
      // The plan of negotiated limits goes by its subscription, and has no formerId of its own.
      if (tier.before || !tier.after || tier.after.negotiatedFor !== undefined) return [];
      const former = formerOf(tier.after, facts);
      if (former === undefined) return [];
      const remedy =
        former.tier === undefined
          ? `write a moved block from ${former.address} to ${tier.after.address}`
          : `write formerId: "${former.tier}"`;
      return [
        {
          ...aboutTier(tier),
          tiers: [former.id, tier.name],
          customers: tier.after.keys.map(({ id }) => id),
          what: `takes all ${counted(customersWith(tier.after.keys), "customer", "customers")} of ${former.id}, which goes; ${remedy}`,
        },
      ];
    }),
};

/** The tier that goes, and whose customers all come to this one. */
function formerOf(plan: UsagePlanModel, { tiers }: Facts): UsagePlanModel | undefined {
  const { keys, stack } = plan;
  const places = new Set(keys.map(placeOf));
  const isOurs = (plan: UsagePlanModel) => plan.tier !== undefined;
  const gone = tiers.flatMap(({ before, after }) => (before && !after && before.stack === stack ? [before] : []));
  return gone
    .filter((each) => isOurs(each) === isOurs(plan) && each.negotiatedFor === undefined)
    .find((each) => each.keys.length > 0 && each.keys.every((key) => places.has(placeOf(key))));
}
