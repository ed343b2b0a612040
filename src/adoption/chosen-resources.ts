import type { Account, AccountKey, AccountPlan } from "../aws/account";
import { byName } from "../text/order";
import { carriesTags, choosesPlan, type Selection } from "./selection";

/** The keys of an account that a selection means, the oldest first. */
export function chosenKeys(account: Account, selection: Selection): AccountKey[] {
  const candidates = planCandidates(account, selection);
  const inPlans = new Set(candidates.map(({ id }) => id));
  const tagged = new Set(candidates.filter((plan) => carriesTags(selection, plan)).map(({ id }) => id));
  const everything = selection.apis.length === 0 && selection.plans.length === 0;
  return byAge(account.keys).filter((key) => {
    const plans = account.plansOfKeys.get(key.id);
    // Known before: its plans were not asked for.
    if (!plans) return false;
    if (carriesTags(selection, key)) return everything || plans.some((plan) => inPlans.has(plan));
    return plans.some((plan) => tagged.has(plan));
  });
}

/** The usage plans that a selection means, and those of the keys that it means; sorted by name. */
export function chosenPlans(account: Account, selection: Selection, keys: readonly AccountKey[]): AccountPlan[] {
  const needed = new Set(keys.flatMap(({ id }) => account.plansOfKeys.get(id) ?? []));
  return planCandidates(account, selection)
    .filter((plan) => carriesTags(selection, plan) || needed.has(plan.id))
    .sort((a, b) => byName(a.name, b.name) || byName(a.id, b.id));
}

const planCandidates = ({ plans, apis }: Account, selection: Selection) =>
  plans.filter((plan) => choosesPlan(selection, plan, apis));

/** The oldest first, so that it keeps its id when others come later. */
export function byAge<Thing extends { readonly id: string; readonly createdAt: number }>(
  things: readonly Thing[],
): Thing[] {
  return [...things].sort((a, b) => a.createdAt - b.createdAt || byName(a.id, b.id));
}
