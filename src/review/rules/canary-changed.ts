import { counted, type Rule } from "../finding";
import { stageOf } from "../stages";
import { aboutStage } from "../subjects";
import { changesOf, describeParts, explainsParts } from "../way/part-values";

export const canaryChanged: Rule = {
  id: "canary-changed",
  severity: "decision",
  title: (count) => counted(count, "stage changes its canary", "stages change their canaries"),
  holds: "A share of the calls meets another release only where somebody wants it.",
  why: "The canary answers its share of all calls, those of customers included, from another deployment or with other stage variables.",
  remedy: "Check the share and the deployment, and that both were tried.",
  find: (facts) =>
    changesOf(
      facts,
      ["aws_api_gateway_stage", "aws_api_gateway_deployment"],
      (part) => part.split(".")[0] === "canary_settings",
    ).flatMap((changed) => {
      const stage = stageOf(changed.change, facts.stages);
      return stage ? [{ ...aboutStage(stage), what: describeParts(changed), explains: explainsParts(changed) }] : [];
    }),
};
