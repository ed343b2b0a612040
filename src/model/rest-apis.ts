import { stringOf } from "../contract/attributes";
import { DEPLOYED_PARTS } from "../contract/deployed-parts";
import { DOMAIN_NAME } from "../contract/domain-name";
import { METHOD_SETTINGS } from "../contract/method-settings";
import { decodeRestApi, REST_API } from "../contract/rest-api";
import { STAGE } from "../contract/stage";
import { bodyModelsOf } from "./body-models";
import { descriptionOf } from "./description";
import type { ExternalIds } from "./external-ids";
import { gatewayResponsesOf } from "./gateway-responses";
import { apiOf } from "./identity";
import type { ApiModel } from "./model";
import type { Naming } from "./naming";
import type { ResourceIndex } from "./resource-index";
import { resourcePolicyOf } from "./resource-policy";
import { routesOf } from "./routes";
import { stagesOf } from "./stages";
import { readable, type TerraformResource } from "./terraform-resource";
import { uniqueNames } from "./unique-names";

/** The REST APIs of all files, with all that belongs to each. */
export function restApis(
  index: ResourceIndex,
  naming: Naming,
  external: ExternalIds,
): ReadonlyMap<TerraformResource, ApiModel> {
  const resources = index.ofType(REST_API.type);
  leaveOutExternal(index, external);
  leaveOutMutualTls(index);
  // What the catalog names keeps its id in URLs too, whatever others are called.
  const inOrder = [...resources].sort((a, b) => Number(isOfCatalog(b)) - Number(isOfCatalog(a)));
  const slugs = uniqueNames(inOrder, (api) => slugOf(naming.api(api)));
  return new Map(resources.map((api) => [api, restApi(api, naming.api(api), slugs.get(api) ?? "", index)]));

  function isOfCatalog(api: TerraformResource): boolean {
    return apiOf(api, index) !== undefined;
  }
}

/** Types of what belongs to an API. */
const PARTS = [...Object.keys(DEPLOYED_PARTS), STAGE.type, METHOD_SETTINGS.type].filter(
  (type) => type !== REST_API.type,
);

/** What belongs to an API that someone else manages. */
function leaveOutExternal(index: ResourceIndex, external: ExternalIds): void {
  const ids = index.byId(REST_API.type);
  for (const part of PARTS)
    for (const resource of index.ofType(part)) {
      const id = stringOf(resource.attributes.rest_api_id);
      if (ids.has(id)) continue;
      index.leaveOut(resource, { kind: "external-api", api: readable(id), isExternal: external.apis.includes(id) });
    }
}

/** Clients' certificates are checked where a connection begins, which is before all that the model knows. */
function leaveOutMutualTls(index: ResourceIndex): void {
  for (const resource of index.ofType(DOMAIN_NAME.type)) {
    const { domain_name, mutual_tls_authentication } = DOMAIN_NAME.read(resource.attributes);
    if (mutual_tls_authentication) index.leaveOut(resource, { kind: "mutual-tls", domainName: readable(domain_name) });
  }
}

/** Only what needs no escape in a URL, and no `_` or `-` at its beginning, so that there is room for paths of our own. */
const slugOf = (name: string) =>
  name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[^A-Za-z0-9]+|-+$/g, "") || "api";

function restApi(api: TerraformResource, id: string, slug: string, index: ResourceIndex): ApiModel {
  const { binary_media_types, disable_execute_api_endpoint, minimum_compression_size } = REST_API.read(api.attributes);
  if (minimum_compression_size !== undefined) index.leaveOut(api, { kind: "compression" });
  const { entry, endpointTypes } = decodeRestApi(api.attributes);
  const { name, keySource } = entry;
  return {
    ...index.originOf(api),
    id,
    api: apiOf(api, index),
    awsId: stringOf(api.attributes.id) || undefined,
    name,
    slug,
    description: descriptionOf(api),
    keySource,
    endpointTypes,
    disableExecuteApiEndpoint: disable_execute_api_endpoint,
    policy: resourcePolicyOf(api, index),
    binaryMediaTypes: binary_media_types,
    routes: routesOf(api, index),
    models: bodyModelsOf(api, index),
    gatewayResponses: gatewayResponsesOf(api, index),
    stages: stagesOf(api, index),
  };
}
