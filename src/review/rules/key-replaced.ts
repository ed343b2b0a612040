import { COLLECT_FIRST } from "../collect-first";
import { counted, type Rule } from "../finding";
import { aboutCustomer } from "../subjects";

export const keyReplaced: Rule = {
  id: "key-replaced",
  severity: "decision",
  title: (count) => counted(count, "customer's key gets another value", "customers' keys get other values"),
  holds: "A customer's key keeps its value.",
  why: "The old value stops working the moment this is applied; every call fails until the customer has the new one.",
  remedy:
    'To rotate a key, add a second key to the subscription with "api-tiers subscription rotate": both work until the first one ends. ' +
    "To rename a subscription, give it its formerId. " +
    COLLECT_FIRST,
  find: ({ customers }) =>
    customers
      .filter(({ replacedFor }) => replacedFor !== undefined)
      .map((customer) => ({
        ...aboutCustomer(customer),
        what: `the key is deleted and created again (${customer.replacedFor})`,
        explains: [...customer.keyChanges, ...customer.planKeyChanges].map((change) => ({ change })),
      })),
};
