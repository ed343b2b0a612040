import { counted, type Rule } from "../finding";
import { aboutCustomer } from "../subjects";

export const keyUnderAnotherName: Rule = {
  id: "key-under-another-name",
  severity: "decision",
  title: (count) =>
    counted(count, "key gets the name of another customer's key", "keys get the names of other customers' keys"),
  holds: "A key bears the name of its customer.",
  why:
    "The value does not change, so a customer who was removed from the list can still call, under the name of another. " +
    "This is what a list with count does when an entry leaves the middle of it.",
  remedy: "Write the keys with for_each, by the customer's name, and move each to its new address by a moved block.",
  find: ({ customers }) =>
    customers.flatMap((customer) =>
      customer.nameOf === undefined
        ? []
        : [
            {
              ...aboutCustomer(customer),
              what: `the key keeps its value and works on, and is called ${customer.nameOf} from now on`,
              explains: customer.keyChanges.map((change) => ({ change, attributes: ["name"] })),
            },
          ],
    ),
};
