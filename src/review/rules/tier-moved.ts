import { counted, type Rule } from "../finding";
import { aboutCustomer } from "../subjects";
import { describeLimits } from "../tier-limits";

export const tierMoved: Rule = {
  id: "tier-moved",
  severity: "notice",
  title: (count) => counted(count, "customer moves to another tier", "customers move to other tiers"),
  holds: "A customer has the tier that was bought, and keeps the key.",
  why:
    "AWS takes a key out of one plan before it puts it into another: for a moment of the apply, calls get 403. " +
    "The count against the quota starts again.",
  remedy: "Apply when a short gap does no harm.",
  find: ({ customers }) =>
    customers
      .filter(({ moves, replacedFor }) => moves.length > 0 && replacedFor === undefined)
      .map((customer) => ({
        ...aboutCustomer(customer),
        what: customer.moves
          .map(({ from, to }) => `from ${from.id} (${describeLimits(from)}) to ${to.id} (${describeLimits(to)})`)
          .join("; "),
        explains: customer.moves.map(({ planKey }) => ({ change: planKey })),
      })),
};
