import { counted, type Rule } from "../finding";

export const notEvaluated: Rule = {
  id: "not-evaluated",
  severity: "decision",
  title: (count) => counted(count, "change is not evaluated", "changes are not evaluated"),
  holds: "What a change means can be read from its plan.",
  why:
    "Something that changes here depends on what is known only after the apply, or is of a kind that this review does not " +
    "read. It may take access from customers, or give it to others.",
  remedy: "Look at these yourself, and accept the change if it is meant.",
  find: ({ notEvaluated: parts }) => parts.flatMap(({ isChanged, ...finding }) => (isChanged ? [finding] : [])),
};
