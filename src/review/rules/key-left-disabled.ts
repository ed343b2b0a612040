import { counted, type Rule } from "../finding";
import { aboutCustomer } from "../subjects";

export const keyLeftDisabled: Rule = {
  id: "key-left-disabled",
  severity: "reminder",
  title: (count) => counted(count, "key is disabled, and stays so", "keys are disabled, and stay so"),
  holds: "A key works, or is removed.",
  why: "Its customer is refused, and it counts against the 10,000 keys of a Region.",
  remedy: "Remove the subscription if it has ended, or enable it.",
  find: ({ customers }) =>
    customers
      .filter(({ before, after }) => before?.isDisabled && after?.isDisabled)
      .map((customer) => ({ ...aboutCustomer(customer), what: "every call gets 403 Forbidden" })),
};
