import { LOCAL_AWS } from "../../../src/gateway/local-aws";
import type { GatewayRequest } from "../../../src/gateway/request";
import type { RoutedRequest } from "../../../src/gateway/routed-request";

/** 2 January 2026, 03:04:05.678 */
export const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

/** A request of `GET /pets` on stage prod, with what a test says otherwise. */
export function routed({
  resource = "/pets",
  ...changes
}: Partial<GatewayRequest & Omit<RoutedRequest, "request">> & { readonly resource?: string } = {}): RoutedRequest {
  const { pathParameters = {}, stageVariables = {}, at = AT, ...request } = changes;
  return {
    request: {
      method: "GET",
      path: "/pets",
      query: "",
      headers: [["Host", "127.0.0.1:3000"]],
      body: new Uint8Array(),
      sourceIp: "127.0.0.1",
      api: "shop",
      stage: "prod",
      protocol: "HTTP/1.1",
      ...request,
    },
    route: { path: resource },
    pathParameters,
    stageVariables,
    at,
    requestId: "id-1",
    extendedRequestId: "extended-1",
    domainName: "shop.execute-api.us-east-1.amazonaws.com",
    isEdge: false,
    isCanary: false,
    aws: LOCAL_AWS,
  };
}
