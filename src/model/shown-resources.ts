import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Attributes } from "../contract/attributes";
import { readIdentity } from "../contract/identity";
import { isObject } from "../vocabulary/objects";
import { Module } from "./configuration";
import { instancesOf, objectsOf } from "./instances";
import { withKeysOfPlans } from "./planned-memberships";
import { PlannedValues } from "./planned-values";
import { parseShown, type Shown } from "./shown";
import type { Identities, TerraformResources } from "./terraform-resource";

/**
 * The resources of a plan (as they are planned) or of a state, as `terraform show -json` printed them.
 *
 * What a plan does not know yet is taken from its configuration, where that leaves no doubt: an id that AWS will give
 * becomes a reference to the resource that will have it.
 *
 * @throws Error for a file that cannot be read or is neither a plan nor a state
 */
export function shownResources(file: string): TerraformResources {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
  return resourcesOfShow(parseShown(text, file), dirname(resolve(file)));
}

/**
 * @param folder paths of files are relative to it
 * @param stack by which references between several plans tell them apart
 */
export function resourcesOfShow(shown: Shown, folder: string, stack?: string): TerraformResources {
  const values = isObject(shown.planned_values) ? shown.planned_values : shown.values;
  // An empty state has no values at all.
  const root = isObject(values) ? values.root_module : undefined;
  const configuration = isObject(shown.configuration) ? shown.configuration.root_module : undefined;
  const outputs = isObject(values) && isObject(values.outputs) ? values.outputs : {};
  const identity = readIdentity((name) => fieldOf(outputs[name], "value"));
  const forgotten = forgottenIn(shown);
  const instances = instancesOf(root).filter(({ address }) => !forgotten.has(address));
  const plan = new PlannedValues(stack, instances, new Module(configuration, "", undefined));
  return {
    resources: withKeysOfPlans(instances.map((instance) => plan.resource(instance, folder))),
    unsupported: [],
    identities: new Map(identity ? [[stack, identity]] : []),
  };
}

/** Addresses that Terraform forgets: a plan shows them among the planned values, with nothing in them. */
function forgottenIn({ resource_changes: changes }: Shown): ReadonlySet<unknown> {
  const isForgotten = ({ change }: Attributes) =>
    isObject(change) && Array.isArray(change.actions) && change.actions.join() === "forget";
  return new Set(objectsOf(changes).flatMap((each) => (isForgotten(each) ? [each.address] : [])));
}

/** What the stack of a plan says of itself before the change; nothing where it said nothing. */
export function identityBefore(shown: Shown, stack?: string): Identities {
  const changes = isObject(shown.output_changes) ? shown.output_changes : {};
  const identity = readIdentity((name) => fieldOf(changes[name], "before"));
  return new Map(identity ? [[stack, identity]] : []);
}

const fieldOf = (value: unknown, field: string): unknown => (isObject(value) ? value[field] : undefined);
