import { COLLECT_FIRST } from "../collect-first";
import type { CustomerChange } from "../customers";
import { counted, type Explained, type Rule } from "../finding";
import { keysThatStay, lostWithMain } from "../other-keys";
import { aboutCustomer, planName, reachNames } from "../subjects";

export const accessLost: Rule = {
  id: "access-lost",
  severity: "decision",
  title: (count) => counted(count, "customer loses all access", "customers lose all access"),
  countsCustomers: true,
  holds: "Who could call before can call afterwards.",
  why: "Their calls are answered with 403 Forbidden from the moment this is applied.",
  remedy:
    "Make sure that they know, or that they have left. A subscription that only gets another id keeps its key " +
    "through formerId; a deleted key never comes back with the same value. " +
    COLLECT_FIRST,
  find: ({ customers }) =>
    customers
      .filter(losesAll)
      .filter((customer) => keysThatStay(customer, customers).length === 0)
      .map((customer) => ({
        ...aboutCustomer(customer),
        stages: reachNames(customer.lost),
        what: [reasonOf(customer), lostWithMain(customer, customers) ?? []].flat().join("; "),
        explains: explainedBy(customer),
      })),
};

export const losesAll = ({ before, after }: CustomerChange): boolean =>
  before !== undefined && before.reach.size > 0 && (after?.reach.size ?? 0) === 0 && !after?.isUncertain;

export function reasonOf({ before, after, lost, planKeyChanges }: CustomerChange): string {
  if (after === undefined) return "the key is deleted";
  if (before && !before.isDisabled && after.isDisabled) return "the key is disabled; it works again once it is enabled";
  if (after.plans.length === 0) {
    const tiers = before?.plans.map(planName).join(", ");
    const taken = planKeyChanges.length > 0;
    return taken ? `the key is taken out of ${tiers}` : `${tiers} is removed, with the key in it`;
  }
  return `${after.plans.map(planName).join(", ")} no longer opens ${reachNames(lost).join(", ")}`;
}

export function explainedBy({ after, keyChanges, planKeyChanges }: CustomerChange): Explained[] {
  const disabled = after?.isDisabled;
  return [
    ...keyChanges.map((change) => (after ? { change, attributes: disabled ? ["enabled"] : [] } : { change })),
    ...planKeyChanges.filter(({ action }) => action === "delete").map((change) => ({ change })),
  ];
}
