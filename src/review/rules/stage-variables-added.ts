import { counted, type Rule } from "../finding";
import { stageVariableFindings } from "../stage-variables";

export const stageVariablesAdded: Rule = {
  id: "stage-variables-added",
  severity: "notice",
  title: (count) => counted(count, "stage gets more variables", "stages get more variables"),
  holds: "A new variable is for something that is new.",
  why: "What took the variable without finding it gets it from the moment this is applied.",
  remedy: "Nothing to do where only new routes use it.",
  find: ({ stages }) => stageVariableFindings(stages, "added"),
};
