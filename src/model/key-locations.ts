import { byName } from "../text/order";
import type { HandedOverKey, KeyModel } from "./model";
import { findNamed } from "./names";
import { readGateway } from "./read-gateway";
import { readStackFiles } from "./stack-files";

/** Where the key of a subscription is. */
export interface KeyLocation {
  /** The subscription's id; of a key that this project did not create, its name or address, whichever is unique. */
  readonly subscription: string;
  /** The key's name in AWS. */
  readonly keyName: string;
  readonly stack: string;
  /** `undefined` where the stack leaves it to the environment. */
  readonly region: string | undefined;
  /** `undefined` where only API Gateway has it. */
  readonly handedOver: HandedOverKey | undefined;
  /** Its id in AWS, where it is managed elsewhere; `undefined` for a key of the stack's own. */
  readonly existingKeyId: string | undefined;
}

/**
 * Where each key of the synthesized stacks is, sorted by subscription.
 *
 * @param folder cdktf's output folder
 * @throws Error for a folder that holds no synthesized stack
 */
export function keyLocations(folder: string): KeyLocation[] {
  return allKeys(folder).map(locator(folder));
}

/**
 * Where the key of one subscription is.
 *
 * @param subscription its id; of a key that this project did not create, its name or address
 * @throws Error for what none has or several have, with those that could be meant
 */
export function keyLocation(folder: string, subscription: string): KeyLocation {
  return locator(folder)(findNamed(subscription, allKeys(folder), "subscription", (key) => key.subscription));
}

type LocatedKey = Pick<KeyModel, "address" | "handedOver" | "id" | "name" | "stack" | "subscription"> & {
  readonly existingKeyId: string | undefined;
};

/** The keys of the stacks, and those that are managed elsewhere. Sorted by id. */
function allKeys(folder: string): LocatedKey[] {
  const { keys, external } = readGateway(folder);
  return [
    ...keys.map((key) => ({ ...key, existingKeyId: undefined })),
    ...external.keys.map((key) => ({ ...key, address: key.awsId, handedOver: undefined, existingKeyId: key.awsId })),
  ].sort((a, b) => byName(a.id, b.id));
}

function locator(folder: string): (key: LocatedKey) => KeyLocation {
  const regions = new Map(readStackFiles(folder).map(({ stack, json }) => [stack, json.provider?.aws?.[0]?.region]));
  return ({ id, name, stack = "", handedOver, existingKeyId }) => {
    const region = regions.get(stack);
    return {
      subscription: id,
      keyName: name,
      stack,
      region: region?.includes("${") ? undefined : region,
      handedOver,
      existingKeyId,
    };
  };
}
