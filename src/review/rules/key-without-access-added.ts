import { counted, type Rule } from "../finding";
import { aboutCustomer } from "../subjects";

export const keyWithoutAccessAdded: Rule = {
  id: "key-without-access-added",
  severity: "notice",
  title: (count) => counted(count, "key is made that opens nothing", "keys are made that open nothing"),
  holds: "A key is made for a customer who is going to call.",
  why: "It counts against the 10,000 keys of a Region.",
  remedy: "Enable it, or put it into a plan, when its customer is to begin.",
  find: ({ customers }) =>
    customers
      .filter(({ before, after }) => !before && after && after.reach.size === 0 && !after.isUncertain)
      .map((customer) => ({
        ...aboutCustomer(customer),
        what: customer.after?.isDisabled ? "it is disabled" : "no plan lets it in",
        explains: [...customer.keyChanges, ...customer.planKeyChanges].map((change) => ({ change })),
      })),
};
