import { isObject } from "../vocabulary/objects";
import { readKeyId, type SubscriptionKeyName } from "./key-id";
import { terraformName } from "./terraform-name";
import { decodeTierPrices, TIER_PRICES_OUTPUT, type TierPrices } from "./tier-prices";

/**
 * Name of the output by which a stack says what it holds of the catalog. A stack without it was not written by this project,
 * or holds nothing of a catalog.
 */
export const IDENTITY_OUTPUT = "api_tiers";

/** What a stack holds of the catalog, by the Terraform names of the resources. */
export interface StackIdentity {
  /** Ids of APIs by the names of their REST APIs. */
  readonly apis: Readonly<Record<string, string>>;
  /** Ids of REST APIs that are managed elsewhere, by the ids of their APIs. */
  readonly existingApis: Readonly<Record<string, string>>;
  /** Stages by the names of their stages. */
  readonly stages: Readonly<Record<string, StageIdentity>>;
  /** Ids of the tiers whose usage plans stand here. */
  readonly tiers: readonly string[];
  /** Usage plans with the limits of one subscription, by the names of the plans. */
  readonly negotiated: Readonly<Record<string, NegotiatedIdentity>>;
  /** Ids in AWS of keys that are managed elsewhere, by the catalog's ids of the keys. */
  readonly existingKeys: Readonly<Record<string, string>>;
  /** `undefined` where no keys of subscriptions stand here. */
  readonly subscriptions: SubscriptionsIdentity | undefined;
  /**
   * What the tiers cost, by tier, which stands in an output of its own; `"unknown"` for a price that another version wrote.
   * @default - no tier has a price
   */
  readonly prices?: TierPrices;
}

export interface StageIdentity {
  readonly api: string;
  readonly stage: string;
}

/** A usage plan with limits of its own. */
export interface NegotiatedIdentity {
  readonly subscription: string;
  /** The tier that was bought. */
  readonly tier: string;
}

/**
 * The keys of subscriptions in a stack. There may be ten thousand, so only those are listed whose names do not say it; a
 * stack whose ids Terraform takes as names stays the same when others are added or removed.
 */
export interface SubscriptionsIdentity {
  /** Ids of the keys (`joe@x`, `joe-black/ci`) that are not Terraform names, by the names that they get instead. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Names of the keys in this stack that belong to no subscription. Sorted. */
  readonly others: readonly string[];
}

/** The value of the output. Its maps are compared key by key in a plan, where lists would be compared as wholes. */
export function encodeIdentity(identity: StackIdentity): Readonly<Record<string, unknown>> {
  const { apis, existingApis, stages, tiers, negotiated, existingKeys, subscriptions } = identity;
  const places = Object.entries(stages).map(([name, { api, stage }]) => [name, `${api}/${stage}`]);
  return {
    ...unlessEmpty("apis", apis),
    ...unlessEmpty("existing_apis", existingApis),
    ...unlessEmpty("stages", Object.fromEntries(places)),
    ...(tiers.length > 0 ? { tiers } : {}),
    ...unlessEmpty(
      "negotiated",
      Object.fromEntries(Object.entries(negotiated).map(([name, plan]) => [name, `${plan.subscription}/${plan.tier}`])),
    ),
    ...unlessEmpty("existing_keys", existingKeys),
    ...(subscriptions ? { subscriptions: subscriptions.renamed } : {}),
    ...(subscriptions && subscriptions.others.length > 0 ? { other_keys: subscriptions.others } : {}),
  };
}

const unlessEmpty = (name: string, entries: Readonly<Record<string, unknown>>) =>
  Object.keys(entries).length > 0 ? { [name]: entries } : {};

/** What the value of the output says; `undefined` for what this project does not write. */
export function decodeIdentity(value: unknown): StackIdentity | undefined {
  if (!isObject(value)) return undefined;
  const { apis, existing_apis, stages, tiers, negotiated, existing_keys, subscriptions, other_keys } = value;
  return {
    apis: stringsOf(apis),
    existingApis: stringsOf(existing_apis),
    stages: pairsOf(stages, (api, stage) => ({ api, stage })),
    tiers: listOf(tiers),
    negotiated: pairsOf(negotiated, (subscription, tier) => ({ subscription, tier })),
    existingKeys: stringsOf(existing_keys),
    subscriptions: isObject(subscriptions)
      ? { renamed: stringsOf(subscriptions), others: listOf(other_keys) }
      : undefined,
  };
}

/**
 * What a stack says of itself by all outputs that are for this project.
 *
 * @param output the value of an output by its name; `undefined` where there is none
 */
export function readIdentity(output: (name: string) => unknown): StackIdentity | undefined {
  const identity = decodeIdentity(output(IDENTITY_OUTPUT));
  const prices = decodeTierPrices(output(TIER_PRICES_OUTPUT));
  return identity && (prices.size > 0 ? { ...identity, prices } : identity);
}

const stringsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).filter((entry): entry is [string, string] => {
      return typeof entry[1] === "string";
    }),
  );

/** What is written as two names with a "/" between them. */
const pairsOf = <Pair>(value: unknown, pair: (first: string, second: string) => Pair): Readonly<Record<string, Pair>> =>
  Object.fromEntries(
    Object.entries(stringsOf(value)).flatMap(([name, text]) => {
      const [first, second, ...more] = text.split("/");
      return first === undefined || second === undefined || more.length > 0 ? [] : [[name, pair(first, second)]];
    }),
  );

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

/**
 * The subscription's key that has a Terraform name; `undefined` for a key of somebody else's. A key that was written by hand
 * beside the stack's file cannot be known from its name, but it shares that with no subscription: Terraform takes a name once.
 */
export function keyNamed(name: string, identity: StackIdentity | undefined): SubscriptionKeyName | undefined {
  const { subscriptions } = identity ?? {};
  if (!subscriptions || subscriptions.others.includes(name)) return undefined;
  const id = Object.hasOwn(subscriptions.renamed, name) ? subscriptions.renamed[name] : undefined;
  if (id !== undefined) return readKeyId(id);
  return terraformName(name) === name ? readKeyId(name) : undefined;
}

/** The tier whose usage plan has a Terraform name, and the subscription whose limits it has, where it has such. */
export function planNamed(
  name: string,
  identity: StackIdentity | undefined,
): { readonly tier: string; readonly subscription: string | undefined } | undefined {
  const negotiated = identity && Object.hasOwn(identity.negotiated, name) ? identity.negotiated[name] : undefined;
  if (negotiated) return negotiated;
  const tier = identity?.tiers.find((each) => terraformName(each) === name);
  return tier === undefined ? undefined : { tier, subscription: undefined };
}

/** The API whose REST API has a Terraform name. */
export function apiNamed(name: string, identity: StackIdentity | undefined): string | undefined {
  return identity && Object.hasOwn(identity.apis, name) ? identity.apis[name] : undefined;
}

/** The stage that has a Terraform name. */
export function stageNamed(name: string, identity: StackIdentity | undefined): StageIdentity | undefined {
  return identity && Object.hasOwn(identity.stages, name) ? identity.stages[name] : undefined;
}
