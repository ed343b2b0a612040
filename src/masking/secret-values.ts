import { isObject } from "../vocabulary/objects";

/**
 * Resources whose `value` is a customer's key, in any provider. The AWS provider marks it as sensitive for
 * `aws_api_gateway_api_key`, and not for `aws_api_gateway_usage_plan_key`: `terraform plan` prints it.
 */
export const KEY_RESOURCES = /^[a-z0-9]+_api_?gateway_(api_keys?|usage_plan_keys?)$/;

/**
 * The values in a plan or a state that nobody may read: what Terraform marks as sensitive, and the values of API keys.
 *
 * Marks are found by their names (`after` has `after_sensitive`, `values` has `sensitive_values`), wherever they stand, so
 * that a part of the format that is not known here is covered too.
 *
 * @param json what `terraform show -json` printed of a plan or a state, or a state as it is stored (`terraform state pull`)
 */
export function secretValues(json: unknown): ReadonlySet<string> {
  const values = new Set<string>();
  collect(json, values);
  if (isObject(json)) ofRootVariables(json, values);
  return values;
}

/** The values of API keys in a plan or a state, wherever it shows a key. */
export function keyValues(json: unknown): ReadonlySet<string> {
  const values = new Set<string>();
  collectKeys(json, values);
  return new Set([...values].filter((value) => value.length >= SHORTEST_KEY));
}

/** AWS takes no shorter value of a key. */
const SHORTEST_KEY = 20;

function collectKeys(node: unknown, values: Set<string>): void {
  if (Array.isArray(node)) for (const each of node) if (typeof each === "object") collectKeys(each, values);
  if (!isObject(node)) return;
  if (typeof node.type === "string" && KEY_RESOURCES.test(node.type)) ofKeyResource(node, values);
  else for (const child of Object.values(node)) if (typeof child === "object") collectKeys(child, values);
}

function collect(node: unknown, values: Set<string>): void {
  if (Array.isArray(node)) for (const each of node) if (typeof each === "object") collect(each, values);
  if (!isObject(node)) return;
  for (const name of Object.keys(node)) {
    const child = node[name];
    // Names of marks are looked for, and not marks for names: a plan has few of them.
    if (name.endsWith("_sensitive")) ofMarked(node[name.slice(0, -"_sensitive".length)], child, values);
    else if (name.startsWith("sensitive_")) ofMarked(node[name.slice("sensitive_".length)], child, values);
    if (typeof child === "object") collect(child, values);
  }
  if (node.sensitive === true) for (const name of ["value", "default", "expression"]) addAll(node[name], values);
  if (isObject(node.module_calls)) for (const call of Object.values(node.module_calls)) ofCall(call, values);
  if (typeof node.type === "string" && KEY_RESOURCES.test(node.type)) ofKeyResource(node, values);
}

/** What the marks, which have the shape of the value, say of it: `true` for everything there, or a list of paths. */
function ofMarked(value: unknown, marks: unknown, values: Set<string>): void {
  if (marks === true) addAll(value, values);
  else if (Array.isArray(marks))
    for (const [index, mark] of marks.entries())
      if (isPath(mark))
        addAll(
          mark.reduce<unknown>((parent, { value: step }) => at(parent, step), value),
          values,
        );
      else ofMarked(at(value, index), mark, values);
  else if (isObject(marks)) for (const [name, mark] of Object.entries(marks)) ofMarked(at(value, name), mark, values);
}

interface Step {
  readonly type: string;
  readonly value: unknown;
}

/** A stored state marks attributes by their paths: `[{ "type": "get_attr", "value": "password" }]`. */
const isPath = (mark: unknown): mark is readonly Step[] =>
  Array.isArray(mark) && mark.length > 0 && mark.every((step) => isObject(step) && typeof step.type === "string");

function at(parent: unknown, step: unknown): unknown {
  const index = isObject(step) ? step.value : step;
  if (Array.isArray(parent)) return parent[Number(index)];
  return isObject(parent) && Object.hasOwn(parent, String(index)) ? parent[String(index)] : undefined;
}

/** Every `value` in a resource that holds a key: before and after a change, in a list of keys, and as it was written. */
function ofKeyResource(node: unknown, values: Set<string>): void {
  if (Array.isArray(node)) for (const each of node) ofKeyResource(each, values);
  if (!isObject(node)) return;
  for (const name of Object.keys(node)) {
    const child = node[name];
    if (name === "value") addAll(child, values);
    if (typeof child === "object") ofKeyResource(child, values);
  }
}

/** Constants that a module is given for its sensitive variables. */
function ofCall(call: unknown, values: Set<string>): void {
  const variables = at(at(call, "module"), "variables");
  if (!isObject(variables)) return;
  for (const [name, variable] of Object.entries(variables))
    if (at(variable, "sensitive") === true) addAll(at(at(call, "expressions"), name), values);
}

/** A plan holds the values of its variables beside the configuration, which says which of them are sensitive. */
function ofRootVariables(plan: Readonly<Record<string, unknown>>, values: Set<string>): void {
  const declared = at(at(plan.configuration, "root_module"), "variables");
  if (!isObject(declared)) return;
  for (const [name, variable] of Object.entries(declared))
    if (at(variable, "sensitive") === true) addAll(at(at(plan.variables, name), "value"), values);
}

/** The words of the Terraform format, and names of attributes, which stand in every plan. */
const IDENTIFIER = /^[a-z][a-z_]*$/;

function addAll(value: unknown, values: Set<string>): void {
  if (typeof value === "string") values.add(value);
  else if (typeof value === "number") values.add(String(value));
  else if (Array.isArray(value)) for (const each of value) addAll(each, values);
  else if (isObject(value))
    for (const [name, each] of Object.entries(value)) {
      if (name === "references") continue;
      if (!IDENTIFIER.test(name)) values.add(name);
      addAll(each, values);
    }
}
