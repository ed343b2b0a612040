import { stringsOf } from "../../contract/attributes";
import { decodePlanTags } from "../../contract/tags";
import type { CustomerChange } from "../customers";
import { counted, type Finding, listed, type Rule } from "../finding";
import { type AnyPlan, placeOf } from "../gateway-state";
import { subscriptionOf } from "../other-keys";
import { tiersRenamed } from "../renamed-tiers";
import { aboutCustomer } from "../subjects";

export const closedTier: Rule = {
  id: "closed-tier",
  severity: "decision",
  title: (count) => counted(count, "customer comes to a closed tier", "customers come to closed tiers"),
  holds: "Nobody new is put on a tier that is closed.",
  why: "A closed tier is kept for those who have it; it is not sold any more.",
  remedy: "Choose a tier that is open, or open this one.",
  find: ({ customers, before, after }) => {
    const closed = new Map(
      after.gateway.plans
        .filter((plan) => !isNegotiated(plan) && isClosed(after.at(plan)?.attributes.tags))
        .map((plan) => [boughtBy(plan), plan.id]),
    );
    if (closed.size === 0) return [];
    const renamed = tiersRenamed(before, after);
    const now = new Map(after.gateway.plans.map((plan) => [placeOf(plan), plan]));
    const hadWith = (plan: AnyPlan) => {
      // A plan that stays is what it is after the change: its tier may have got another id, or its tag only now.
      const same = isNegotiated(plan) ? undefined : now.get(placeOf(plan));
      return same ? boughtBy(same) : boughtBy(plan, renamed);
    };
    return customersOf(customers).flatMap(([first, ...others]): Finding[] => {
      const keys = [first, ...others];
      const had = new Set(keys.flatMap(({ before }) => before?.plans.map(hadWith) ?? []));
      const has = keys.flatMap(({ after }) => after?.plans.map((plan) => boughtBy(plan)) ?? []);
      const came = [...new Set(has)].filter((tier) => closed.has(tier) && !had.has(tier));
      if (came.length === 0) return [];
      return [
        {
          ...aboutCustomer(first),
          customers: keys.map(({ name }) => name),
          what: `is put on ${listed(came.map((tier) => `tier ${closed.get(tier)}`))}`,
        },
      ];
    });
  },
};

const isClosed = (tags: unknown) => decodePlanTags(stringsOf(tags)).closed;

const isNegotiated = (plan: AnyPlan) => "negotiatedFor" in plan && plan.negotiatedFor !== undefined;

/** What is bought with a plan: its tier, also where limits of it are negotiated; the plan itself where it is of no tier. */
function boughtBy(plan: AnyPlan, renamed: ReadonlyMap<string, string> = new Map()): string {
  const tier = "external" in plan ? undefined : plan.tier;
  return tier === undefined ? `plan ${placeOf(plan)}` : `tier ${renamed.get(tier) ?? tier}`;
}

/** The keys of each subscription; a key of none is a customer by itself. */
function customersOf(customers: readonly CustomerChange[]): [CustomerChange, ...CustomerChange[]][] {
  const found = new Map<unknown, [CustomerChange, ...CustomerChange[]]>();
  for (const customer of customers) {
    const subscription = subscriptionOf(customer) ?? customer;
    const keys = found.get(subscription);
    if (keys) keys.push(customer);
    else found.set(subscription, [customer]);
  }
  return [...found.values()];
}
