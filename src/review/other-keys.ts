import type { CustomerChange } from "./customers";
import type { Holding } from "./holdings";

/** The subscription whose key it is; `undefined` for a key of none. */
export const subscriptionOf = ({ before, after }: Pick<CustomerChange, "before" | "after">): string | undefined =>
  after?.key.subscription ?? before?.key.subscription;

/** Customers with several keys, before or after the change: their keys, by subscription. */
export function keysBySubscription(customers: readonly CustomerChange[]): KeysBySubscription {
  const keys = known.get(customers) ?? readKeys(customers);
  known.set(customers, keys);
  return keys;
}

type KeysBySubscription = ReadonlyMap<string, readonly CustomerChange[]>;

/** Several rules ask for them, of 10,000 customers. */
const known = new WeakMap<readonly CustomerChange[], KeysBySubscription>();

function readKeys(customers: readonly CustomerChange[]): KeysBySubscription {
  const found = new Map<string, CustomerChange[]>();
  for (const customer of customers) {
    const subscription = subscriptionOf(customer);
    if (subscription === undefined) continue;
    const known = found.get(subscription);
    if (known) known.push(customer);
    else found.set(subscription, [customer]);
  }
  return new Map([...found].filter(([, keys]) => keys.length > 1));
}

/** Names of the keys of the same subscription that call, before and after the change, all that a key loses. */
export function keysThatStay(customer: CustomerChange, customers: readonly CustomerChange[]): string[] {
  const subscription = subscriptionOf(customer);
  if (subscription === undefined || customer.lost.length === 0) return [];
  const lost = [...(customer.before?.reach.keys() ?? [])].filter((stage) => !customer.after?.reach.has(stage));
  const opensAll = (holding: Holding | undefined) =>
    holding !== undefined && lost.every((stage) => holding.reach.has(stage));
  return (keysBySubscription(customers).get(subscription) ?? [])
    .filter((other) => other !== customer)
    .filter(({ before, after, replacedFor }) => replacedFor === undefined && opensAll(before) && opensAll(after))
    .map(({ name }) => name);
}
