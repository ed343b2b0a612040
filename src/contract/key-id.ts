import { MAIN_KEY } from "../vocabulary/main-key";

/** One key of a subscription, by the names of the catalog. */
export interface SubscriptionKeyName {
  readonly subscription: string;
  /** Its name in the subscription; `main` for the only key. */
  readonly key: string;
}

/**
 * The id of a key: `joe-black` for the key `main` of a subscription, `joe-black/ci` for another one. Neither ids of
 * subscriptions nor names of keys hold a "/".
 */
export const keyId = ({ subscription, key }: SubscriptionKeyName): string =>
  key === MAIN_KEY ? subscription : `${subscription}/${key}`;

/** The subscription and the key that an id names. */
export function readKeyId(id: string): SubscriptionKeyName {
  const [subscription = "", ...key] = id.split("/");
  return { subscription, key: key.length === 0 ? MAIN_KEY : key.join("/") };
}

/** The id of a key that may be no subscription's: `undefined` then. */
export const keyIdOf = ({
  subscription,
  key,
}: {
  readonly subscription: string | undefined;
  readonly key: string | undefined;
}): string | undefined => (subscription === undefined || key === undefined ? undefined : keyId({ subscription, key }));
