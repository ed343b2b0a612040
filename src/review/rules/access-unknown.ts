import type { CustomerChange } from "../customers";
import { counted, type Explained, type Facts, type Finding, listed, type Rule } from "../finding";
import type { Holding } from "../holdings";
import { aboutCustomer, reachNames } from "../subjects";
import { unknownPlanKeys } from "../unknown-plan-keys";

export const accessUnknown: Rule = {
  id: "access-unknown",
  severity: "decision",
  title: (count) =>
    counted(
      count,
      "customer's access is known only after the apply",
      "customers' access is known only after the apply",
    ),
  holds: "What a customer can call can be read from the plan.",
  why: "The plan of the key, or the stages of its plan, depend on what is known only after the apply. They may lose access.",
  remedy:
    "Look at the configuration of these keys and plans yourself, or apply what they depend on first, and plan again.",
  find: (facts) => {
    const planKeysOf = unknownPlanKeys(facts);
    return facts.customers.flatMap((customer): Finding[] => {
      const { before, after, uncertain, keyChanges } = customer;
      const planKeys = planKeysOf.get(customer) ?? [];
      if (!after?.isUncertain || (before && uncertain.length + planKeys.length === 0)) return [];
      const changes = [...(before ? [] : [...keyChanges, ...customer.planKeyChanges]), ...planKeys];
      return [
        {
          ...aboutCustomer(customer),
          stages: reachNames(uncertain),
          what: whatOf(customer),
          explains: [...changes.map((change) => ({ change })), ...unknownStages(after, facts)],
        },
      ];
    });
  },
};

/** Plans of which nobody knows yet what they open. */
const unknownStages = ({ plans }: Holding, { tiers }: Facts): Explained[] =>
  plans
    .filter((plan) => "hasUnknownStages" in plan && plan.hasUnknownStages)
    .flatMap((plan) => tiers.find(({ after }) => after === plan)?.change ?? [])
    .map((change) => ({ change, attributes: ["api_stages"] }));

function whatOf({ before, uncertain }: CustomerChange): string {
  if (!before) return "is new; what it can call is known after the apply";
  if (uncertain.length === 0)
    return "goes on calling what it can call; whether it can call more is known after the apply";
  return `can call ${listed(reachNames(uncertain))} now; whether it still can is known after the apply`;
}
