import { addresses, readAddress } from "../contract/addresses";
import {
  apiNamed,
  keyNamed,
  planNamed,
  type StackIdentity,
  type StageIdentity,
  stageNamed,
} from "../contract/identity";
import { keyId, readKeyId, type SubscriptionKeyName } from "../contract/key-id";
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

/** Which key of a subscription a key is: each has a plan key of its name, so a key without one is somebody else's. */
export function subscriptionKeyOf(key: TerraformResource, index: ResourceIndex): SubscriptionKeyName | undefined {
  const name = named(key, index, keyNamed);
  if (name === undefined) return undefined;
  const planKey = index.at(key.stack, addresses.planKey(keyId(name)));
  return index.refersTo(planKey?.attributes.key_id, key) ? name : undefined;
}

/** Keys that are managed elsewhere, and that subscriptions name by their ids in AWS. */
export function existingKeysIn(
  indexes: readonly ResourceIndex[],
): ReadonlyMap<string, SubscriptionKeyName & { readonly stack: string | undefined }> {
  return new Map(
    indexes.flatMap(({ identities }) =>
      [...identities].flatMap(([stack, { existingKeys }]) =>
        Object.entries(existingKeys).map(([id, awsId]) => [awsId, { ...readKeyId(id), stack }] as const),
      ),
    ),
  );
}

/** The tier of a plan, and the subscription whose limits it has. */
export const ownerOfPlan = (plan: TerraformResource, index: ResourceIndex): ReturnType<typeof planNamed> =>
  named(plan, index, planNamed);

export const apiOf = (restApi: TerraformResource, index: ResourceIndex): string | undefined =>
  named(restApi, index, apiNamed);

export const stageOf = (stage: TerraformResource, index: ResourceIndex): StageIdentity | undefined =>
  named(stage, index, stageNamed);
