import type { ResourceChange } from "../model/resource-changes";
import { byName } from "../text/order";
import type { Finding } from "./finding";
import type { OtherChange } from "./report";

/** All that the plans change and no finding has put into words: nothing of a plan is hidden. */
export function otherChanges(changes: readonly ResourceChange[], findings: readonly Finding[]): OtherChange[] {
  const whole = new Set<ResourceChange>();
  const inPart = new Map<ResourceChange, Set<string>>();
  for (const { explains = [] } of findings)
    for (const { change, attributes } of explains) {
      if (attributes === undefined) whole.add(change);
      else inPart.set(change, new Set([...(inPart.get(change) ?? []), ...attributes]));
    }
  return changes
    .filter((change) => !whole.has(change))
    .flatMap((change): OtherChange[] => {
      const { stack, address, type, action, changedAttributes } = change;
      const explained = inPart.get(change);
      const attributes = changedAttributes.filter((name) => !explained?.has(name) && !isEcho(name, change));
      if (action === "update" && attributes.length === 0) return [];
      if (action === "none") {
        const moves = change.previousAddress !== undefined && explained === undefined;
        return moves ? [{ stack, address, type, action: "move", attributes: [] }] : [];
      }
      return [{ stack, address, type, action, attributes: action === "update" ? attributes : [] }];
    })
    .sort((a, b) => byName(a.stack, b.stack) || byName(a.address, b.address));
}

/** The provider shows tags twice, the second time with those that it adds to all resources. */
const isEcho = (name: string, { changedAttributes }: ResourceChange) =>
  name === "tags_all" && changedAttributes.includes("tags");
