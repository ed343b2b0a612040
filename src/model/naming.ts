import { stringOf, stringsOf } from "../contract/attributes";
import { keyId } from "../contract/key-id";
import { decodePlanTags } from "../contract/tags";
import { negotiatedPlanId } from "../vocabulary/negotiated-limits";
import { type ExternalIds, externalIds } from "./external-ids";
import { apiOf, existingKeysIn, ownerOfPlan, subscriptionKeyOf } from "./identity";
import { countOf, distinctNames, namesOf, RANKS } from "./names";
import type { ResourceIndex } from "./resource-index";

import type { TerraformResource } from "./terraform-resource";

/** Names by which people call what the model holds: each is unique among things of its kind. */
export interface Naming {
  api(resource: TerraformResource): string;
  plan(resource: TerraformResource): string;
  key(resource: TerraformResource): string;
  /** Names of what is managed elsewhere, by its id in AWS. */
  externalApi(awsId: string): string;
  externalPlan(awsId: string): string;
  externalKey(awsId: string): string;
}

/** The id in the catalog; `undefined` for what this project did not create. */
type IdOf = (resource: TerraformResource, index: ResourceIndex) => string | undefined;

/** A plan says its tier by a tag too, also where its stack was synthesized by an older version. */
export function tierOfPlan(plan: TerraformResource, index: ResourceIndex): ReturnType<typeof ownerOfPlan> {
  const { tier, negotiatedFor } = decodePlanTags(stringsOf(plan.attributes.tags));
  return ownerOfPlan(plan, index) ?? (tier === undefined ? undefined : { tier, subscription: negotiatedFor });
}

const idOfPlan: IdOf = (plan, index) => {
  const { tier, subscription } = tierOfPlan(plan, index) ?? {};
  return subscription === undefined ? tier : negotiatedPlanId(subscription);
};

const idOfKey: IdOf = (key, index) => {
  const name = subscriptionKeyOf(key, index);
  return name && keyId(name);
};

/**
 * Names for what stands in some sets of resources, such as those before and after a change: what stands at one place in
 * several of them has one name, that of the last. What is managed elsewhere gets the names that are left.
 */
export function namingOf(indexes: readonly ResourceIndex[], external: ExternalIds = externalIds(indexes)): Naming {
  const apis = namesByPlace(indexes, "aws_api_gateway_rest_api", apiOf);
  const plans = namesByPlace(indexes, "aws_api_gateway_usage_plan", idOfPlan);
  const keys = namesByPlace(indexes, "aws_api_gateway_api_key", idOfKey, personOf);
  const of = (names: ReadonlyMap<string, string>, identify: Identify) => (resource: TerraformResource) =>
    names.get(identify(resource)) ?? names.get(placeOf(resource)) ?? resource.address;
  const idsInCatalog = new Map(
    indexes.flatMap(({ identities }) =>
      [...identities.values()].flatMap(({ existingApis }) =>
        Object.entries(existingApis).map(([id, awsId]) => [awsId, id]),
      ),
    ),
  );
  const externalApis = namesOfExternal(external.apis, apis, (awsId) => idsInCatalog.get(awsId));
  const externalPlans = namesOfExternal(external.plans, plans, () => undefined);
  const existingKeys = existingKeysIn(indexes);
  const externalKeys = namesOfExternal([...external.keys.keys()], keys, (awsId) => {
    const name = existingKeys.get(awsId);
    return name ? keyId(name) : external.keys.get(awsId);
  });
  return {
    api: of(apis, placeOf),
    plan: of(plans, placeOf),
    key: of(keys, personOf),
    externalApi: externalApis,
    externalPlan: externalPlans,
    externalKey: externalKeys,
  };
}

/** For each its name, or its id in AWS, unless something else is called so. */
function namesOfExternal(
  awsIds: readonly string[],
  managed: ReadonlyMap<string, string>,
  nameOf: (awsId: string) => string | undefined,
): (awsId: string) => string {
  const taken = countOf([...managed.values(), ...awsIds.flatMap((awsId) => nameOf(awsId) ?? [])]);
  const names = new Map(
    awsIds.map((awsId) => {
      const name = nameOf(awsId);
      if (name !== undefined && taken.get(name) === 1) return [awsId, name];
      return [awsId, taken.has(awsId) ? `external/${awsId}` : awsId];
    }),
  );
  return (awsId) => names.get(awsId) ?? awsId;
}

type Identify = (resource: TerraformResource) => string;

const placeOf = ({ stack, address }: TerraformResource) => `${stack ?? ""}|${address}`;

/** Where a key has another name before a change, it may be the key of another person, as where an index shifts. */
const personOf: Identify = (key) => `${placeOf(key)}|${stringOf(key.attributes.name)}`;

/** @param identify what a thing is, of which the catalog has no id */
function namesByPlace(
  indexes: readonly ResourceIndex[],
  type: string,
  idOf: IdOf,
  identify: Identify = placeOf,
): ReadonlyMap<string, string> {
  const named = new Set(
    indexes.flatMap((index) =>
      index
        .ofType(type)
        .filter((each) => idOf(each, index) !== undefined)
        .map(placeOf),
    ),
  );
  const thingOf: Identify = (resource) => (named.has(placeOf(resource)) ? placeOf(resource) : identify(resource));
  const things = new Map<string, { readonly id: string | undefined; readonly names: readonly string[] }>();
  for (const index of indexes)
    for (const resource of index.ofType(type)) {
      const { stack, address, attributes } = resource;
      const id = idOf(resource, index);
      things.set(thingOf(resource), { id, names: namesOf({ stack, address, name: stringOf(attributes.name) }, id) });
    }
  return distinctNames(
    indexes.map((index) => index.ofType(type).map(thingOf)),
    (place) => things.get(place)?.names ?? [place],
    (place) => (things.get(place)?.id === undefined ? RANKS.managed : RANKS.ofCatalog),
  );
}
