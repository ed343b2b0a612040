import type { Verdict } from "../limiter/verdict";
import type { ApiModel, RouteModel } from "../model/model";
import { FIXED_LIMITS } from "../vocabulary/aws-limits";
import type { GatewayError } from "./gateway-responses";
import { type GatewayRequest, headerValue } from "./request";
import type { PolicyDecision } from "./resource-policy";
import { type ReceivedRequest, singleSlash } from "./routed-request";
import type { Admission, ServedStage } from "./served-stage";

export const TOO_LARGE: GatewayError = { type: "REQUEST_TOO_LARGE", reason: "API Gateway takes bodies of up to 10 MB" };

/** What is decided by more than the files and the request say. What is left out is decided by these. */
export interface Supposed {
  /** What the resource policy says of the call. */
  readonly policy?: PolicyDecision;
  /** Whether the web ACL blocks the call. */
  readonly isBlocked?: boolean;
}

const NOTHING: Supposed = {};

/** A request that comes in; its route is noted once it is found. */
export interface Entering extends Pick<ReceivedRequest, "request" | "at" | "aws"> {
  readonly served: ServedStage | undefined;
  route: RouteModel | undefined;
  pathParameters: Readonly<Record<string, string>> | undefined;
  api: ApiModel | undefined;
}

/** The same, once its route is found. */
export type Entered<Way extends Entering = Entering> = Way & {
  readonly served: ServedStage;
  readonly route: RouteModel;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly api: ApiModel;
};

/**
 * The way of a request to the authorizer of its route, in AWS's order: the stage, the size, who is kept out of the whole
 * stage, the route, the resource policy. After it come the authorizer, `identify`, the limiter, and the integration.
 */
export function enter<Way extends Entering>(way: Way, supposed: Supposed = NOTHING): GatewayError | Entered<Way> {
  const { request, served } = way;
  if (!served) return { type: "INVALID_API_KEY", reason: `there is no stage ${request.api}/${request.stage}` };
  if (request.body.length > FIXED_LIMITS.payloadBytes) return TOO_LARGE;
  const refused = served.entrance.refusal(way, supposed.isBlocked);
  if (refused) return refused;
  const matched = served.router.match(request.method, singleSlash(request.path));
  if (!matched)
    return { type: "MISSING_AUTHENTICATION_TOKEN", reason: `there is no route ${request.method} ${request.path}` };
  const { route, pathParameters } = matched;
  way.route = route;
  way.pathParameters = pathParameters;
  way.api = served.api;
  const denied = served.entrance.policyRefusal(way, route.authorization, supposed.policy);
  if (denied) return denied;
  const fault = route.authorization === "NONE" ? undefined : served.routeOf(route)?.authorizerFault;
  return fault ?? (way as Entered<Way>);
}

/** A client that its key has identified. */
export interface Identified {
  readonly admission: Admission;
  /** The key's value. */
  readonly value: string;
}

/**
 * Who calls, once the authorizer has let the call pass: `undefined` on a route that asks for no key.
 *
 * @param usageIdentifierKey the value of a key that the authorizer gave
 */
export function identify(
  served: ServedStage,
  route: RouteModel,
  request: GatewayRequest,
  usageIdentifierKey: string | undefined,
): Identified | GatewayError | undefined {
  if (!route.apiKeyRequired) return undefined;
  const inHeader = served.api.keySource === "HEADER";
  const value = inHeader ? headerValue(request.headers, "x-api-key") : usageIdentifierKey;
  const admission = served.admit(value);
  return "type" in admission ? admission : { admission, value: value ?? "" };
}

/** What is answered where a limit refuses a call. */
export function limitRefusal({ layer }: Pick<Exclude<Verdict, { readonly allowed: true }>, "layer">): GatewayError {
  return layer === "quota"
    ? { type: "QUOTA_EXCEEDED", reason: "the quota is used up" }
    : { type: "THROTTLED", reason: `throttled by the limit of the ${layer}` };
}
