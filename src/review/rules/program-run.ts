import { counted, listed, type Rule } from "../finding";

export const programRun: Rule = {
  id: "program-run",
  severity: "decision",
  title: (count) => counted(count, "resource runs a program", "resources run programs"),
  holds: "An apply does nothing but change resources.",
  why:
    "A provisioner runs a program while the plan is applied, with the rights of the apply. What it does, to API Gateway for " +
    "example, is not in the plan.",
  remedy: "Read the provisioner and what it starts, and accept it if it is meant.",
  find: ({ sources }) =>
    sources.flatMap(({ stack, programs }) =>
      programs.map(({ address, provisioners, when }) => {
        const name = sources.length > 1 ? `${stack}/${address}` : address;
        const may = when === "created" ? "runs" : "may run";
        return { about: name, subject: name, what: `${may} ${listed(provisioners)} when it is ${when}` };
      }),
    ),
};
