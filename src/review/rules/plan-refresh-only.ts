import { counted, type Rule } from "../finding";

export const planRefreshOnly: Rule = {
  id: "plan-refresh-only",
  severity: "decision",
  title: (count) => counted(count, "plan is refresh-only", "plans are refresh-only"),
  holds: "A plan says what a change of the configuration does.",
  why:
    "A plan made with -refresh-only takes over into the state what was changed outside Terraform, and says nothing of the " +
    "configuration. What the configuration changes comes with the next apply.",
  remedy: "Plan without -refresh-only, and review that plan.",
  find: ({ sources }) =>
    sources
      .filter(({ covers }) => covers === "refresh-only")
      .map(({ stack }) => ({ about: stack, subject: `plan ${stack}`, what: "does not plan the configuration" })),
};
