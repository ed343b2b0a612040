import { COLLECT_FIRST } from "../collect-first";
import { counted, type Rule } from "../finding";
import { aboutCustomer } from "../subjects";

export const keyWithoutAccessRemoved: Rule = {
  id: "key-without-access-removed",
  severity: "notice",
  title: (count) => counted(count, "key that opened nothing is deleted", "keys that opened nothing are deleted"),
  holds: "A key is deleted when its customer does not come back.",
  why: "It can never be made again with the same value.",
  remedy: `Leave it disabled if its customer may come back. ${COLLECT_FIRST}`,
  find: ({ customers }) =>
    customers
      .filter(({ before, after }) => before && before.reach.size === 0 && !after)
      .map((customer) => ({
        ...aboutCustomer(customer),
        what: customer.before?.isDisabled ? "it was disabled" : "no plan let it in",
        explains: [...customer.keyChanges, ...customer.planKeyChanges].map((change) => ({ change })),
      })),
};
