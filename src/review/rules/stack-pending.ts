import { counted, type Rule } from "../finding";

export const stackPending: Rule = {
  id: "stack-pending",
  severity: "notice",
  title: (count) => counted(count, "stack has no plan yet", "stacks have no plan yet"),
  holds: "Everything that changes is reviewed from a plan.",
  why:
    "Terraform cannot plan a stack before those on which it builds were applied for the first time. What changes in it is " +
    "taken from the synthesized files: against those of the base branch, as if these were deployed, or from nothing.",
  remedy: "Nothing to do while that is so. Otherwise plan the stack, and give its plan as well.",
  find: ({ pending }) =>
    pending.map((stack) => ({ about: stack, subject: `stack ${stack}`, what: "is read as it was synthesized" })),
};
