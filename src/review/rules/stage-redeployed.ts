import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Explained, listed, type Rule } from "../finding";
import { aboutStage } from "../subjects";
import { REPLACEMENT } from "../way/changed-parts";

/** To which API a deployment belongs is not a matter of when it is deployed. */
function explanationOf(change: ResourceChange): Explained {
  if (change.type === "aws_api_gateway_stage") return { change, attributes: ["deployment_id"] };
  if (!change.changedAttributes.includes("rest_api_id")) return { change };
  return { change, attributes: [REPLACEMENT, ...change.changedAttributes.filter((name) => name !== "rest_api_id")] };
}

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
        explains: stage.changes.map(explanationOf),
      })),
};
