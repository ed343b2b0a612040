import type { KeyModel, UsagePlanModel } from "../model/model";

/** Ids of other keys of a key's subscription that work in a plan too. */
export const otherKeysOf = (key: KeyModel | undefined, plan: UsagePlanModel | undefined): string[] =>
  key?.subscription === undefined || plan === undefined
    ? []
    : plan.keys
        .filter((other) => other.id !== key.id && other.subscription === key.subscription && other.enabled)
        .map(({ id }) => id);
