import { READ_TWICE } from "../../model/read-twice";
import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, listed, type Rule } from "../finding";
import { placeOf } from "../gateway-state";
import { nameOf } from "../place-names";
import { changedParts } from "../way/changed-parts";

export const changedOutside: Rule = {
  id: "changed-outside",
  severity: "notice",
  title: (count) =>
    counted(count, "resource was changed outside Terraform", "resources were changed outside Terraform"),
  holds: "Only Terraform changes what it manages.",
  why:
    "Customers have felt these changes already. This review starts from the account as it is: what the plan changes back is a " +
    "change like any other, and what it leaves stays.",
  remedy: "Ask who changed it. Put it into the configuration if it is meant to stay.",
  find: (facts) =>
    facts.sources
      .flatMap(({ drift }) => drift)
      .flatMap((change) => {
        const name = nameOf(change, facts);
        const what = whatOf(change, facts);
        return what === undefined ? [] : [{ about: name, subject: name, what }];
      }),
};

function isReadTwice(change: ResourceChange, part: string, { after }: Facts): boolean {
  const [type, owner] = READ_TWICE[change.type]?.[part] ?? [];
  if (type === undefined || owner === undefined) return false;
  return after.ofType(type).some((each) => {
    const target = after.targetOf(each, owner, change.type);
    return target !== undefined && placeOf(target) === placeOf(change);
  });
}

/** `undefined` for what only looks different: Terraform reads nothing as something empty, and AWS counts the time. */
function whatOf(change: ResourceChange, facts: Facts): string | undefined {
  if (change.action === "delete") return "was deleted";
  const parts = changedParts(change).filter((part) => !/(^|_)date$/.test(part) && !isReadTwice(change, part, facts));
  return parts.length > 0 ? `has another ${listed(parts, 8)}` : undefined;
}
