import type { Attributes } from "../contract/attributes";
import { isObject } from "../vocabulary/objects";
import { type Instance, instancesOf, objectsOf } from "./instances";
import { UnreadablePlan } from "./resource-changes";

/** How much of a configuration a plan covers. */
export interface PlanScope {
  /**
   * - `whole`: all of it.
   * - `part`: Terraform planned only a part (`-target`, OpenTofu's `-exclude`), or something was taken out of the plan.
   * - `refresh-only`: nothing of it; the plan takes over into the state what was changed outside.
   * - `unknown`: the plan does not say.
   */
  readonly covers: "whole" | "part" | "refresh-only" | "unknown";
  /** Resources of the state that the plan leaves out: the apply does not touch them. */
  readonly leftOut: readonly Instance[];
  /** Addresses of resources of the configuration that do not exist yet, and that the plan does not create. */
  readonly notCreated: readonly string[];
}

/**
 * What a plan covers. Terraform says it with `complete` since version 1.8; for OpenTofu and older ones it follows from the
 * state and the configuration, which stand in the plan: a whole plan names every resource of both, unchanged ones too.
 *
 * @throws UnreadablePlan where parts of the plan contradict each other, because something was taken out of it
 */
export function planScope(shown: Attributes): PlanScope {
  const changes = objectsOf(shown.resource_changes).filter(({ mode }) => mode !== "data");
  const planned = instancesOf(isObject(shown.planned_values) ? shown.planned_values.root_module : undefined);
  const deferred = objectsOf(shown.deferred_changes).map((each) => addressOf(each.resource_change));
  checkWhole(shown, changes, planned);
  checkApplicable(shown, changes);
  const named = new Set([...changes.flatMap((each) => [addressOf(each), String(each.previous_address)]), ...deferred]);
  const prior = isObject(shown.prior_state) && isObject(shown.prior_state.values) ? shown.prior_state.values : {};
  const leftOut = instancesOf(prior.root_module).filter(({ address }) => !named.has(address));
  const configuration = isObject(shown.configuration) ? shown.configuration.root_module : undefined;
  const bases = new Set([...named].map(withoutIndices));
  const isDestroy = changes.length > 0 && changes.every((each) => isObject(each.change) && each.change.after === null);
  const saysNothing = typeof shown.complete !== "boolean" || changes.length === 0;
  const notCreated = saysNothing && !isDestroy ? singlesIn(configuration).filter((each) => !bases.has(each)) : [];
  return { covers: coverageOf(), leftOut, notCreated };

  function coverageOf(): PlanScope["covers"] {
    const leavesOut = leftOut.length + notCreated.length > 0;
    if (leavesOut && changes.length === 0 && shown.complete !== false && deferred.length === 0) return "refresh-only";
    // Changes that are left for a later plan are reported one by one.
    if (leavesOut || (shown.complete === false && deferred.length === 0)) return "part";
    const hasState = isObject(shown.prior_state) || changes.every((each) => !hasBefore(each));
    return typeof shown.complete === "boolean" || hasState ? "whole" : "unknown";
  }
}

/** The changes and the planned values name the same resources, where nobody has taken out any. */
function checkWhole(shown: Attributes, changes: readonly Attributes[], planned: readonly Instance[]): void {
  if (!isObject(shown.planned_values)) throw new UnreadablePlan("it has no planned_values, so something was taken out");
  if (!isObject(shown.configuration)) throw new UnreadablePlan("it has no configuration, so something was taken out");
  const staying = changes.filter((each) => isObject(each.change) && isObject(each.change.after) && !each.deposed);
  const changed = new Set(staying.map(addressOf));
  const values = new Set(planned.map(({ address }) => address));
  const [missing] = [...changed].filter((address) => !values.has(address));
  if (missing !== undefined)
    throw new UnreadablePlan(
      `${missing} is in resource_changes, and not in planned_values, so something was taken out`,
    );
  // Terraform lists what it forgets among the planned values.
  const named = new Set(changes.map(addressOf));
  const [unnamed] = [...values].filter((address) => !named.has(address));
  if (unnamed !== undefined)
    throw new UnreadablePlan(
      `${unnamed} is in planned_values, and not in resource_changes, so something was taken out`,
    );
}

/** Terraform plans nothing that it cannot apply, but where nothing changes. */
function checkApplicable(shown: Attributes, changes: readonly Attributes[]): void {
  const isChange = ({ change }: Attributes) => isObject(change) && String(change.actions) !== "no-op";
  if (shown.applyable === false && changes.some(isChange))
    throw new UnreadablePlan(
      "Terraform says that it cannot be applied (applyable is false), although it changes something",
    );
}

const hasBefore = ({ change }: Attributes) => isObject(change) && isObject(change.before);

const addressOf = (resource: unknown): string => (isObject(resource) ? String(resource.address) : "");

const withoutIndices = (address: string) => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, "");

/** Addresses of the managed resources of a module that have neither `count` nor `for_each`, and so are one each. */
function singlesIn(module: unknown, path = ""): string[] {
  if (!isObject(module)) return [];
  const isSingle = (each: Attributes) => each.count_expression === undefined && each.for_each_expression === undefined;
  const own = objectsOf(module.resources)
    .filter((each) => each.mode === "managed" && isSingle(each))
    .map((each) => `${path}${addressOf(each)}`);
  const calls = Object.entries(isObject(module.module_calls) ? module.module_calls : {});
  const inner = calls.flatMap(([name, call]) =>
    isObject(call) && isSingle(call) ? singlesIn(call.module, `${path}module.${name}.`) : [],
  );
  return [...own, ...inner];
}
