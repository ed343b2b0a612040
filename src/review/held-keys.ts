import { stringOf } from "../contract/attributes";
import { referencesIn, type TerraformResource } from "../model/terraform-resource";
import { type GatewayState, type Place, placeOf } from "./gateway-state";

const KEY = "aws_api_gateway_api_key";
const SECRET = "aws_secretsmanager_secret";
const VERSION = "aws_secretsmanager_secret_version";

/** Attributes of parameters and secrets in which a value stands. */
const VALUES = ["insecure_value", "secret_string", "secret_string_wo", "value", "value_wo"];

/** Whether a text holds the value of a key; the states hold a reference in its place. */
export const holdsKeyValue = (text: unknown): boolean =>
  referencesIn(stringOf(text)).some(
    ({ address, attribute }) =>
      (attribute === "value" && KEYS.test(address)) ||
      // Of several references, it is not known what is made of them.
      (address === "" && attribute.split(", ").some((each) => each.endsWith(".value") && KEYS.test(each))),
  );

const KEYS = /(^|\.)aws_api_gateway_(api_key|usage_plan_key)\./;

/** Whether one of the keys that a place holds in one state exists in another. */
export function holdsKeyOf(place: Place, state: GatewayState, other: GatewayState): boolean {
  const resource = state.at(place);
  if (resource === undefined) return false;
  const own = { stack: resource.stack, address: resource.address.replace(`${resource.type}.`, `${KEY}.`) };
  const held = VALUES.flatMap((name) => referencesIn(stringOf(resource.attributes[name])));
  const versions = resource.type === SECRET ? versionsOf(resource, state) : [];
  return (
    [own, ...held].some((key) => KEYS.test(key.address) && other.at(key) !== undefined) ||
    versions.some((version) => holdsKeyOf(version, state, other))
  );
}

/** Whether a parameter or a secret holds a key in a state, as far as that can be known. */
export function holdsKey(place: Place, state: GatewayState): boolean {
  const resource = state.at(place);
  if (resource === undefined) return false;
  if (VALUES.some((name) => holdsKeyValue(resource.attributes[name]))) return true;
  if (isWriteOnly(resource) && ofKeysName(resource, state)) return true;
  return resource.type === SECRET && versionsOf(resource, state).some((version) => holdsKey(version, state));
}

const versionsOf = (secret: TerraformResource, state: GatewayState) =>
  state.ofType(VERSION).filter((version) => {
    const target = state.targetOf(version, "secret_id", SECRET);
    return target !== undefined && placeOf(target) === placeOf(secret);
  });

/** A write-only value is in no state; only that there is one. */
const isWriteOnly = ({
  attributes: { has_value_wo, has_secret_string_wo, value_wo_version, secret_string_wo_version },
}: TerraformResource) =>
  has_value_wo === true ||
  has_secret_string_wo === true ||
  typeof value_wo_version === "number" ||
  typeof secret_string_wo_version === "number";

/** What this project hands over has the name of its key, in the same state. */
function ofKeysName({ stack, address, type }: TerraformResource, state: GatewayState): boolean {
  return state.at({ stack, address: address.replace(`${type}.`, `${KEY}.`) }) !== undefined;
}
