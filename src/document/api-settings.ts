import type { Attributes } from "../contract/attributes";
import { isObject } from "../vocabulary/objects";
import type { ApiDocument } from "./api-document";
import type { DocumentNode } from "./document";
import { EXTENSIONS } from "./extensions";
import { serversOf } from "./servers";

/** Where a document says what endpoints its API has: at its root, or at its servers, as AWS writes it for OpenAPI 3. */
export function endpointNodes(document: ApiDocument): DocumentNode[] {
  return [document.root, ...serversOf(document).map(({ node }) => node)].flatMap(
    (node) => node.child(EXTENSIONS.endpointConfiguration) ?? [],
  );
}

/** What a document says of its API itself, as attributes of the API. */
export function apiAttributes(document: ApiDocument): Attributes {
  const { root } = document;
  const of = (name: string) => root.child(name)?.value;
  const info = of("info");
  const policy = of(EXTENSIONS.policy);
  const endpoints = endpointNodes(document).flatMap(({ value }) => (isObject(value) ? [value] : []));
  const { disableExecuteApiEndpoint, vpcEndpointIds, types } = Object.assign({}, ...endpoints.reverse());
  const { title, description } = isObject(info) ? info : {};
  return Object.fromEntries(
    Object.entries({
      name: title,
      description,
      api_key_source: of(EXTENSIONS.keySource),
      binary_media_types: of(EXTENSIONS.binaryMediaTypes),
      minimum_compression_size: of(EXTENSIONS.minimumCompressionSize),
      policy: policy === undefined ? undefined : JSON.stringify(policy),
      disable_execute_api_endpoint: disableExecuteApiEndpoint,
      endpoint_configuration:
        types === undefined && vpcEndpointIds === undefined ? undefined : [{ types, vpc_endpoint_ids: vpcEndpointIds }],
    }).filter(([, value]) => value !== undefined),
  );
}
