import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { Construct } from "constructs";
import { encodeGatewayResponse, GATEWAY_RESPONSE } from "../../contract/gateway-response";
import type { GatewayResponse, GatewayResponseType } from "../../vocabulary/gateway-response";
import { config } from "./config";
import { literal } from "./literal";
import { idOf, named } from "./named";

export interface GatewayResponsesProps {
  readonly restApiId: string;
  readonly responses: readonly GatewayResponse[];
  /**
   * Headers on each response that has none of the name, for a given type replaces the default with all its headers.
   * @default - none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What API Gateway answers by itself, one resource for each type of trouble. */
export class GatewayResponses extends Construct {
  readonly byType: ReadonlyMap<GatewayResponseType, ApiGatewayGatewayResponse>;

  constructor(scope: Construct, id: string, { restApiId, responses, headers: common = {} }: GatewayResponsesProps) {
    super(scope, id);
    this.byType = new Map(
      responses.map((response) => [
        response.type,
        named(ApiGatewayGatewayResponse, this, idOf("response", response.type), {
          restApiId,
          ...config(
            GATEWAY_RESPONSE,
            encodeGatewayResponse({ ...response, headers: withCommon(response.headers, common) }),
            ["response_templates"],
          ),
        }),
      ]),
    );
  }
}

/** The headers of one response as they are written, and the common ones that it does not have, whatever their case. */
function withCommon(own: Readonly<Record<string, string>>, common: Readonly<Record<string, string>>) {
  const names = Object.keys(own).map((name) => name.toLowerCase());
  return Object.fromEntries([
    ...Object.entries(common).filter(([name]) => !names.includes(name.toLowerCase())),
    ...Object.entries(own).map(([name, text]) => [name, literal(text)]),
  ]);
}
