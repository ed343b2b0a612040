import { counted, type Rule } from "../finding";

export const stackDropped: Rule = {
  id: "stack-dropped",
  severity: "decision",
  title: (count) =>
    counted(count, "stack is dropped without being retired", "stacks are dropped without being retired"),
  holds: "What leaves the catalog leaves the account.",
  why: "Terraform destroys nothing of a stack that is gone: its stage stays live, its keys go on working, and no plan shows them.",
  remedy: "Write retired: true at the stage, API or cohort first, deploy, and drop its entry afterwards.",
  find: ({ dropped }) =>
    dropped.map((stack) => ({
      about: stack,
      subject: `stack ${stack}`,
      what: "is not synthesized any more, and everything in it stays",
    })),
};
