import { stringsOf } from "../../contract/attributes";
import { decodePlanTags } from "../../contract/tags";
import { counted, type Rule } from "../finding";
import { placeOf } from "../gateway-state";
import { aboutCustomer, planName } from "../subjects";

export const closedTier: Rule = {
  id: "closed-tier",
  severity: "decision",
  title: (count) => counted(count, "customer comes to a closed tier", "customers come to closed tiers"),
  holds: "Nobody new is put on a tier that is closed.",
  why: "A closed tier is kept for those who have it; it is not sold any more.",
  remedy: "Choose a tier that is open, or open this one.",
  find: ({ customers, after }) => {
    const closed = new Set(
      after.gateway.plans.filter((plan) => isClosed(after.at(plan)?.attributes.tags)).map((plan) => placeOf(plan)),
    );
    return customers.flatMap((customer) => {
      const had = new Set(customer.before?.plans.map(placeOf));
      const came = customer.after?.plans.filter((plan) => closed.has(placeOf(plan)) && !had.has(placeOf(plan))) ?? [];
      if (came.length === 0) return [];
      return [{ ...aboutCustomer(customer), what: `is put on ${came.map(planName).join(", ")}` }];
    });
  },
};

const isClosed = (tags: unknown) => decodePlanTags(stringsOf(tags)).closed;
