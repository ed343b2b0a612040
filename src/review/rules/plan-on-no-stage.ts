import { counted, type Rule } from "../finding";
import { aboutTier } from "../subjects";

export const planOnNoStage: Rule = {
  id: "plan-on-no-stage",
  severity: "reminder",
  title: (count) => counted(count, "tier opens no stage", "tiers open no stage"),
  holds: "Every usage plan covers a stage.",
  why: "Its customers are refused everywhere.",
  remedy: "Give the tier access to a stage, or remove it.",
  find: ({ tiers, after }) =>
    tiers
      .filter(({ after: plan }) => plan && plan.stages.length === 0 && !plan.hasUnknownStages)
      // What is left out because nobody can know it yet is listed as that.
      .filter(({ after: plan }) => !after.gateway.unsupported.some(({ address }) => address === plan?.address))
      .map((tier) => ({
        ...aboutTier(tier),
        what: `its ${counted(tier.after?.keys.length ?? 0, "customer is", "customers are")} refused`,
      })),
};
