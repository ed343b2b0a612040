import { counted, type Rule } from "../finding";
import { movesOf } from "../moves";
import { aboutCustomer } from "../subjects";

export const tierMoved: Rule = {
  id: "tier-moved",
  severity: "notice",
  title: (count) => counted(count, "customer moves to another tier", "customers move to other tiers"),
  countsCustomers: true,
  holds: "A customer has the tier that was bought, and keeps the key.",
  why:
    "AWS takes a key out of one plan before it puts it into another: for a moment of the apply, calls get 403. " +
    "The count against the quota starts again.",
  remedy: "Apply when a short gap does no harm.",
  find: (facts) =>
    movesOf(facts)
      .filter(({ isLess }) => !isLess)
      .map(({ customer, what, gap }) => ({
        ...aboutCustomer(customer),
        what: [what, gap ?? []].flat().join("; "),
        explains: customer.moves.flatMap(({ planKeys }) => planKeys.map((change) => ({ change }))),
      })),
};
