import type { CustomerChange } from "../customers";
import { counted, type Explained, listed, type Rule } from "../finding";
import { aboutCustomer, planName, reachNames } from "../subjects";

export const accessGained: Rule = {
  id: "access-gained",
  severity: "notice",
  title: (count) => counted(count, "customer gains access", "customers gain access"),
  countsCustomers: true,
  holds: "Who can call is a customer.",
  why: "Their calls pass from the moment this is applied, within the limits of their tier.",
  remedy: "Check that each of them has bought it.",
  find: ({ customers }) =>
    customers
      .filter(({ gained }) => gained.length > 0)
      .map((customer) => ({
        ...aboutCustomer(customer),
        stages: reachNames(customer.gained),
        what: whatOf(customer),
        explains: explainedBy(customer),
      })),
};

function whatOf({ before, after, gained }: CustomerChange): string {
  const tiers = after?.plans.map(planName).join(", ");
  const stages = listed(reachNames(gained));
  if (before === undefined) return `new on ${tiers}: can call ${stages}`;
  if (before.isDisabled) return `the key is enabled again on ${tiers}: can call ${stages}`;
  return `can call ${stages}, on ${tiers}`;
}

function explainedBy({ before, keyChanges, planKeyChanges }: CustomerChange): Explained[] {
  const created = planKeyChanges.filter(({ action }) => action === "create");
  return [
    ...keyChanges.map((change) => (before ? { change, attributes: before.isDisabled ? ["enabled"] : [] } : { change })),
    ...created.map((change) => ({ change })),
  ];
}
