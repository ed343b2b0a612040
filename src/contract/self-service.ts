/** The index of the self-service's table that holds the subscriptions for which something is still to be done. */
export const UNFINISHED_INDEX = "unfinished";

/** Who sends the events of subscriptions that customers start by themselves. */
export const EVENT_SOURCE = "cdktf-api-tiers.self-service";
