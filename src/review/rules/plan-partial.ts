import { counted, listed, type Rule } from "../finding";
import type { Source } from "../plans";

export const planPartial: Rule = {
  id: "plan-partial",
  severity: "decision",
  title: (count) => counted(count, "plan covers only a part", "plans cover only a part"),
  holds: "A plan covers all of its configuration.",
  why:
    "A plan made with -target or -exclude, or from which something was taken out, does not say what the rest of the change " +
    "means to customers. What it leaves out is reviewed as if it stayed as it is.",
  remedy: "Plan the whole stack, and review that plan.",
  find: ({ sources }) =>
    sources
      .filter(({ covers }) => covers === "part" || covers === "unknown")
      .map((source) => ({ about: source.stack, subject: `plan ${source.stack}`, what: whatOf(source) })),
};

function whatOf({ covers, leftOut, notCreated }: Source): string {
  if (covers === "unknown") return "does not say whether it is whole: it has neither complete nor prior_state";
  const parts = [
    ...(leftOut.length > 0 ? [`leaves out ${listed(leftOut.map(({ address }) => address))}`] : []),
    ...(notCreated.length > 0 ? [`does not create ${listed(notCreated)}`] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : "leaves out a part of the configuration (complete is false)";
}
