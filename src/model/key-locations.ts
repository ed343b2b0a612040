import { byName } from "../text/order";
import type { HandedOverKey } from "./model";
import { readGateway } from "./read-gateway";
import { readStackFiles } from "./stack-files";

/** Where the key of a subscription is. */
export interface KeyLocation {
  /** The subscription's id, which is the key's name. */
  readonly subscription: string;
  readonly stack: string;
  /** `undefined` where the stack leaves it to the environment. */
  readonly region: string | undefined;
  /** `undefined` where only API Gateway has it. */
  readonly handedOver: HandedOverKey | undefined;
}

/**
 * Where each key of the synthesized stacks is, sorted by subscription.
 *
 * @param folder cdktf's output folder
 * @throws Error for a folder that holds no synthesized stack
 */
export function keyLocations(folder: string): KeyLocation[] {
  const regions = new Map(readStackFiles(folder).map(({ stack, json }) => [stack, json.provider?.aws?.[0]?.region]));
  return readGateway(folder)
    .keys.map(({ name, stack = "", handedOver }) => {
      const region = regions.get(stack);
      return { subscription: name, stack, region: region?.includes("${") ? undefined : region, handedOver };
    })
    .sort((a, b) => byName(a.subscription, b.subscription));
}
