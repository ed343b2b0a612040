import { stringOf } from "../contract/attributes";
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
  return [...outputs, ...parameters];
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
