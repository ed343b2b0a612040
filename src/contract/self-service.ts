/** The index of the self-service's table that holds the subscriptions for which something is still to be done. */
export const UNFINISHED_INDEX = "unfinished";

/** Who sends the events of subscriptions that customers start by themselves. */
export const EVENT_SOURCE = "cdktf-api-tiers.self-service";

/** Where values of keys of the self-service are handed over. No subscription's id becomes a name that begins with "_s". */
export const selfServicePrefix = (keyStorePrefix: string): string => `${keyStorePrefix}_self-service/`;
