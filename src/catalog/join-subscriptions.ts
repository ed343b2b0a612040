import { show } from "../text/show";
import { problemOfSubscriptionId, unknownName } from "../vocabulary/identifier";
import type { KeyStoreType } from "../vocabulary/key-store";
import { entriesOf, isObject } from "../vocabulary/objects";
import { at, type EntryReader } from "../vocabulary/read-entry";
import { type Subscription, subscriptionSchema, toSubscription } from "../vocabulary/subscription";
import { type FileEntry, SubscriptionFile } from "./file-entry";
import type { Names } from "./names";

export interface JoinedSubscriptions {
  readonly subscriptions: readonly Subscription[];
  /** Where each subscription was written, by id. */
  readonly places: ReadonlyMap<string, string>;
}

/** Reads the subscriptions of the catalog and of its data files, and finds the tiers and cohorts that they name. */
export function joinSubscriptions(
  reader: EntryReader,
  parts: Readonly<Record<string, unknown>>,
  names: Names,
  keyStore: KeyStoreType | undefined,
): JoinedSubscriptions {
  const places = new Map<string, string>();
  const subscriptions = entriesIn(reader, parts).flatMap(({ id, written, place }) => {
    const here = place([]);
    reader.refuse(here, problemOfSubscriptionId(id));
    const first = places.get(id);
    if (first !== undefined) {
      reader.refuse(here, `is there twice, first as ${first}; drop one`);
      return [];
    }
    places.set(id, here);
    const read = reader.read(subscriptionSchema, written, place);
    if (!read) return [];
    const subscription = toSubscription(id, read, keyStore);
    const checkTier = (tier: string | undefined, ...path: readonly string[]) => {
      if (tier !== undefined && !names.tiers.includes(tier))
        reader.refuse(place(path), `${path.join(".")}: ${unknownName(tier, "tier", names.tiers)}`);
    };
    const { boughtTier, additionalTiers, dates } = subscription;
    checkTier(boughtTier, "tier");
    checkTier(dates.trial?.tier, "trial", "tier");
    checkTier(dates.pendingTier?.tier, "pendingTier", "tier");
    for (const { name, tier } of additionalTiers) checkTier(tier, "additionalTiers", name);
    if (subscription.cohort !== undefined && !names.cohorts.includes(subscription.cohort))
      reader.refuse(place(["cohort"]), `cohort: ${unknownName(subscription.cohort, "cohort", names.cohorts)}`);
    return subscription;
  });
  return { subscriptions, places };
}

/** The entries of the catalog, then those of its files. */
function entriesIn(reader: EntryReader, parts: Readonly<Record<string, unknown>>): FileEntry[] {
  const { subscriptions, subscriptionFiles: files } = parts;
  if (subscriptions !== undefined && !isObject(subscriptions))
    reader.refuse(
      "catalog",
      `subscriptions must be an object, got ${show(subscriptions)}; data files go into subscriptionFiles`,
    );
  const inline = entriesOf(subscriptions).map(([id, written]) => ({ id, written, place: at(`subscription "${id}"`) }));
  const fromFiles = (Array.isArray(files) ? files : [files]).flatMap((file): readonly FileEntry[] => {
    if (file === undefined) return [];
    if (file instanceof SubscriptionFile) {
      reader.findings.push(...file.findings);
      return file.entries;
    }
    const message = `subscriptionFiles must list what subscriptionsFromFile returns, got ${show(file)}`;
    reader.refuse("catalog", `${message}; write [subscriptionsFromFile("customers.csv")]`);
    return [];
  });
  return [...inline, ...fromFiles];
}
