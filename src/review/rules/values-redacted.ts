import { holdsRedacted } from "../../model/redacted";
import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, type Finding, listed, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { isOnTheWay } from "../way/request-way";

export const valuesRedacted: Rule = {
  id: "values-redacted",
  severity: "decision",
  title: (count) => counted(count, "change has redacted values", "changes have redacted values"),
  holds: "A plan shows the values before and after the change.",
  why:
    "Somebody has replaced values in the plan. Two values that look the same may have been different, so a change of them is " +
    "not in this review.",
  remedy: 'Review the plan as "terraform show -json" prints it: no sensitive value is in the report.',
  find: (facts: Facts): Finding[] =>
    facts.changes
      .filter((change) => (change.action === "update" || change.action === "replace") && isOnTheWay(change))
      .flatMap((change) => {
        const names = redactedIn(change);
        const name = nameOf(change, facts);
        return names.length === 0 ? [] : [{ about: name, subject: name, what: `hides ${listed(names, 8)}` }];
      }),
};

function redactedIn({ before = {}, after = {} }: ResourceChange): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => holdsRedacted(before[name]) || holdsRedacted(after[name]))
    .sort();
}
