import { counted, type Rule } from "../finding";
import { stageVariableFindings } from "../stage-variables";

export const stageVariablesChanged: Rule = {
  id: "stage-variables-changed",
  severity: "decision",
  title: (count) => counted(count, "stage changes its variables", "stages change their variables"),
  holds: "A stage calls the backends and authorizers that it called before.",
  why:
    "Integrations and authorizers take stage variables into their URLs: another value is another backend, function or release, from the " +
    "moment this is applied, without a deployment.",
  remedy: "Look where the variables are used, and try the new values on a stage that no customer calls.",
  find: ({ stages }) => stageVariableFindings(stages, "changed"),
};
