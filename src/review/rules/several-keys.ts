import type { CustomerChange } from "../customers";
import { counted, listed, type Rule } from "../finding";
import { type AnyPlan, placeOf } from "../gateway-state";
import { keysBySubscription } from "../other-keys";
import { planName } from "../subjects";
import { describeLimits } from "../tier-limits";

export const severalKeys: Rule = {
  id: "several-keys",
  severity: "notice",
  title: (count) => counted(count, "customer gets a further key", "customers get further keys"),
  holds: "A customer has the limits that were sold.",
  why: "AWS counts each key by itself, so a customer with two keys that work has the limits of the tier twice.",
  remedy: "Disable the old key once it is silent, if it is replaced; sell lower limits for each key, if it is not.",
  find: ({ customers }) =>
    [...keysBySubscription(customers)].flatMap(([subscription, keys]) => {
      // A customer who goes into other plans with all keys gets none.
      if (working(keys, "after") <= working(keys, "before")) return [];
      return [...countsOf(keys, "after").values()].flatMap(({ plan, names }) => {
        const count = names.length;
        if (count < 2) return [];
        return [
          {
            about: subscription,
            subject: subscription,
            customers: names,
            tiers: [plan.id],
            what: `${listed(names)} work on ${planName(plan)}, and each of these ${count} keys has ${describeLimits(plan)}`,
            explains: [],
          },
        ];
      });
    }),
};

const working = (keys: readonly CustomerChange[], when: "before" | "after") =>
  keys.filter(({ [when]: holding }) => holding !== undefined && !holding.isDisabled && holding.plans.length > 0).length;

/** The keys that work, by the place of the plan that they are in. */
function countsOf(keys: readonly CustomerChange[], when: "before" | "after") {
  const counts = new Map<string, { readonly plan: AnyPlan; readonly names: string[] }>();
  for (const { [when]: holding } of keys)
    for (const plan of holding && !holding.isDisabled ? holding.plans : []) {
      const known = counts.get(placeOf(plan)) ?? { plan, names: [] };
      known.names.push(holding?.key.id ?? "");
      counts.set(placeOf(plan), known);
    }
  return counts;
}
