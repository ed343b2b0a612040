import type { ResourceChange } from "../model/resource-changes";
import { byName } from "../text/order";
import type { OtherChange } from "./report";
import { changedParts } from "./way/changed-parts";
import type { Explanations } from "./way/explanations";

/** All that the plans change and no finding has put into words: nothing of a plan is hidden. */
export function otherChanges(changes: readonly ResourceChange[], explained: Explanations): OtherChange[] {
  return changes
    .filter((change) => !explained.areOf(change))
    .flatMap((change): OtherChange[] => {
      const { stack, address, type, action, changedAttributes } = change;
      const attributes = changedAttributes.filter((name) => !isCovered(name, change) && !isEcho(name, change));
      if (action === "update" && attributes.length === 0) return [];
      if (action === "none") {
        const moves = change.previousAddress !== undefined && !explained.mention(change);
        return moves ? [{ stack, address, type, action: "move", attributes: [] }] : [];
      }
      return [{ stack, address, type, action, attributes: action === "update" ? attributes : [] }];
    })
    .sort((a, b) => byName(a.stack, b.stack) || byName(a.address, b.address));

  /** An attribute is covered where each of its parts that changes is. */
  function isCovered(name: string, change: ResourceChange): boolean {
    const parts = changedParts(change).filter((part) => part === name || part.startsWith(`${name}.`));
    return explained.cover(change, name) || (parts.length > 0 && parts.every((part) => explained.cover(change, part)));
  }
}

/** The provider shows tags twice, the second time with those that it adds to all resources. */
const isEcho = (name: string, { changedAttributes }: ResourceChange) =>
  name === "tags_all" && changedAttributes.includes("tags");
