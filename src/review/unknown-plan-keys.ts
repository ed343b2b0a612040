import type { ResourceChange } from "../model/resource-changes";
import type { CustomerChange } from "./customers";
import type { Facts } from "./finding";
import { placeOf } from "./gateway-state";

/**
 * What puts the keys of customers into plans that are known only after the apply, by the customer. Where several customers may be
 * meant, it stands with one of them.
 */
export function unknownPlanKeys(
  facts: Omit<Facts, "notEvaluated">,
): ReadonlyMap<CustomerChange, readonly ResourceChange[]> {
  const { customers, changes, after } = facts;
  const uncertain = new Map(
    customers.flatMap((each) => (each.after?.isUncertain ? [[placeOf(each.after.key), each] as const] : [])),
  );
  const found = new Map<CustomerChange, ResourceChange[]>();
  for (const change of changes) {
    if (change.type !== "aws_api_gateway_usage_plan_key" || change.action === "none" || change.after === undefined)
      continue;
    const key = after.keyOf(change);
    if (key && after.planOf(change)) continue;
    const [customer] = (key ? [key] : after.possibleKeysOf(change)).flatMap(
      (each) => uncertain.get(placeOf(each)) ?? [],
    );
    if (customer) found.set(customer, [...(found.get(customer) ?? []), change]);
  }
  return found;
}
