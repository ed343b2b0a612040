import { counted, listed, type Rule } from "../finding";
import { aboutCustomer, reachNames } from "../subjects";

export const accessUnknown: Rule = {
  id: "access-unknown",
  severity: "decision",
  title: (count) =>
    counted(
      count,
      "customer's access is known only after the apply",
      "customers' access is known only after the apply",
    ),
  holds: "What a customer can call can be read from the plan.",
  why: "The plan of the key, or the stages of its plan, depend on what is known only after the apply. They may lose access.",
  remedy:
    "Look at the configuration of these keys and plans yourself, or apply what they depend on first, and plan again.",
  find: ({ customers }) =>
    customers
      .filter(({ before, after, uncertain }) => uncertain.length > 0 || (!before && after?.isUncertain))
      .map((customer) => ({
        ...aboutCustomer(customer),
        stages: reachNames(customer.uncertain),
        what:
          customer.uncertain.length > 0
            ? `can call ${listed(reachNames(customer.uncertain))} now; whether it still can is known after the apply`
            : "is new; what it can call is known after the apply",
        explains: (customer.before ? [] : customer.keyChanges).map((change) => ({ change })),
      })),
};
