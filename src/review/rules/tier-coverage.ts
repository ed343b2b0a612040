import type { UsagePlanModel } from "../../model/model";
import { counted, type Facts, type Finding, listed, type Rule } from "../finding";
import { aboutTier } from "../subjects";

export const tierCoverage: Rule = {
  id: "tier-coverage",
  severity: "notice",
  title: (count) => counted(count, "tier opens other stages", "tiers open other stages"),
  holds: "A tier opens what was sold with it.",
  why: "All of its customers can call the new stages, and can no longer call those that are gone.",
  remedy: "Check that this is what the tier's description promises.",
  find: (facts) => {
    const renamed = renamedStages(facts);
    return facts.tiers.flatMap((tier): Finding[] => {
      if (!tier.before || !tier.after) return [];
      const [had, has] = [stagesOf(tier.before), stagesOf(tier.after)];
      // What a new name of a stage means to customers is reported with the stage.
      const kept = new Map(had.map((stage) => [stage, renamed.get(stage) ?? stage]));
      const gained = has.filter((stage) => !had.includes(stage) && ![...kept.values()].includes(stage));
      // What it may open besides is known only after the apply, and is reported with its customers.
      const lost = tier.after.hasUnknownStages
        ? []
        : had.filter((stage) => !has.includes(stage) && !has.includes(kept.get(stage) ?? ""));
      if (gained.length + lost.length === 0) return [];
      const parts = [
        ...(gained.length > 0 ? [`opens ${listed(gained)} as well`] : []),
        ...(lost.length > 0 ? [`no longer opens ${listed(lost)}`] : []),
      ];
      return [
        {
          ...aboutTier(tier),
          stages: [...gained, ...lost],
          what: `${parts.join(", and ")}; ${counted(tier.customers, "customer", "customers")}`,
          explains: tier.change ? [{ change: tier.change, attributes: ["api_stages"] }] : [],
        },
      ];
    });
  },
};

const stagesOf = ({ stages }: UsagePlanModel) => stages.map(({ api, stage }) => `${api}/${stage}`).sort();

/** `pets/prod` → `pets/live`, for stages that get another name. */
const renamedStages = ({ stages }: Facts): ReadonlyMap<string, string> =>
  new Map(
    stages.flatMap(({ api, before, after }) =>
      before && after && before.name !== after.name
        ? [[`${api.id}/${before.name}`, `${api.id}/${after.name}`] as const]
        : [],
    ),
  );
