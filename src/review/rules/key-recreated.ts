import { counted, type Rule } from "../finding";
import { aboutCustomer } from "../subjects";

export const keyRecreated: Rule = {
  id: "key-recreated",
  severity: "decision",
  title: (count) => counted(count, "key is created again with its value", "keys are created again with their values"),
  holds: "A customer's key stays as it is.",
  why:
    "Calls get 403 Forbidden between the delete and the create, and the count against the quota starts again. AWS refuses a " +
    "key whose value another key has: the apply fails where Terraform creates the new one before it deletes the old one.",
  remedy: "Keep the address of the key: write a moved block from the old address to the new one.",
  find: ({ customers }) =>
    customers
      .filter(({ isRecreated }) => isRecreated)
      .map((customer) => ({
        ...aboutCustomer(customer),
        what: `keeps the value, at ${customer.keyChanges.at(-1)?.address}`,
        explains: [...customer.keyChanges, ...customer.planKeyChanges].map((change) => ({ change })),
      })),
};
