import type { ResourceChange } from "../model/resource-changes";
import type { Facts } from "./finding";

/** A resource's address; with its stack, where that address stands in several: `access/aws_ssm_parameter.joe`. */
export function nameOf({ stack, address }: Pick<ResourceChange, "stack" | "address">, { changes }: Facts): string {
  return (stacksOf(changes).get(address)?.size ?? 0) > 1 ? `${stack}/${address}` : address;
}

const known = new WeakMap<readonly ResourceChange[], ReadonlyMap<string, ReadonlySet<string>>>();

function stacksOf(changes: readonly ResourceChange[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = known.get(changes);
  if (found) return found;
  const stacks = new Map<string, Set<string>>();
  for (const { stack, address } of changes) stacks.set(address, (stacks.get(address) ?? new Set()).add(stack));
  known.set(changes, stacks);
  return stacks;
}
