import { type Finding, warning } from "../../text/finding";
import { looksLikeAKey } from "../../text/like-a-key";
import type { Catalog } from "../catalog";

/** A text in which a name is expected, and where it stands. */
interface Named {
  readonly place: string;
  readonly field: string;
  readonly text: string;
}

/**
 * Names that look like an API key, such as those of a CSV file whose columns are swapped. Terraform's addresses, states and
 * plans and the console show names to everybody, so a key would be known to all of them.
 *
 * A warning for each field, since ids of another system may look the same.
 */
export function checkNames(catalog: Catalog, placeOfSubscription: (id: string) => string): Finding[] {
  const byField = new Map<string, string[]>();
  for (const { place, field, text } of namesOf(catalog, placeOfSubscription))
    if (looksLikeAKey(text)) byField.set(field, [...(byField.get(field) ?? []), place]);
  return [...byField].map(([field, [first = "", ...others]]) => {
    const more =
      others.length === 0 ? "" : `, here and in ${others.length} more ${others.length === 1 ? "place" : "places"},`;
    return warning(
      first,
      `${field}${more} looks like an API key, and names are visible to everyone who reads a plan or the account; write a name, and ` +
        "replace the key if it is one",
    );
  });
}

function* namesOf({ apis, tiers, cohorts, subscriptions }: Catalog, placeOf: (id: string) => string): Iterable<Named> {
  for (const api of apis) {
    const place = `api "${api.id}"`;
    yield named(place, "id", api.id);
    for (const { name } of api.stages) yield named(`${place}: stage "${name}"`, "name", name);
    if (api.kind === "existing") continue;
    yield* [named(place, "name", api.name), named(place, "description", api.description)];
    yield* tagsOf(place, api.tags);
  }
  for (const tier of tiers) {
    const place = `tier "${tier.id}"`;
    yield* [named(place, "id", tier.id), named(place, "description", tier.description)];
    if (tier.displayName !== tier.id) yield named(place, "displayName", tier.displayName);
    if (tier.formerId !== undefined) yield named(place, "formerId", tier.formerId);
    yield* tagsOf(place, tier.tags);
  }
  for (const { id } of cohorts) yield named(`cohort "${id}"`, "id", id);
  for (const { id, customer, formerId, additionalTiers, keys } of subscriptions) {
    const place = placeOf(id);
    yield* [named(place, "id", id), named(place, "customer", customer)];
    if (formerId !== undefined) yield named(place, "formerId", formerId);
    for (const { name } of additionalTiers) yield named(place, "additionalTiers", name);
    for (const { name, keyName, tags } of keys) {
      yield named(place, "keys", name);
      if (keyName !== id) yield named(place, "keyName", keyName);
      yield* tagsOf(place, tags);
    }
  }
}

const named = (place: string, field: string, text: string): Named => ({ place, field, text });

function* tagsOf(place: string, tags: Readonly<Record<string, string>>): Iterable<Named> {
  for (const [name, text] of Object.entries(tags)) yield* [named(place, "tags", name), named(place, "tags", text)];
}
