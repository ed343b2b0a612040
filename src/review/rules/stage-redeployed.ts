import { counted, listed, type Rule } from "../finding";
import { aboutStage } from "../subjects";

export const stageRedeployed: Rule = {
  id: "stage-redeployed",
  severity: "notice",
  title: (count) => counted(count, "stage is redeployed", "stages are redeployed"),
  holds: "A stage is released when its API has changed, and only then.",
  why: "From the moment this is applied, customers meet the API as it is defined now.",
  remedy: "Check that each of these parts is meant to go live on this stage.",
  find: ({ stages }) =>
    stages
      .filter(({ redeployed }) => redeployed)
      .map((stage) => ({
        ...aboutStage(stage),
        what:
          stage.because.length > 0
            ? `because of ${listed(stage.because, 10)}`
            : "though none of its triggers changes: somebody asked for it, or it has none",
        explains: stage.changes.map((change) =>
          change.type === "aws_api_gateway_stage" ? { change, attributes: ["deployment_id"] } : { change },
        ),
      })),
};
