import { canonicalJson } from "../text/canonical-json";
import { byName } from "../text/order";
import type { ApiEntry } from "../vocabulary/api-entry";
import type { EndpointType } from "../vocabulary/endpoint";
import { isObject } from "../vocabulary/objects";
import { type Attributes, listOfStrings, stringOf } from "./attributes";
import {
  block,
  type Field,
  flag,
  kept,
  list,
  optionalText,
  ResourceType,
  strings,
  text,
  type ValuesOf,
  type Written,
} from "./resource-type";
import { withoutReservedTags } from "./tags";

/** Policies that say the same in other words are equal. */
const policyText: Field<string | undefined> = {
  read: (value) => {
    const policy = decodePolicy(stringOf(value) || undefined);
    return policy ? canonicalJson(policy) : stringOf(value) || undefined;
  },
};

/** Terraform writes "-1" for no compression. */
const compressionSize: Field<string | undefined> = {
  read: (value) => (stringOf(value) === "-1" ? undefined : stringOf(value) || undefined),
};

/** A set, in whatever order AWS gives it. */
const sortedList: Field<string[]> = { read: (value) => listOfStrings(value).sort(byName) };

/** An API. */
export const REST_API = new ResourceType("aws_api_gateway_rest_api", {
  name: text(),
  description: kept(text()),
  api_key_source: kept(text("HEADER")),
  binary_media_types: kept(list),
  body: optionalText,
  disable_execute_api_endpoint: kept(flag()),
  endpoint_configuration: block({
    types: list,
    ip_address_type: kept(optionalText),
    vpc_endpoint_ids: kept(sortedList),
  }),
  fail_on_warnings: flag(),
  minimum_compression_size: kept(compressionSize),
  parameters: strings,
  policy: kept(policyText),
  put_rest_api_mode: text("overwrite"),
  tags: strings,
});
export type RestApiAttributes = ValuesOf<typeof REST_API.fields>;

/** What an API says of itself, besides what belongs to it. */
export interface RestApiEntry extends ApiEntry {
  readonly name: string;
}

export function encodeRestApi(api: RestApiEntry) {
  return {
    name: api.name,
    description: api.description,
    api_key_source: api.keySource as string,
    binary_media_types: api.binaryMediaTypes && [...api.binaryMediaTypes].sort(byName),
    endpoint_configuration: {
      types: [api.endpointType as string],
      vpc_endpoint_ids: api.vpcEndpointIds && [...api.vpcEndpointIds],
    },
    minimum_compression_size: api.minimumCompressionSize?.toString(),
    disable_execute_api_endpoint: api.disableExecuteApiEndpoint,
    policy: api.policy && canonicalJson(api.policy),
    tags: { ...api.tags },
  } satisfies Written<typeof REST_API.fields>;
}

export interface DecodedRestApi {
  /** Of an API of several endpoint types, the catalog's default stands in the place of the type. */
  readonly entry: RestApiEntry;
  readonly endpointTypes: readonly string[];
}

export function decodeRestApi(attributes: Attributes): DecodedRestApi {
  const {
    name,
    description,
    api_key_source,
    binary_media_types,
    endpoint_configuration,
    minimum_compression_size,
    disable_execute_api_endpoint,
    policy,
    tags,
  } = REST_API.read(attributes);
  // AWS's default.
  const { types = ["EDGE"], vpc_endpoint_ids = [] } = endpoint_configuration ?? {};
  return {
    entry: {
      name,
      description,
      endpointType: endpointTypeIn(types),
      vpcEndpointIds: vpc_endpoint_ids.length > 0 ? vpc_endpoint_ids : undefined,
      keySource: api_key_source === "AUTHORIZER" ? "AUTHORIZER" : "HEADER",
      binaryMediaTypes: binary_media_types.length > 0 ? [...binary_media_types].sort(byName) : undefined,
      minimumCompressionSize: minimum_compression_size === undefined ? undefined : Number(minimum_compression_size),
      // What AWS says of every API; only what is not its default needs to be written.
      disableExecuteApiEndpoint: disable_execute_api_endpoint || undefined,
      policy: decodePolicy(policy),
      tags: withoutReservedTags(tags),
    },
    endpointTypes: types,
  };
}

function endpointTypeIn([type, ...others]: readonly string[]): EndpointType {
  return others.length === 0 && (type === "EDGE" || type === "PRIVATE") ? type : "REGIONAL";
}

/** AWS gives the policy as a text within a text; `undefined` for none, and for one that is not JSON. */
export function decodePolicy(text: string | undefined): Record<string, unknown> | undefined {
  for (const json of text === undefined ? [] : [text, text.replaceAll('\\"', '"').replaceAll("\\/", "/")]) {
    try {
      const policy: unknown = JSON.parse(json);
      return isObject(policy) ? policy : undefined;
    } catch {
      // The other way to write it may be right.
    }
  }
  return undefined;
}
