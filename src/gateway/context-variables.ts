import { type Caller, type RequestKey, requestTime } from "./proxy-event";
import { headerValue } from "./request";
import type { ReceivedRequest, RoutedRequest } from "./routed-request";

/** Values of variables by name: `context.stage`, `stageVariables.release`, `method.request.header.Origin`. */
export type ContextVariables = (name: string) => string | undefined;

/** What is known of a request, the more the further it has come. */
export interface KnownRequest extends ReceivedRequest {
  readonly route?: RoutedRequest["route"];
  readonly pathParameters?: RoutedRequest["pathParameters"];
  /** What the route's authorizer said. */
  readonly caller?: Caller | undefined;
  /** The key that was let in. */
  readonly key?: RequestKey | undefined;
}

type Variable = (context: KnownRequest) => string | undefined;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
const VARIABLES: Readonly<Record<string, Variable>> = {
  "context.apiId": ({ request }) => request.api,
  "context.authorizer.principalId": ({ caller }) => caller?.principalId,
  "context.extendedRequestId": ({ extendedRequestId }) => extendedRequestId,
  "context.httpMethod": ({ request }) => request.method,
  "context.identity.apiKeyId": ({ key }) => key?.id,
  "context.identity.sourceIp": ({ request }) => request.sourceIp,
  "context.identity.userAgent": ({ request }) => headerValue(request.headers, "user-agent"),
  "context.path": ({ request }) => `/${request.stage}${request.path}`,
  "context.protocol": ({ request }) => request.protocol,
  "context.requestId": ({ requestId }) => requestId,
  "context.requestTime": ({ at }) => requestTime(at),
  "context.requestTimeEpoch": ({ at }) => String(at),
  "context.resourcePath": ({ route }) => route?.path,
  "context.stage": ({ request }) => request.stage,
};

/** Variables whose names go on with a name of the request's. */
const FAMILIES: readonly (readonly [prefix: string, (context: KnownRequest, name: string) => string | undefined])[] = [
  ["context.authorizer.", ({ caller }, name) => own(caller?.context, name)],
  ["stageVariables.", ({ stageVariables }, name) => own(stageVariables, name)],
  ["method.request.header.", ({ request }, name) => headerValue(request.headers, name)],
  ["method.request.path.", ({ pathParameters }, name) => own(pathParameters, name)],
  ["method.request.querystring.", ({ request }, name) => new URLSearchParams(request.query).getAll(name).at(-1)],
];

/** A name of a request may be that of a member of every object. */
const own = (values: Readonly<Record<string, string>> | undefined, name: string): string | undefined =>
  values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;

export function contextVariables(context: KnownRequest): ContextVariables {
  return (name) => {
    if (Object.hasOwn(VARIABLES, name)) return VARIABLES[name]?.(context);
    const family = FAMILIES.find(([prefix]) => name.startsWith(prefix));
    return family?.[1](context, name.slice(family[0].length));
  };
}
