import type { BillingCustomer } from "./billing-customers";
import type { BilledDay, BillingSystem } from "./billing-event";
import type { MeteredDay } from "./metered-days";

/** Systems that take a figure for each tier; the others know one figure of a customer and day. */
const BY_TIER: readonly BillingSystem[] = ["openmeter", "lago"];

/** What a system is to know: the subscriptions of a customer together, as it would take a second figure for a repetition. */
export function billedDays(
  system: BillingSystem,
  metered: readonly MeteredDay[],
  customers: ReadonlyMap<string, BillingCustomer>,
): BilledDay[] {
  const days = new Map<string, BilledDay>();
  for (const { day, subscription, tier: ofTier, value } of metered) {
    const customer = nameOf(customers.get(subscription) ?? subscription);
    const tier = BY_TIER.includes(system) ? ofTier : null;
    const place = JSON.stringify([day, customer, tier]);
    days.set(place, { day, customer, tier, value: value + (days.get(place)?.value ?? 0) });
  }
  return [...days.values()];
}

/** A buyer on AWS Marketplace is named by both of its ids. */
const nameOf = (customer: BillingCustomer): string =>
  typeof customer === "string" ? customer : JSON.stringify(customer);
