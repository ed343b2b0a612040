import { counted, type Rule } from "../finding";
import { aboutStage } from "../subjects";

export const stageRemoved: Rule = {
  id: "stage-removed",
  severity: "decision",
  title: (count) => counted(count, "stage is removed", "stages are removed"),
  holds: "A URL that customers call goes on answering.",
  why: "Every call to it gets 403 Forbidden from the moment this is applied, open routes included.",
  remedy: "Make sure that nobody calls it any more; its access log tells.",
  find: ({ stages, after: state }) =>
    stages
      // One that stays, with a name that is known only after the apply, is not evaluated.
      .filter(({ before, after }) => before && !after && state.at(before)?.type !== "aws_api_gateway_stage")
      .map((stage) => ({
        ...aboutStage(stage),
        what: "stops answering",
        explains: stage.changes.map((change) => ({ change })),
      })),
};
