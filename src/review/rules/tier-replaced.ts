import { COLLECT_FIRST } from "../collect-first";
import { customersWith } from "../customers-with";
import { counted, type Explained, type Finding, type Rule } from "../finding";
import { placeOf } from "../gateway-state";
import { aboutTier } from "../subjects";
import { REPLACEMENT } from "../way/changed-parts";

export const tierReplaced: Rule = {
  id: "tier-replaced",
  severity: "decision",
  title: (count) => counted(count, "usage plan is replaced", "usage plans are replaced"),
  holds: "A usage plan stays, whatever changes in it.",
  why:
    "All keys leave the plan and come into another one: until then every call of its customers gets 403 Forbidden, and the count " +
    "against their quotas starts again.",
  remedy:
    "Change the plan instead of replacing it (no -replace, no taint), or apply when a gap does no harm. " +
    COLLECT_FIRST,
  find: ({ tiers, customers }) =>
    tiers
      .filter(({ change }) => change?.action === "replace")
      .map((tier): Finding => {
        const { change } = tier;
        const names = (tier.before?.keys ?? []).map(({ id }) => id);
        const planKeys = customers
          .filter(({ before }) => before?.plans.some((plan) => change && placeOf(plan) === placeOf(change)))
          .flatMap(({ planKeyChanges }) => planKeyChanges)
          .filter(
            ({ action, replacedFor }) => action === "replace" && replacedFor.every((name) => name === "usage_plan_id"),
          );
        const explains: Explained[] = planKeys.map((each) => ({ change: each }));
        if (change) explains.push({ change, attributes: [REPLACEMENT, "id"] });
        return {
          ...aboutTier(tier),
          customers: names,
          what: `is deleted and created again; ${counted(customersWith(tier.before?.keys ?? []), "customer loses", "customers lose")} access until then`,
          explains,
        };
      }),
};
