import { counted, listed, type Rule } from "../finding";
import { aboutCustomer, reachNames } from "../subjects";

export const accessReduced: Rule = {
  id: "access-reduced",
  severity: "decision",
  title: (count) => counted(count, "customer loses some stages", "customers lose some stages"),
  countsCustomers: true,
  holds: "Who could call a stage before can call it afterwards.",
  why: "Their calls to these stages are answered with 403 Forbidden from the moment this is applied.",
  remedy: "Make sure that they know, or give their tier access to the stages again.",
  find: ({ customers }) =>
    customers
      .filter(({ lost, after }) => lost.length > 0 && after !== undefined && after.reach.size > 0)
      .map((customer) => ({
        ...aboutCustomer(customer),
        stages: reachNames(customer.lost),
        what: `can no longer call ${listed(reachNames(customer.lost))}`,
      })),
};
