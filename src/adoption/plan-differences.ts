import { KnownValues, MASK } from "../masking/known-values";
import { KEY_RESOURCES, secretValues } from "../masking/secret-values";
import { type Action, type ResourceChange, resourceChanges } from "../model/resource-changes";
import type { Shown } from "../model/shown";

/** What a plan would do, counted as Terraform counts it. */
export interface PlanCounts {
  readonly import: number;
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

/** A resource that a plan does not leave as it is. */
export interface PlanDifference {
  readonly address: string;
  readonly action: Action;
  /** A line for each attribute that differs: `description: "a" → "b"`; never a key's value. */
  readonly attributes: readonly string[];
}

export function countChanges(plan: Shown): PlanCounts {
  const changes = resourceChanges(plan, "");
  const having = (...actions: Action[]) => changes.filter(({ action }) => actions.includes(action)).length;
  return {
    import: changes.filter(({ imported }) => imported).length,
    add: having("create", "replace"),
    change: having("update"),
    destroy: having("delete", "replace"),
  };
}

/** The differences of a plan, attribute by attribute, with everything masked that is a credential. */
export function planDifferences(plan: Shown): PlanDifference[] {
  const secrets = new KnownValues(secretValues(plan));
  return resourceChanges(plan, "")
    .filter(({ action }) => action !== "none")
    .map((change) => ({
      address: change.address,
      action: change.action,
      attributes: differencesOf(change).map((line) => secrets.mask(line)),
    }));
}

const isKeyValue = (type: string, name: string) => name === "value" && KEY_RESOURCES.test(type);

function differencesOf(change: ResourceChange): string[] {
  const { type, before, after, changedAttributes, unknownAttributes, sensitiveAttributes } = change;
  // What is created or deleted as a whole has no attribute that differs.
  if (before === undefined || after === undefined) return [];
  return changedAttributes.flatMap((name) => {
    const isUnknown = unknownAttributes.includes(name);
    // Of what is given nowhere, AWS decides.
    if (isUnknown && !(name in before) && !(name in after)) return [];
    if (isKeyValue(type, name) || sensitiveAttributes.includes(name)) return [`${name}: ${MASK}`];
    return [`${name}: ${shown(before[name])} → ${isUnknown ? "(known after the deploy)" : shown(after[name])}`];
  });
}

const shown = (value: unknown) => JSON.stringify(value) ?? "nothing";
