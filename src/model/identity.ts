import { addresses, readAddress } from "../contract/addresses";
import {
  apiNamed,
  type StackIdentity,
  type StageIdentity,
  stageNamed,
  subscriptionNamed,
  tierNamed,
} from "../contract/identity";
import type { ResourceIndex } from "./resource-index";
import type { TerraformResource } from "./terraform-resource";

/** What a resource is to the catalog; `undefined` where this project did not create it. Its name in AWS says nothing. */
function named<Identity>(
  resource: TerraformResource,
  index: ResourceIndex,
  find: (name: string, identity: StackIdentity | undefined) => Identity | undefined,
): Identity | undefined {
  const address = readAddress(resource.address);
  return address && find(address.name, index.identities.get(resource.stack));
}

/** The subscription of a key: one has a plan key of its name, so a key without one is somebody else's. */
export function subscriptionOf(key: TerraformResource, index: ResourceIndex): string | undefined {
  const subscription = named(key, index, subscriptionNamed);
  if (subscription === undefined) return undefined;
  const planKey = index.at(key.stack, addresses.planKey(subscription));
  return index.refersTo(planKey?.attributes.key_id, key) ? subscription : undefined;
}

/** Keys that are managed elsewhere, and that subscriptions name by their ids in AWS. */
export function existingKeysIn(
  indexes: readonly ResourceIndex[],
): ReadonlyMap<string, { readonly subscription: string; readonly stack: string | undefined }> {
  return new Map(
    indexes.flatMap(({ identities }) =>
      [...identities].flatMap(([stack, { existingKeys }]) =>
        Object.entries(existingKeys).map(([subscription, awsId]) => [awsId, { subscription, stack }] as const),
      ),
    ),
  );
}

export const tierOf = (plan: TerraformResource, index: ResourceIndex): string | undefined =>
  named(plan, index, tierNamed);

export const apiOf = (restApi: TerraformResource, index: ResourceIndex): string | undefined =>
  named(restApi, index, apiNamed);

export const stageOf = (stage: TerraformResource, index: ResourceIndex): StageIdentity | undefined =>
  named(stage, index, stageNamed);
