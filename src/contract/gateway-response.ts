import { DEFAULT_TEMPLATE, GATEWAY_RESPONSE_TYPES, type GatewayResponse } from "../vocabulary/gateway-response";
import { decodeHeaders, encodeHeaders } from "./fixed-headers";
import { optionalText, ResourceType, strings, text, type ValuesOf, type Written } from "./resource-type";
import { type Decoded, refused, type Unsupported } from "./unsupported";

/** A gateway error. */
export const GATEWAY_RESPONSE = new ResourceType("aws_api_gateway_gateway_response", {
  rest_api_id: optionalText,
  response_type: text(),
  status_code: optionalText,
  response_parameters: strings,
  response_templates: strings,
});
export type GatewayResponseAttributes = ValuesOf<typeof GATEWAY_RESPONSE.fields>;

const JSON_TYPE = "application/json";

export function encodeGatewayResponse({ type, statusCode, headers, template }: GatewayResponse) {
  return {
    response_type: type as string,
    status_code: statusCode === undefined ? undefined : `${statusCode}`,
    response_parameters: encodeHeaders("gatewayresponse", headers),
    // Always given: AWS does not say what the body is where it is left out.
    response_templates: { [JSON_TYPE]: template },
  } satisfies Written<typeof GATEWAY_RESPONSE.fields>;
}

/** The headers of one response as they are written, and the common ones that it does not have, whatever their case. */
export function withCommonHeaders(
  own: Readonly<Record<string, string>>,
  common: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = Object.keys(own).map((name) => name.toLowerCase());
  return Object.fromEntries([
    ...Object.entries(common).filter(([name]) => !names.includes(name.toLowerCase())),
    ...Object.entries(own),
  ]);
}

export function decodeGatewayResponse({
  response_type,
  status_code,
  response_parameters,
  response_templates,
}: GatewayResponseAttributes): Decoded<GatewayResponse> {
  const type = GATEWAY_RESPONSE_TYPES.find((known) => known === response_type);
  if (type === undefined) return refused("response-type", GATEWAY_RESPONSE.type, "response_type", response_type);
  const { headers, mapped } = decodeHeaders("gatewayresponse", response_parameters);
  const unsupported = Object.values(mapped).map(
    (value): Unsupported => ({
      kind: "mapping",
      resource: GATEWAY_RESPONSE.type,
      attribute: "response_parameters",
      value,
    }),
  );
  const statusCode = status_code === undefined ? undefined : Number(status_code);
  return {
    entry: { type, statusCode, headers, template: response_templates[JSON_TYPE] ?? DEFAULT_TEMPLATE },
    unsupported,
  };
}
