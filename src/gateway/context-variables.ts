import type { SynthesizedApi, SynthesizedKey } from "../synthesized/model";
import { type GatewayRequest, headerValue } from "./request";
import type { MatchedRoute } from "./router";

/** Values of variables by name: `context.stage`, `stageVariables.release`, `method.request.header.Origin`. */
export type ContextVariables = (name: string) => string | undefined;

/** What is known of a request while it is answered. */
export interface RequestContext {
  readonly request: GatewayRequest;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly requestId: string;
  /** `x-amz-apigw-id`. */
  readonly extendedRequestId: string;
  readonly api: SynthesizedApi | undefined;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly matched: MatchedRoute | undefined;
  /** What an authorizer said. */
  readonly authorized: Authorized | undefined;
  /** The key that was let in. */
  readonly key: SynthesizedKey | undefined;
}

/** What an authorizer says of who it lets in. */
export interface Authorized {
  readonly principalId: string;
  readonly context: Readonly<Record<string, string>>;
  /** The value of an API key, for an API whose key source is `AUTHORIZER`. */
  readonly usageIdentifierKey: string | undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
export function contextVariables(context: RequestContext): ContextVariables {
  const { request, at, requestId, extendedRequestId, matched, stageVariables, authorized, key } = context;
  const fixed: Readonly<Record<string, () => string | undefined>> = {
    "context.authorizer.principalId": () => authorized?.principalId,
    "context.apiId": () => request.api,
    "context.extendedRequestId": () => extendedRequestId,
    "context.httpMethod": () => request.method,
    "context.identity.apiKeyId": () => key?.id,
    "context.identity.sourceIp": () => request.sourceIp,
    "context.identity.userAgent": () => headerValue(request.headers, "user-agent"),
    "context.path": () => `/${request.stage}${request.path}`,
    "context.protocol": () => request.protocol,
    "context.requestId": () => requestId,
    "context.requestTime": () => requestTime(at),
    "context.requestTimeEpoch": () => String(at),
    "context.resourcePath": () => matched?.route.path,
    "context.stage": () => request.stage,
  };
  return (variable) => {
    const known = fixed[variable];
    if (known) return known();
    const [, kind, name = ""] =
      /^(context\.authorizer|stageVariables|method\.request\.(?:header|path|querystring))\.(.+)$/.exec(variable) ?? [];
    switch (kind) {
      case "context.authorizer":
        return authorized?.context[name];
      case "stageVariables":
        return stageVariables[name];
      case "method.request.header":
        return headerValue(request.headers, name);
      case "method.request.path":
        return matched?.pathParameters[name];
      case "method.request.querystring":
        return new URLSearchParams(request.query).getAll(name).at(-1);
      default:
        return undefined;
    }
  };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** As in access logs: `22/Nov/2026:11:39:40 +0000`. */
export function requestTime(at: number): string {
  const [date = "", time = ""] = new Date(at).toISOString().split(/[T.]/);
  const [year, month, day] = date.split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
}
