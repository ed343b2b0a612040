import { type Attributes, blockOf, listOfStrings, stringOf, stringsOf } from "./attributes";

/** The index of the self-service's table that holds the subscriptions for which something is still to be done. */
export const UNFINISHED_INDEX = "unfinished";

/** Who sends the events of subscriptions that customers start by themselves. */
export const EVENT_SOURCE = "cdktf-api-tiers.self-service";

/** Where values of keys of the self-service are handed over. No subscription's id becomes a name that begins with "_s". */
export const selfServicePrefix = (keyStorePrefix: string): string => `${keyStorePrefix}_self-service/`;

/** The variable in which the function is given its settings, as JSON. */
export const SETTINGS_VARIABLE = "SELF_SERVICE";

/** What of the function's settings says which tiers it has. */
export interface SelfServiceTiers {
  readonly tiers: readonly string[];
  /** Ids that tiers had before, with those of today. */
  readonly formerTiers: Readonly<Record<string, string>>;
}

/** The tiers of the self-service by the attributes of its function; `undefined` where they are not known, or not written by this project. */
export function selfServiceTiers({ environment }: Attributes): SelfServiceTiers | undefined {
  const written = stringOf(blockOf(blockOf(environment).variables)[SETTINGS_VARIABLE]);
  try {
    // What Terraform has not filled in yet is quoted by rules of its own; no tier is among it.
    const settings = blockOf(JSON.parse(written.replace(/\$\{[^}]*\}/g, "")));
    const tiers = listOfStrings(settings.tiers);
    return tiers.length === 0 ? undefined : { tiers, formerTiers: stringsOf(settings.formerTiers) };
  } catch {
    return undefined;
  }
}
