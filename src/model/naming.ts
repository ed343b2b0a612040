import { stringOf, stringsOf } from "../contract/attributes";
import { decodePlanTags } from "../contract/tags";
import { apiOf, subscriptionOf, tierOf } from "./identity";
import { distinctNames, namesOf, RANKS } from "./names";
import type { ResourceIndex } from "./resource-index";

import type { TerraformResource } from "./terraform-resource";

/** Names by which people call what the model holds: each is unique among things of its kind. */
export interface Naming {
  api(resource: TerraformResource): string;
  plan(resource: TerraformResource): string;
  key(resource: TerraformResource): string;
}

/** The id in the catalog; `undefined` for what this project did not create. */
type IdOf = (resource: TerraformResource, index: ResourceIndex) => string | undefined;

/** A plan says its tier by a tag too, also where its stack was synthesized by an older version. */
export const tierOfPlan: IdOf = (plan, index) =>
  tierOf(plan, index) ?? decodePlanTags(stringsOf(plan.attributes.tags)).tier;

/**
 * Names for what stands in some sets of resources, such as those before and after a change: what stands at one place in
 * several of them has one name, that of the last.
 */
export function namingOf(indexes: readonly ResourceIndex[]): Naming {
  const apis = namesByPlace(indexes, "aws_api_gateway_rest_api", apiOf);
  const plans = namesByPlace(indexes, "aws_api_gateway_usage_plan", tierOfPlan);
  const keys = namesByPlace(indexes, "aws_api_gateway_api_key", subscriptionOf);
  const of = (names: ReadonlyMap<string, string>) => (resource: TerraformResource) =>
    names.get(placeOf(resource)) ?? resource.address;
  return { api: of(apis), plan: of(plans), key: of(keys) };
}

const placeOf = ({ stack, address }: TerraformResource) => `${stack ?? ""}|${address}`;

function namesByPlace(indexes: readonly ResourceIndex[], type: string, idOf: IdOf): ReadonlyMap<string, string> {
  const things = new Map<string, { readonly id: string | undefined; readonly names: readonly string[] }>();
  for (const index of indexes)
    for (const resource of index.ofType(type)) {
      const { stack, address, attributes } = resource;
      const id = idOf(resource, index);
      things.set(placeOf(resource), { id, names: namesOf({ stack, address, name: stringOf(attributes.name) }, id) });
    }
  return distinctNames(
    indexes.map((index) => index.ofType(type).map(placeOf)),
    (place) => things.get(place)?.names ?? [place],
    (place) => (things.get(place)?.id === undefined ? RANKS.managed : RANKS.ofCatalog),
  );
}
