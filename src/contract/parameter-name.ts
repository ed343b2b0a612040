/**
 * Name under which a subscription's key is handed over: `/api-tiers/keys/joe-black`. A character that no store takes
 * everywhere becomes "_" and its code, so that no two subscriptions share a name: `joe@x` is `joe_40x`, `a_b` is `a_5fb`.
 *
 * The key authorizer reads by the same name: a name that changes is a key that nobody finds.
 */
export function parameterName(prefix: string, subscription: string): string {
  return prefix + subscription.replace(/[^A-Za-z0-9.-]/gu, hexOf);
}

const hexOf = (character: string): string => Buffer.from(character).toString("hex").replace(/../g, "_$&");
