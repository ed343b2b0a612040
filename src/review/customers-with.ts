import { type AnyKey, placeOf } from "./gateway-state";

/** How many customers have such keys: all keys of a subscription are one customer's, and a key of none is a customer by itself. */
export const customersWith = (keys: readonly AnyKey[]): number =>
  new Set(keys.map((key) => (key.subscription === undefined ? placeOf(key) : `of ${key.subscription}`))).size;
