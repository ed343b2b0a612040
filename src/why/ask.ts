import type { GatewayError } from "../gateway/gateway-responses";
import { LOCAL_AWS } from "../gateway/local-aws";
import { type Entered, type Entering, enter, type Identified, identify, type Supposed } from "../gateway/passage";
import type { CalledDomain, GatewayRequest, Header } from "../gateway/request";
import type { ServedStage } from "../gateway/served-stage";
import { NO_BODY } from "../gateway/wire-request";

/** A call in circumstances that neither the files nor the question tell. */
export interface Call {
  readonly served: ServedStage | undefined;
  /** The API's slug and the stage's name, where there is no such stage. */
  readonly named?: { readonly api: string; readonly stage: string };
  readonly method: string;
  readonly path: string;
  readonly at: number;
  /** The value that comes with the call, or that the authorizer finds; `undefined` for none. */
  readonly key: string | undefined;
  /** The custom domain name by which it comes. @default - the API's own */
  readonly domain?: CalledDomain;
  readonly supposed?: Supposed;
  /** How the authorizer refuses it. @default - it lets the call pass */
  readonly authorizer?: GatewayError;
  readonly body?: Uint8Array;
}

/** A call that has come to its limits. */
export interface Met {
  readonly way: Entered;
  readonly identified: Identified | undefined;
}

/** What becomes of a call before its limits, by the gateway's own decisions. */
export function ask(call: Call): GatewayError | Met {
  const { served, key, at, supposed, authorizer } = call;
  const headers: Header[] = key === undefined || served?.api.keySource !== "HEADER" ? [] : [["x-api-key", key]];
  const request: GatewayRequest = {
    method: call.method,
    path: call.path,
    query: "",
    headers,
    body: call.body ?? NO_BODY,
    sourceIp: "",
    protocol: "HTTP/1.1",
    api: served?.api.slug ?? call.named?.api ?? "",
    stage: served?.stage.name ?? call.named?.stage ?? "",
    ...(call.domain && { domain: call.domain }),
  };
  const way: Entering = {
    request,
    at,
    aws: LOCAL_AWS,
    served,
    route: undefined,
    pathParameters: undefined,
    api: undefined,
  };
  const entered = enter(way, supposed);
  if ("type" in entered) return entered;
  const { authorization } = entered.route;
  if (authorization !== "NONE" && authorizer) return authorizer;
  // Only a function can name a key; a user pool and a signature know none.
  const identified = identify(entered.served, entered.route, request, authorization === "CUSTOM" ? key : undefined);
  return identified && "type" in identified ? identified : { way: entered, identified };
}
