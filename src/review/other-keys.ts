import { MAIN_KEY } from "../vocabulary/main-key";
import type { CustomerChange } from "./customers";
import { listed } from "./finding";
import type { Holding, Reach } from "./holdings";
import { reachNames } from "./subjects";

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

/**
 * Names of the keys of the same subscription that call, before and after the change, all that a key loses. On an API whose
 * key source is AUTHORIZER no other key stands in for the key `main`: the key authorizer looks for that one alone.
 */
export const keysThatStay = (customer: CustomerChange, customers: readonly CustomerChange[]): string[] =>
  onlyMainOpens(customer).length > 0 ? [] : othersThatOpenAll(customer, customers);

/** What a customer loses with the key `main` although another key goes on opening it, and why; `undefined` for nothing. */
export function lostWithMain(customer: CustomerChange, customers: readonly CustomerChange[]): string | undefined {
  const only = onlyMainOpens(customer);
  const others = othersThatOpenAll(customer, customers);
  if (only.length === 0 || others.length === 0) return undefined;
  return (
    `${listed(others)} ${others.length === 1 ? "still works" : "still work"}, but ${others.length === 1 ? "does" : "do"} not help on ` +
    `${listed(reachNames(only))}: the key authorizer looks for the key ${MAIN_KEY} alone`
  );
}

function onlyMainOpens({ before, lost }: CustomerChange): Reach[] {
  if (before?.key.key !== MAIN_KEY) return [];
  return lost.filter((reach) => "api" in reach && "keySource" in reach.api && reach.api.keySource === "AUTHORIZER");
}

function othersThatOpenAll(customer: CustomerChange, customers: readonly CustomerChange[]): string[] {
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
