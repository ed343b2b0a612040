import type { Catalog } from "../../catalog/catalog";
import { CLOSED_TAG, TIER_TAG } from "../../contract/tags";
import { type Finding, warning } from "../../text/finding";
import type { Imports } from "../../vocabulary/imports";
import { MAIN_KEY } from "../../vocabulary/main-key";
import type { Subscription } from "../../vocabulary/subscription";
import type { Tier } from "../../vocabulary/tier";
import type { ImportedResource } from "../constructs/import-blocks";
import type { SubscriptionKeys } from "../constructs/subscription-keys";
import type { TierPlans } from "../constructs/tier-plans";

/** The plans of tiers that are in the account already. They get our own tags once they are no longer named there. */
export function importedPlans(tiers: readonly Tier[], plans: TierPlans, imports: Imports): ImportedResource[] {
  return tiers.flatMap((tier) => {
    const { id } = tier;
    const imported = importedTier(tier, imports);
    if (!imported) return [];
    const ownTags = [TIER_TAG, CLOSED_TAG].map((name) => `tags["${name}"]`);
    return [{ resource: plans.plan(id), id: imported.usagePlanId, keep: [...ownTags, ...(imported.keep ?? [])] }];
  });
}

/** Ids of the plans of tiers that are in the account already, by tier. */
export function importedPlanIds(tiers: readonly Tier[], imports: Imports): Record<string, string> {
  return Object.fromEntries(
    tiers.flatMap((tier) => {
      const imported = importedTier(tier, imports);
      return imported ? [[tier.id, imported.usagePlanId]] : [];
    }),
  );
}

/** The keys and plan keys of subscriptions that are in the account already. */
export function importedKeys(
  subscriptions: readonly Subscription[],
  keys: SubscriptionKeys,
  imports: Imports,
): ImportedResource[] {
  return subscriptions.flatMap((subscription) => {
    const imported = importOf(subscription, imports);
    if (!imported) return [];
    const { usagePlanId, additionalUsagePlanIds = {}, keep } = imported;
    // What was imported is the key `main`, which may have been replaced by another since.
    const key = subscription.keys.find(({ name }) => name === MAIN_KEY);
    if (!key) return [];
    const { existingKeyId } = key;
    const apiKeyId = existingKeyId ?? imported.apiKeyId;
    const slots = subscription.additionalTiers.flatMap(({ name }) => {
      const plan = additionalUsagePlanIds[name];
      return plan === undefined ? [] : [{ resource: keys.planKey(subscription.id, name), id: `${plan}/${apiKeyId}` }];
    });
    return [
      ...(existingKeyId === undefined ? [{ resource: keys.key(subscription.id), id: apiKeyId, keep }] : []),
      { resource: keys.planKey(subscription.id), id: `${usagePlanId}/${apiKeyId}` },
      ...slots,
    ];
  });
}

/** Who is renamed before the first deploy keeps the key too, and a tier its plan. */
const importOf = ({ id, formerId }: Subscription, { subscriptions = {} }: Imports) =>
  subscriptions[id] ?? (formerId === undefined ? undefined : subscriptions[formerId]);
const importedTier = ({ id, formerId }: Tier, { tiers = {} }: Imports) =>
  tiers[id] ?? (formerId === undefined ? undefined : tiers[formerId]);

const idsOf = ({ id, formerId }: { readonly id: string; readonly formerId: string | undefined }) =>
  formerId === undefined ? [id] : [id, formerId];

/** Entries of the imports that nothing in the catalog answers to: a slip of the pen, or what is left of who has gone. */
export function unusedImports(catalog: Catalog, imports: Imports): Finding[] {
  const known = {
    api: catalog.apis.map(({ id }) => id),
    tier: catalog.tiers.flatMap(idsOf),
    subscription: catalog.subscriptions.flatMap(idsOf),
    "domain name": (catalog.domainNames ?? []).map(({ name }) => name),
  };
  const unused = (kind: keyof typeof known, entries: Readonly<Record<string, unknown>> = {}) => {
    const ids = new Set(known[kind]);
    return Object.keys(entries)
      .filter((id) => !ids.has(id))
      .map((id) =>
        warning(
          "imports",
          `has ${kind} "${id}", which the catalog does not have; nothing is imported for it, so drop it`,
        ),
      );
  };
  return [
    ...unused("api", imports.apis),
    ...unused("tier", imports.tiers),
    ...unused("subscription", imports.subscriptions),
    ...unused("domain name", imports.domainNames),
    ...importsWithoutMainKey(catalog, imports),
  ];
}

/** What was adopted is the key `main`; without it, nobody manages the customer's old key if that was not deployed yet. */
const importsWithoutMainKey = ({ subscriptions }: Catalog, imports: Imports): Finding[] =>
  subscriptions.flatMap((subscription) => {
    const imported = importOf(subscription, imports);
    if (!imported || subscription.keys.some(({ name }) => name === MAIN_KEY)) return [];
    return [
      warning(
        "imports",
        `has subscription "${subscription.id}", but the catalog has no key "${MAIN_KEY}" for it, so its key ${imported.apiKeyId} is not ` +
          `imported; if it was never deployed, it stays in AWS and works on: keep "${MAIN_KEY}: false" until it is. If it was, drop the entry`,
      ),
    ];
  });
