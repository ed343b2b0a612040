import { hideKeys } from "../../text/like-a-key";
import { nearestTo } from "../../text/nearest";
import { counted, listed, type Rule } from "../finding";

/** Each of them is compared with every customer. */
const MOST_SUGGESTIONS = 50;

export const trafficUnknown: Rule = {
  id: "traffic-unknown",
  severity: "reminder",
  title: (count) => counted(count, "customer with traffic is in no plan", "customers with traffic are in no plan"),
  holds: "Traffic is given by the names that a review has for customers.",
  why: "What is known of these requests stands beside no finding: the report shows less than was measured.",
  remedy:
    "Correct the name, add the plan of the stack that holds the key, or leave the traffic of customers out who have left.",
  find: ({ traffic, customers }) => {
    const known = customers.map(({ name }) => name);
    const names = new Set(known);
    const unknown = traffic.map(({ customer }) => customer).filter((name) => !names.has(name));
    return unknown.map((customer, index) => {
      const name = hideKeys(customer);
      const near = index < MOST_SUGGESTIONS ? nearTo(customer, known) : [];
      const meant = near.length > 0 ? `did you mean ${near.join(" or ")}?` : theKnown(known);
      return { about: name, subject: name, what: `is not a customer of these plans; ${meant}` };
    });
  },
};

/** Those of several stacks that have the name, or the one that is nearest to it. */
function nearTo(name: string, known: readonly string[]): string[] {
  const alike = known.filter((each) => each.endsWith(`/${name}`));
  const nearest = nearestTo(name, known);
  return alike.length > 0 || nearest === undefined ? alike : [nearest];
}

const theKnown = (known: readonly string[]) => (known.length > 0 ? `there are ${listed(known)}` : "there are none");
