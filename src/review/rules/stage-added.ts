import { counted, listed, type Rule } from "../finding";
import { aboutStage } from "../subjects";

export const stageAdded: Rule = {
  id: "stage-added",
  severity: "notice",
  title: (count) => counted(count, "stage is added", "stages are added"),
  holds: "A new stage is sold by a tier, or its routes are open on purpose.",
  why: "Its URL answers from the moment this is applied.",
  remedy: "Check that the tiers that cover it are those that should.",
  find: ({ stages, after }) => {
    const isUncertain = after.gateway.plans.some(({ hasUnknownStages }) => hasUnknownStages);
    const uncovered = isUncertain ? "which tiers cover it is known after the apply" : "covered by no tier";
    return stages
      .filter((stage) => !stage.before && stage.after)
      .map((stage) => {
        const tiers = after.gateway.plans.filter((plan) =>
          plan.stages.some((covered) => covered.api === stage.api.id && covered.stage === stage.name),
        );
        const covering = tiers.map(({ id }) => id);
        return {
          ...aboutStage(stage),
          tiers: covering,
          what: tiers.length > 0 ? `open to tier ${listed(covering)}` : uncovered,
          explains: stage.changes.map((change) => ({ change })),
        };
      });
  },
};
