import { GATEWAY_RESPONSE } from "../contract/gateway-response";
import { GATEWAY_RESPONSE_TYPES, type GatewayResponseType } from "../vocabulary/gateway-response";
import { headersOf } from "./fixed-headers";
import type { GatewayResponseModel } from "./model";
import type { ResourceIndex } from "./resource-index";
import type { TerraformResource } from "./terraform-resource";

/** What API Gateway answers by itself, by the type of the error. */
export function gatewayResponsesOf(
  api: TerraformResource,
  index: ResourceIndex,
): ReadonlyMap<GatewayResponseType, GatewayResponseModel> {
  const responses = new Map<GatewayResponseType, GatewayResponseModel>();
  for (const resource of index.partsOf(GATEWAY_RESPONSE.type, api)) {
    const response = GATEWAY_RESPONSE.read(resource.attributes);
    const type = GATEWAY_RESPONSE_TYPES.find((known) => known === response.response_type);
    if (type === undefined) {
      index.leaveOut(resource, { kind: "response-type", type: response.response_type });
      continue;
    }
    responses.set(type, {
      ...index.originOf(resource),
      statusCode: response.status_code === undefined ? undefined : Number(response.status_code),
      ...headersOf("gatewayresponse", response.response_parameters, resource, index),
      templates: response.response_templates,
    });
  }
  return responses;
}
