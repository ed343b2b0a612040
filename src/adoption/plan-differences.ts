import { KnownValues, MASK } from "../masking/known-values";
import { KEY_RESOURCES, secretValues } from "../masking/secret-values";
import { isObject } from "../vocabulary/objects";

/** The parts of what `terraform show -json` prints of a plan that are read here. */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
}

interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: unknown;
    readonly after?: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly importing?: unknown;
  };
}

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
  /** `["update"]`, `["delete", "create"]`, … */
  readonly actions: readonly string[];
  /** A line for each attribute that differs: `description: "a" → "b"`; never a key's value. */
  readonly attributes: readonly string[];
}

export function countChanges({ resource_changes: changes = [] }: PlanJson): PlanCounts {
  const having = (action: string) => changes.filter(({ change }) => change.actions.includes(action)).length;
  return {
    import: changes.filter(({ change }) => change.importing !== undefined && change.importing !== null).length,
    add: having("create"),
    change: having("update"),
    destroy: having("delete"),
  };
}

/** The differences of a plan, attribute by attribute, with everything masked that is a credential. */
export function planDifferences(plan: PlanJson): PlanDifference[] {
  const secrets = new KnownValues(secretValues(plan));
  const { resource_changes: changes = [] } = plan;
  return changes
    .filter(({ change }) => !change.actions.every((action) => action === "no-op" || action === "read"))
    .map(({ address, type, change }) => ({
      address,
      actions: change.actions,
      attributes: differencesOf(type, change).map((line) => secrets.mask(line)),
    }));
}

const isKeyValue = (type: string, path: string) => path === "value" && KEY_RESOURCES.test(type);

function differencesOf(type: string, change: ResourceChange["change"]): string[] {
  const { before, after, after_unknown: unknown } = change;
  // What is made or goes as a whole has no attribute that differs.
  if (!isObject(before) || !isObject(after)) return [];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((name) => {
    const isUnknown = isObject(unknown) && unknown[name] === true;
    if (JSON.stringify(before[name]) === JSON.stringify(after[name]) && !isUnknown) return [];
    const isSecret =
      isKeyValue(type, name) || isSensitive(change.before_sensitive, name) || isSensitive(change.after_sensitive, name);
    if (isSecret) return [`${name}: ${MASK}`];
    return [`${name}: ${shown(before[name])} → ${isUnknown ? "(known after the deploy)" : shown(after[name])}`];
  });
}

const isSensitive = (marks: unknown, name: string) => {
  const mark = isObject(marks) ? marks[name] : undefined;
  return mark === true || (typeof mark === "object" && mark !== null && JSON.stringify(mark).includes("true"));
};

const shown = (value: unknown) => JSON.stringify(value) ?? "nothing";
