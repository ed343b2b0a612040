import type { ResourceChange } from "../../model/resource-changes";
import type { CustomerChange } from "../customers";
import { counted, type Facts, type Finding, type Rule } from "../finding";
import { type AnyKey, placeOf } from "../gateway-state";
import { aboutCustomer } from "../subjects";

export const planKeyReplaced: Rule = {
  id: "plan-key-replaced",
  severity: "decision",
  title: (count) => counted(count, "key leaves its tier and comes back", "keys leave their tiers and come back"),
  holds: "A key that stays on its tier stays in its usage plan.",
  why:
    "Its place in the plan is deleted and created again: for a moment of the apply calls get 403 Forbidden, and the count against the quota " +
    "starts again.",
  remedy: "Keep the address of the plan key, or write a moved block; otherwise apply when a gap does no harm.",
  find: (facts) =>
    facts.customers
      .filter(({ moves, replacedFor, isRecreated }) => moves.length === 0 && replacedFor === undefined && !isRecreated)
      .flatMap((customer): Finding[] => {
        const back = comingBack(customer, facts);
        if (back.length === 0) return [];
        const tiers = [...new Set(back.flatMap((change) => facts.before.planOf(change)?.id ?? []))].join(", ");
        return [
          {
            ...aboutCustomer(customer),
            what: `out of ${tiers} and into it again`,
            explains: back.map((change) => ({ change })),
          },
        ];
      }),
};

const isOf = (one: AnyKey | undefined, other: AnyKey | undefined) =>
  one !== undefined && other !== undefined && placeOf(one) === placeOf(other);

/** Plan keys that are replaced, or deleted and created at another address, in a plan that stays. */
function comingBack(customer: CustomerChange, { before, after, tiers }: Facts): ResourceChange[] {
  const { before: had, after: has, planKeyChanges } = customer;
  const replaced = new Set(tiers.flatMap(({ change }) => (change?.action === "replace" ? [placeOf(change)] : [])));
  const left = new Map<string, ResourceChange[]>();
  const entered = new Map<string, ResourceChange[]>();
  for (const change of planKeyChanges) {
    // Where an index shifts, a plan key may have been another customer's, or become it.
    const from = isOf(before.keyOf(change), had?.key) ? before.planOf(change) : undefined;
    const to = isOf(after.keyOf(change), has?.key) ? after.planOf(change) : undefined;
    if (from && change.action !== "create") left.set(placeOf(from), [...(left.get(placeOf(from)) ?? []), change]);
    if (to && change.action !== "delete") entered.set(placeOf(to), [...(entered.get(placeOf(to)) ?? []), change]);
  }
  const plans = [...left.keys()].filter((plan) => entered.has(plan) && !replaced.has(plan));
  return [...new Set(plans.flatMap((plan) => [...(left.get(plan) ?? []), ...(entered.get(plan) ?? [])]))].filter(
    ({ action }) => action === "replace" || action === "delete" || action === "create",
  );
}
