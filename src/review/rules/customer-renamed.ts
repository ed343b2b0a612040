import type { CustomerChange } from "../customers";
import { counted, type Facts, type Rule } from "../finding";
import { aboutCustomer } from "../subjects";

export const customerRenamed: Rule = {
  id: "customer-renamed",
  severity: "notice",
  title: (count) =>
    counted(count, "customer is renamed and keeps the key", "customers are renamed and keep their keys"),
  holds: "A rename does not touch the key's value.",
  why: "The key's name changes; the customer notices nothing.",
  remedy: "Nothing to do.",
  find: ({ customers, before: then }) =>
    customers
      .filter(({ before, after, replacedFor }) => before && after && !replacedFor && before.key.name !== after.key.name)
      .filter(({ nameOf }) => nameOf === undefined)
      .map((customer) => ({
        ...aboutCustomer(customer),
        what: `was ${nameBefore(customer, then)}`,
        explains: customer.keyChanges.map((change) => ({ change, attributes: ["name"] })),
      })),
};

/** The id of a subscription's key, by which it is called everywhere else; of another key its name in AWS. */
function nameBefore({ before, after, keyChanges }: CustomerChange, then: Facts["before"]): string | undefined {
  const moved = keyChanges.find(({ previousAddress }) => previousAddress !== undefined);
  const id =
    moved?.previousAddress === undefined || after?.key.subscription === undefined
      ? undefined
      : then.keyIdAt({ stack: moved.stack, address: moved.previousAddress });
  return id ?? before?.key.name;
}
