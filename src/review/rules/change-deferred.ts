import { counted, type Rule } from "../finding";

export const changeDeferred: Rule = {
  id: "change-deferred",
  severity: "decision",
  title: (count) => counted(count, "change is left for a later plan", "changes are left for later plans"),
  holds: "Everything that changes is reviewed from a plan.",
  why: "Terraform defers what it cannot plan yet. What it means to customers is not in this review.",
  remedy: "Apply what it depends on first, plan again, and review that plan.",
  find: ({ sources }) =>
    sources.flatMap(({ stack, deferred }) =>
      deferred.map(({ address, reason }) => {
        const name = sources.length > 1 ? `${stack}/${address}` : address;
        return { about: name, subject: name, what: `is deferred (${reason || "no reason is given"})` };
      }),
    ),
};
