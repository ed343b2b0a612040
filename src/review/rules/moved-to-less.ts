import { counted, type Rule } from "../finding";
import { inWords } from "../limit-findings";
import { lossesOf, movesOf } from "../moves";
import { aboutCustomer } from "../subjects";

export const movedToLess: Rule = {
  id: "moved-to-less",
  severity: "decision",
  title: (count) =>
    counted(count, "customer moves to a tier that gives less", "customers move to tiers that give less"),
  countsCustomers: true,
  holds: "A customer gets at least what was sold.",
  why:
    "Above the lower limits calls get 429 Too Many Requests. AWS takes a key out of one plan before it puts it into another: for a moment of " +
    "the apply, calls get 403, and the count against the quota starts again.",
  remedy: "Make sure that the customer knows, and apply when a short gap does no harm.",
  find: (facts) =>
    movesOf(facts)
      .filter(({ isLess }) => isLess)
      .map(({ customer, what, gap }) => {
        const lost = lossesOf(customer, facts).map(inWords);
        return {
          ...aboutCustomer(customer),
          what: [
            lost.length > 0 ? `${what}: ${lost.join("; ")}` : `${what}; which of them gives more is not in these plans`,
            ...(gap === undefined ? [] : [gap]),
            ...(facts.replayed ? [facts.replayed.ofCustomer(customer)] : []),
          ].join("; "),
          explains: customer.moves.flatMap(({ planKeys }) => planKeys.map((change) => ({ change }))),
        };
      }),
};
