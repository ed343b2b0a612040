import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { Construct } from "constructs";
import { encodeGatewayResponse, GATEWAY_RESPONSE, withCommonHeaders } from "../../contract/gateway-response";
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

/** What API Gateway answers by itself, one resource for each type of gateway error. */
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
            encodeGatewayResponse({ ...response, headers: withCommonHeaders(literally(response.headers), common) }),
            ["response_templates"],
          ),
        }),
      ]),
    );
  }
}

const literally = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, literal(text)]));
