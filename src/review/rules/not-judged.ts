import type { Action } from "../../model/resource-changes";
import { counted, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { Explanations } from "../way/explanations";
import { type Unjudged, unjudged } from "../way/unjudged";

export const notJudged: Rule = {
  id: "not-judged",
  severity: "decision",
  title: (count) => counted(count, "change is not judged", "changes are not judged"),
  holds: "Every change on the way of a request is judged by a rule, or is known to be harmless.",
  why:
    "It concerns something that decides who may call, how much or where, and this review does not know what it means. It " +
    "may take access from customers, or give it to others.",
  remedy: "Read the plan of this resource yourself, and accept the change if it is meant.",
  find: (facts, others = []) =>
    unjudged(facts, new Explanations(others)).map((each) => {
      const name = nameOf(each.change, facts) + (each.part === undefined ? "" : ` ${each.part}`);
      return { about: name, subject: name, what: whatOf(each) };
    }),
};

function whatOf({ change: { action }, part }: Unjudged): string {
  if (part !== undefined) return "changes";
  const words: Partial<Record<Action, string>> = {
    create: "is created",
    delete: "is deleted",
    replace: "is deleted and created again",
  };
  return words[action] ?? "is updated, and the plan does not show what changes";
}
