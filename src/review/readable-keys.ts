import { type Attributes, stringOf } from "../contract/attributes";
import { isObject } from "../vocabulary/objects";
import type { Facts, Finding } from "./finding";
import type { GatewayState, Place } from "./gateway-state";
import { holdsKeyValue } from "./held-keys";
import { nameOf } from "./place-names";

/** Outputs and parameters in which the value of a key can be read, after the change: `new` with it, or as before. */
export function readableKeyFindings(facts: Facts, wanted: "new" | "as-before"): Finding[] {
  const isWanted = (before: boolean, after: boolean) => after && before === (wanted === "as-before");
  const outputs = facts.outputs
    .filter(({ before, after }) => isWanted(before, after))
    .map(({ stack, name }) => {
      const output = facts.planned.length > 1 ? `output ${stack}/${name}` : `output ${name}`;
      return { about: output, subject: output, what: "holds the value of a key" };
    });
  const parameters = facts.after
    .ofType("aws_ssm_parameter")
    .map((parameter) => ({ parameter, how: readableIn(parameter, facts.after) }))
    .filter(({ parameter, how }) => isWanted(readableIn(parameter, facts.before) !== undefined, how !== undefined))
    .map(({ parameter: { stack = "", address }, how = "" }) => {
      const name = nameOf({ stack, address }, facts);
      return { about: name, subject: name, what: how };
    });
  return [...outputs, ...parameters, ...elsewhere(facts, isWanted)];
}

/** Types whose purpose is a key, and those that have words of their own. */
const HOLDERS = /^aws_(api_gateway_(api_key|usage_plan_key)|ssm_parameter|secretsmanager_secret_version)$/;

/** Other resources in which a key stands: variables of a function or a stage, a header of an integration. */
function elsewhere(facts: Facts, isWanted: (before: boolean, after: boolean) => boolean): Finding[] {
  const keys =
    facts.after.ofType("aws_api_gateway_api_key").length + facts.before.ofType("aws_api_gateway_api_key").length;
  if (keys === 0) return [];
  return facts.changes.flatMap((change): Finding[] => {
    if (!change.type.startsWith("aws_") || HOLDERS.test(change.type)) return [];
    const then = namesHolding(facts.before.at(change)?.attributes);
    return namesHolding(facts.after.at(change)?.attributes)
      .filter((name) => isWanted(then.includes(name), true))
      .map((attribute) => {
        const name = `${nameOf(change, facts)} ${attribute}`;
        return { about: name, subject: name, what: "holds the value of a key" };
      });
  });
}

const namesHolding = (attributes: Attributes = {}): string[] =>
  Object.keys(attributes).filter((name) => holdsWithin(attributes[name]));

function holdsWithin(value: unknown): boolean {
  if (typeof value === "string") return holdsKeyValue(value);
  if (Array.isArray(value)) return value.some(holdsWithin);
  return isObject(value) && Object.values(value).some(holdsWithin);
}

/** How a parameter shows a key; `undefined` where it does not. */
function readableIn(place: Place, state: GatewayState): string | undefined {
  const attributes = state.at(place)?.attributes ?? {};
  if (holdsKeyValue(attributes.insecure_value)) return "holds the value of a key in insecure_value";
  if (stringOf(attributes.type) === "SecureString") return undefined;
  return [attributes.value, attributes.value_wo].some(holdsKeyValue)
    ? `holds the value of a key, and is a ${stringOf(attributes.type) || "String"}`
    : undefined;
}
