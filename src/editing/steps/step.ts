import { EditProblem, type FieldChange } from "../field-change";
import { ANY_FIELD, placeOf, type WrittenSubscription } from "../subscriptions/written-subscription";

/** A step in the life of a subscription: the changes of its entry, and what somebody should know or do. */
export interface Step {
  readonly changes: readonly FieldChange[];
  readonly notes: readonly string[];
}

/** @throws EditProblem for a field that only a run of the program could tell */
export function fieldOf(subscription: WrittenSubscription, name: string): unknown {
  const { fields, computed } = subscription;
  if (computed.includes(name) || (computed.includes(ANY_FIELD) && !Object.hasOwn(fields, name)))
    refuse(subscription, `${name} is computed there, so it is not known; edit it by hand`);
  return fields[name];
}

/** @throws EditProblem */
export function refuse(subscription: WrittenSubscription, message: string): never {
  throw new EditProblem(`${placeOf(subscription)}: ${message}`);
}
