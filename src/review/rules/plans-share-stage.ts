import { counted, type Finding, listed, type Rule } from "../finding";
import { coveredBy, type Holding } from "../holdings";
import { aboutCustomer } from "../subjects";

export const plansShareStage: Rule = {
  id: "plans-share-stage",
  severity: "decision",
  title: (count) =>
    counted(count, "key comes into a second plan of a stage", "keys come into a second plan of a stage"),
  holds: "A key is in one usage plan of each stage.",
  why:
    'AWS refuses it: "cannot reference multiple Usage Plans with the same API Stage". The apply ends with an error in the middle; some of ' +
    "the change is then live, and some is not.",
  remedy: "Take the key out of the first plan, or the stage out of one of both.",
  find: ({ customers }) =>
    customers.flatMap((customer): Finding[] => {
      const had = new Set(sharedStages(customer.before).map(({ stage }) => stage));
      const shared = sharedStages(customer.after).filter(({ stage }) => !had.has(stage));
      if (shared.length === 0) return [];
      const what = shared.map(({ stage, plans }) => `${listed(plans)} both cover ${stage}`).join("; ");
      const explains = customer.planKeyChanges.map((change) => ({ change }));
      return [{ ...aboutCustomer(customer), stages: shared.map(({ stage }) => stage), what, explains }];
    }),
};

function sharedStages(holding: Holding | undefined): { readonly stage: string; readonly plans: readonly string[] }[] {
  const plans = new Map<string, Set<string>>();
  for (const plan of holding?.plans ?? [])
    for (const { api, stage } of coveredBy(plan)) {
      const name = `${api}/${stage}`;
      plans.set(name, (plans.get(name) ?? new Set()).add(plan.id));
    }
  return [...plans].filter(([, ids]) => ids.size > 1).map(([stage, ids]) => ({ stage, plans: [...ids].sort() }));
}
