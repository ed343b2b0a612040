import { type Attributes, blockOf, isEmpty, listOfStrings } from "../contract/attributes";

/**
 * Whether AWS would give an attribute this value where the configuration gives none.
 *
 * @param name of an attribute, or of one in a block that stands once: `settings.caching_enabled`
 * @param around the attributes beside it
 */
export function isDefault(type: string, name: string, value: unknown, around: Attributes): boolean {
  return isEmpty(value) || (DEFAULTS[type]?.[name]?.(value, around) ?? false);
}

type IsDefault = (value: unknown, around: Attributes) => boolean;

const is =
  (text: string): IsDefault =>
  (value) =>
    value === text;

/** What AWS gives to each resource of its own. */
const always: IsDefault = () => true;

/** It says how answers are cached, and none is. */
const withoutCache: IsDefault = (_, { caching_enabled }) => caching_enabled !== true;

/**
 * What AWS gives that is not empty.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html
 */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, IsDefault>>>> = {
  aws_api_gateway_domain_name: {
    cloudfront_domain_name: always,
    cloudfront_zone_id: always,
    "endpoint_configuration.ip_address_type": is("ipv4"),
    id: always,
    regional_domain_name: always,
    regional_zone_id: always,
  },
  aws_api_gateway_integration: { passthrough_behavior: is("WHEN_NO_MATCH") },
  aws_api_gateway_method_settings: {
    "settings.cache_data_encrypted": withoutCache,
    "settings.cache_ttl_in_seconds": withoutCache,
    "settings.logging_level": is("OFF"),
    "settings.require_authorization_for_cache_control": withoutCache,
    "settings.unauthorized_cache_control_header_strategy": withoutCache,
  },
  aws_api_gateway_rest_api: {
    api_key_source: is("HEADER"),
    endpoint_configuration: isEdge,
    "endpoint_configuration.ip_address_type": is("ipv4"),
  },
};

function isEdge(value: unknown): boolean {
  const { types, ip_address_type, vpc_endpoint_ids } = blockOf(value);
  const isIpv4 = isEmpty(ip_address_type) || ip_address_type === "ipv4";
  return listOfStrings(types).join() === "EDGE" && isIpv4 && isEmpty(vpc_endpoint_ids);
}
