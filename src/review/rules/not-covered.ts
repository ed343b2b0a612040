import { counted, type Rule } from "../finding";

export const notCovered: Rule = {
  id: "not-covered",
  severity: "reminder",
  title: (count) =>
    counted(count, "resource is not covered by this review", "resources are not covered by this review"),
  holds: "What customers can call can be read from the plans.",
  why: "These stay as they are. What they mean to customers is not in this review, before the change and after it.",
  remedy: "Nothing to do for this change.",
  find: ({ notEvaluated: parts }) => parts.flatMap(({ isChanged, ...finding }) => (isChanged ? [] : [finding])),
};
