import { blockOf, listOfStrings } from "../contract/attributes";
import { isObject } from "../vocabulary/objects";

/** Whether AWS would give an attribute this value where the configuration gives none. */
export function isDefault(type: string, name: string, value: unknown): boolean {
  if (isNone(value)) return true;
  return DEFAULTS[type]?.[name]?.(value) ?? false;
}

const is = (text: string) => (value: unknown) => value === text;

/**
 * What AWS gives that is not empty.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  aws_api_gateway_rest_api: { api_key_source: is("HEADER"), endpoint_configuration: isEdge },
  aws_api_gateway_integration: { passthrough_behavior: is("WHEN_NO_MATCH") },
};

function isEdge(value: unknown): boolean {
  const { types, ip_address_type, vpc_endpoint_ids } = blockOf(value);
  return (
    listOfStrings(types).join() === "EDGE" &&
    (isNone(ip_address_type) || ip_address_type === "ipv4") &&
    isNone(vpc_endpoint_ids)
  );
}

const isNone = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);
