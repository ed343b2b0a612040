import type { ResourceChange } from "../../model/resource-changes";
import type { Facts } from "../finding";
import { isAroundTheWay } from "./around";
import { changedParts, REPLACEMENT } from "./changed-parts";
import type { Explanations } from "./explanations";
import { HARMLESS } from "./harmless";
import { HARMLESS_OF_ALL, type Reason } from "./reasons";
import { isOnTheWay } from "./request-way";

/** Something on a request's way that changes, and of which nobody has said what it means. */
export interface Unjudged {
  readonly change: ResourceChange;
  /** The attribute, such as `policy`; `undefined` for the whole resource. */
  readonly part: string | undefined;
}

/** All that changes on a request's way, has no finding, and is not known to be harmless. */
export function unjudged(facts: Facts, explained: Explanations): Unjudged[] {
  return facts.changes
    .filter((change) => change.action !== "none" && change.action !== "forget" && !explained.areOf(change))
    .filter((change) => isOnTheWay(change) || isAroundTheWay(change, facts))
    .flatMap((change): Unjudged[] =>
      change.action === "create" || change.action === "delete" ? whole(change, change.action) : parts(change),
    );

  function whole(change: ResourceChange, action: "create" | "delete"): Unjudged[] {
    const harmless = HARMLESS[change.type]?.[action];
    return holds(harmless, change) ? [] : [{ change, part: undefined }];
  }

  function parts(change: ResourceChange): Unjudged[] {
    const { attributes = {}, replace } = HARMLESS[change.type] ?? {};
    if (change.isHidden) return [{ change, part: undefined }];
    return changedParts(change)
      .filter((part) => !explained.cover(change, part))
      .filter(
        (part) =>
          !holds(
            part === REPLACEMENT ? replace : (attributes[part] ?? attributes[blockOf(part)] ?? HARMLESS_OF_ALL[part]),
            change,
          ),
      )
      .map((part) => ({ change, part: part === REPLACEMENT ? undefined : part }));
  }

  function holds(reason: Reason | undefined, change: ResourceChange): boolean {
    return typeof reason === "string" || (reason?.when(change, facts) ?? false);
  }
}

/** The block in which a part stands: what is said of it holds for its parts. */
const blockOf = (part: string) => part.replace(/\..*$/s, "");
