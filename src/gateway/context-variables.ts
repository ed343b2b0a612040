import { isDroppedFromRequest } from "./passed-headers";
import {
  type Caller,
  contextPath,
  DEPLOYMENT_ID,
  domainPrefix,
  type RequestKey,
  requestTime,
  resourceId,
} from "./proxy-event";
import { headerValue, headerValues } from "./request";
import type { ReceivedRequest, RoutedRequest } from "./routed-request";
import { atPath } from "./templates/json-path";
import { fromJson, print, type Value } from "./templates/value";

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
  "context.accountId": ({ aws }) => aws.accountId,
  "context.apiId": ({ request }) => request.api,
  "context.authorizer.principalId": ({ caller }) => caller?.principalId,
  "context.deploymentId": () => DEPLOYMENT_ID,
  "context.domainName": ({ domainName }) => domainName,
  "context.domainPrefix": ({ domainName }) => domainPrefix(domainName),
  "context.extendedRequestId": ({ extendedRequestId }) => extendedRequestId,
  "context.httpMethod": ({ request }) => request.method,
  "context.identity.apiKey": ({ key }) => key?.value,
  "context.identity.apiKeyId": ({ key }) => key?.id,
  "context.identity.sourceIp": ({ request }) => request.sourceIp,
  "context.identity.userAgent": ({ request }) => headerValue(request.headers, "user-agent"),
  "context.isCanaryRequest": ({ isCanary }) => String(isCanary),
  "context.path": contextPath,
  "context.protocol": ({ request }) => request.protocol,
  "context.requestId": ({ requestId }) => requestId,
  "context.requestTime": ({ at }) => requestTime(at),
  "context.requestTimeEpoch": ({ at }) => String(at),
  "context.resourceId": ({ route }) => route && resourceId(route.path),
  "context.resourcePath": ({ route }) => route?.path,
  "context.stage": ({ request }) => request.stage,
};

/** Variables whose names go on with a name of the request's. */
const FAMILIES: readonly (readonly [prefix: string, (context: KnownRequest, name: string) => string | undefined])[] = [
  ["context.authorizer.claims.", ({ caller }, name) => own(caller?.claims, name)],
  ["context.authorizer.", ({ caller }, name) => own(caller?.context, name)],
  ["stageVariables.", ({ stageVariables }, name) => own(stageVariables, name)],
  [
    "method.request.header.",
    ({ request }, name) => (isDroppedFromRequest(name) ? undefined : headerValue(request.headers, name)),
  ],
  ["method.request.path.", ({ pathParameters }, name) => own(pathParameters, name)],
  ["method.request.querystring.", ({ request }, name) => new URLSearchParams(request.query).getAll(name).at(-1)],
  ["method.request.multivalueheader.", ({ request }, name) => joined(headerValues(request.headers, name))],
  [
    "method.request.multivaluequerystring.",
    ({ request }, name) => joined(new URLSearchParams(request.query).getAll(name)),
  ],
];

const joined = (values: readonly string[]) => (values.length === 0 ? undefined : values.join(","));

/** A name of a request may be that of a member of every object. */
const own = (values: Readonly<Record<string, string>> | undefined, name: string): string | undefined =>
  values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;

export function contextVariables(context: KnownRequest): ContextVariables {
  return (name) => {
    if (name === "method.request.body") return bodyOf(context);
    if (name.startsWith("method.request.body."))
      return bodyMember(bodyOf(context), name.slice("method.request.body.".length));
    if (Object.hasOwn(VARIABLES, name)) return VARIABLES[name]?.(context);
    const family = FAMILIES.find(([prefix]) => name.startsWith(prefix));
    return family?.[1](context, name.slice(family[0].length));
  };
}

const bodyOf = ({ request: { body } }: KnownRequest) =>
  body.length === 0 ? "{}" : Buffer.from(body).toString().trim();

/** What a JSON path leads to in a body; nothing in a body that is not JSON, or nested too deeply. */
export function bodyMember(body: string, path: string): string | undefined {
  let found: Value;
  try {
    found = atPath(fromJson(JSON.parse(body)), path);
  } catch {
    return undefined;
  }
  return found === undefined || found === null ? undefined : print(found);
}
