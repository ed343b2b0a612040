import { counted, type Rule } from "../finding";

export const checkFailed: Rule = {
  id: "check-failed",
  severity: "notice",
  title: (count) => counted(count, "check of the configuration fails", "checks of the configuration fail"),
  holds: "What the configuration says of itself is true.",
  why: "Terraform warns of a check that fails, and applies the plan all the same.",
  remedy: "Fix what the check says, or the check.",
  find: ({ sources }) =>
    sources.flatMap(({ stack, failedChecks }) =>
      failedChecks.map(({ address, messages }) => {
        const name = sources.length > 1 ? `${stack}/${address}` : address;
        return { about: name, subject: name, what: messages.join(" ") || "cannot be evaluated" };
      }),
    ),
};
