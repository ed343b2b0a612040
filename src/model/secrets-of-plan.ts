import { isObject } from "../vocabulary/objects";
import type { Secrets } from "./secrets";
import type { Attributes } from "./terraform-resource";

/**
 * Resources whose `value` is a customer's key. The provider marks it as sensitive for `aws_api_gateway_api_key`, and not
 * for `aws_api_gateway_usage_plan_key`: `terraform plan` prints it.
 */
export const KEY_RESOURCES = /^aws_api_gateway_(api_keys?|usage_plan_key)$/;

/** Collects what a plan holds and nobody may read: what Terraform marks as sensitive, and the values of API keys. */
export function collectSecrets(plan: Attributes, secrets: Secrets): void {
  for (const list of [plan.resource_changes, plan.resource_drift])
    for (const each of maps(list)) ofChange(each, secrets);
  for (const change of Object.values(mapOf(plan.output_changes))) ofMarked(mapOf(change), secrets);
  const prior = mapOf(plan.prior_state).values;
  for (const values of [plan.planned_values, prior, plan.values]) ofValues(mapOf(values), secrets);
  ofConfiguration(mapOf(mapOf(plan.configuration).root_module), mapOf(plan.variables), secrets);
}

function ofChange(each: Attributes, secrets: Secrets): void {
  const change = mapOf(each.change);
  ofMarked(change, secrets);
  if (holdsKey(each)) for (const values of [change.before, change.after]) ofKey(values, secrets);
}

function ofMarked(change: Attributes, secrets: Secrets): void {
  marked(change.before, change.before_sensitive, secrets);
  marked(change.after, change.after_sensitive, secrets);
}

function ofValues(values: Attributes, secrets: Secrets): void {
  for (const output of Object.values(mapOf(values.outputs))) {
    const { value, sensitive } = mapOf(output);
    if (sensitive === true) secrets.add(value);
  }
  ofModule(mapOf(values.root_module), secrets);
}

function ofModule(module: Attributes, secrets: Secrets): void {
  for (const resource of maps(module.resources)) {
    marked(resource.values, resource.sensitive_values, secrets);
    if (holdsKey(resource)) ofKey(resource.values, secrets);
  }
  for (const child of maps(module.child_modules)) ofModule(child, secrets);
}

/** What is written out in the configuration, and the variables that it declares as sensitive. */
function ofConfiguration(module: Attributes, given: Attributes, secrets: Secrets): void {
  for (const [name, variable] of Object.entries(mapOf(module.variables))) {
    if (mapOf(variable).sensitive !== true) continue;
    secrets.add(mapOf(variable).default);
    secrets.add(mapOf(given[name]).value);
  }
  for (const resource of maps(module.resources))
    if (holdsKey(resource)) secrets.add(mapOf(mapOf(resource.expressions).value).constant_value);
  for (const call of Object.values(mapOf(module.module_calls))) ofConfiguration(mapOf(mapOf(call).module), {}, secrets);
}

const holdsKey = ({ type }: Attributes) => typeof type === "string" && KEY_RESOURCES.test(type);

/** The `value` of a resource, and of the items of a data source. */
function ofKey(values: unknown, secrets: Secrets): void {
  secrets.add(mapOf(values).value);
  for (const item of maps(mapOf(values).items)) secrets.add(item.value);
}

/** What the marks, which have the shape of the value, say of it: `true` for all that stands there. */
function marked(value: unknown, marks: unknown, secrets: Secrets): void {
  if (marks === true) secrets.add(value);
  else if (Array.isArray(marks))
    for (const [index, mark] of marks.entries()) marked(listOf(value)[index], mark, secrets);
  else if (isObject(marks)) for (const [name, mark] of Object.entries(marks)) marked(mapOf(value)[name], mark, secrets);
}

const mapOf = (value: unknown): Attributes => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const maps = (value: unknown): Attributes[] => listOf(value).filter(isObject);
