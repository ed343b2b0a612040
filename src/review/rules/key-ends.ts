import { COLLECT_FIRST } from "../collect-first";
import { counted, listed, type Rule } from "../finding";
import { keysThatStay } from "../other-keys";
import { aboutCustomer } from "../subjects";
import { explainedBy, losesAll, reasonOf } from "./access-lost";

export const keyEnds: Rule = {
  id: "key-ends",
  severity: "decision",
  title: (count) =>
    counted(
      count,
      "key stops working, and its customer keeps another one",
      "keys stop working, and their customers keep others",
    ),
  holds: "A key of a customer ends once nobody calls with it any more.",
  why: "Calls with this key are answered with 403 Forbidden from the moment this is applied; those with the other keys are not.",
  remedy:
    'Check with "api-tiers rotation status" that the customer calls with the other key, or disable this one at once if it leaked. ' +
    COLLECT_FIRST,
  find: ({ customers }) =>
    customers.filter(losesAll).flatMap((customer) => {
      const others = keysThatStay(customer, customers);
      if (others.length === 0) return [];
      const works = others.length === 1 ? "still works" : "still work";
      return [
        {
          ...aboutCustomer(customer),
          what: `${reasonOf(customer)}; ${listed(others)} ${works}`,
          explains: explainedBy(customer),
        },
      ];
    }),
};
