import { counted, type Rule } from "../finding";
import { aboutCustomer } from "../subjects";

export const keyInNoPlan: Rule = {
  id: "key-in-no-plan",
  severity: "reminder",
  title: (count) => counted(count, "key is in no plan", "keys are in no plan"),
  holds: "Every key is in a usage plan.",
  why: "It opens nothing: every call with it to a route that needs a key gets 403 Forbidden.",
  remedy: "Put it into a plan, or delete it.",
  find: ({ customers }) =>
    customers
      .filter(({ after }) => after && after.plans.length === 0 && after.plansAreKnown)
      .map((customer) => ({ ...aboutCustomer(customer), what: "every call gets 403 Forbidden" })),
};
