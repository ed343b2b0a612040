import { counted, type Rule } from "../finding";
import { aboutCustomer } from "../subjects";

export const customerRenamed: Rule = {
  id: "customer-renamed",
  severity: "notice",
  title: (count) =>
    counted(count, "customer is renamed and keeps the key", "customers are renamed and keep their keys"),
  holds: "A rename does not touch the key's value.",
  why: "The key's name changes; the customer notices nothing.",
  remedy: "Nothing to do.",
  find: ({ customers }) =>
    customers
      .filter(({ before, after, replacedFor }) => before && after && !replacedFor && before.key.name !== after.key.name)
      .filter(({ nameOf }) => nameOf === undefined)
      .map((customer) => ({
        ...aboutCustomer(customer),
        what: `was ${customer.before?.key.name}`,
        explains: customer.keyChanges.map((change) => ({ change, attributes: ["name"] })),
      })),
};
