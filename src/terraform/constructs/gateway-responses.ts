import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { Construct } from "constructs";
import type { GatewayResponse, GatewayResponseType } from "../../vocabulary/gateway-response";
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
      responses.map(({ type, statusCode, headers, template }) => [
        type,
        named(ApiGatewayGatewayResponse, this, idOf("response", type), {
          restApiId,
          responseType: type,
          statusCode: statusCode === undefined ? undefined : `${statusCode}`,
          responseParameters: headerParameters("gatewayresponse", withCommon(headers, common)),
          // Always given: AWS does not say what the body is where it is left out.
          responseTemplates: { "application/json": literal(template) },
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

/** Fixed headers as API Gateway maps them: the text between single quotes; `undefined` where there are none. */
export function headerParameters(
  target: "gatewayresponse" | "method.response",
  headers: Readonly<Record<string, string>>,
): Record<string, string> | undefined {
  const parameters = Object.entries(headers).map(([name, text]) => [`${target}.header.${name}`, `'${text}'`]);
  return parameters.length > 0 ? Object.fromEntries(parameters) : undefined;
}
