import { createHash } from "node:crypto";
import { remembering } from "../memory/remembering";
import { isDroppedFromRequest } from "./passed-headers";
import { type Header, headerValue } from "./request";
import { type ReceivedRequest, type RoutedRequest, singleSlash } from "./routed-request";
import { rootOf, traceIdOf } from "./trace-id";

/** The key with which a request came. */
export interface RequestKey {
  readonly id: string;
  readonly value: string;
}

/** What an authorizer said of the caller. */
export interface Caller {
  readonly principalId: string;
  readonly context: Readonly<Record<string, string>>;
  /** Of a token of Cognito; then nothing else is known of the caller. */
  readonly claims?: Readonly<Record<string, string>>;
}

/**
 * The part that the events of Lambda proxies and of REQUEST authorizers share, version 1.0.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function requestEvent(routed: RoutedRequest) {
  const { request, route, pathParameters, stageVariables } = routed;
  const headers = grouped(passedOnHeaders(routed), (name) => name.toLowerCase());
  const query = grouped(request.query === "" ? [] : new URLSearchParams(request.query), (name) => name);
  return {
    resource: route.path,
    path: eventPath(routed),
    httpMethod: request.method,
    headers: headers.last,
    multiValueHeaders: headers.all,
    queryStringParameters: query.last,
    multiValueQueryStringParameters: query.all,
    pathParameters,
    stageVariables,
  };
}

/**
 * `requestContext` of an event, with what the route's authorizer said. AWS leaves `identity.apiKey` and `authorizer` out where
 * there is none, and says null of all else. What is undefined here is left out of the JSON: to leave it out earlier takes
 * longer than all else here.
 */
export function authorizedContext(routed: RoutedRequest, key?: RequestKey, caller?: Caller) {
  const { request, route, at, requestId, extendedRequestId, aws, domainName } = routed;
  return {
    resourceId: resourceId(route.path),
    resourcePath: route.path,
    httpMethod: request.method,
    extendedRequestId,
    requestTime: requestTime(at),
    path: contextPath(routed),
    accountId: aws.accountId,
    protocol: request.protocol,
    stage: request.stage,
    domainPrefix: domainPrefix(domainName),
    requestTimeEpoch: at,
    requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      apiKey: key?.value,
      apiKeyId: key?.id,
      sourceIp: request.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: headerValue(request.headers, "user-agent") ?? null,
      user: null,
    },
    domainName,
    deploymentId: DEPLOYMENT_ID,
    apiId: request.api,
    isCanaryRequest: routed.isCanary || undefined,
    authorizer: caller && authorizerOf(caller),
  };
}

/** The same before an authorizer was asked. */
export const requestContext = (routed: RoutedRequest): Omit<ReturnType<typeof authorizedContext>, "authorizer"> =>
  authorizedContext(routed);

const authorizerOf = ({ principalId, context, claims }: Caller) =>
  claims === undefined ? { ...context, principalId } : { claims };

/** Here nothing is deployed. */
export const DEPLOYMENT_ID = "local";

export const domainPrefix = (domainName: string): string => domainName.split(/[.:]/, 1)[0] ?? domainName;

/** `$context.path`: below the stage, or below the base path of a custom domain name. */
export function contextPath({ request }: ReceivedRequest): string {
  const { domain, stage, path } = request;
  if (!domain) return `/${stage}${path}`;
  return domain.basePath === "" ? path : `/${domain.basePath}${path}`;
}

/** A handler behind a base path sees it. */
const eventPath = (routed: RoutedRequest): string =>
  singleSlash(routed.request.domain ? contextPath(routed) : routed.request.path);

/** Headers as the function sees them: without those of the connection, with those that API Gateway adds. */
function passedOnHeaders(routed: RoutedRequest): Header[] {
  const { request, isEdge } = routed;
  const { headers, sourceIp } = request;
  const forwardedFor = headerValue(headers, "x-forwarded-for");
  const added: readonly Header[] = [
    ["X-Amzn-Trace-Id", headerValue(headers, "x-amzn-trace-id") ?? rootOf(traceIdOf(routed))],
    ["X-Forwarded-For", forwardedFor === undefined ? sourceIp : `${forwardedFor}, ${sourceIp}`],
    ["X-Forwarded-Port", headerValue(headers, "host")?.match(/:(\d+)$/)?.[1] ?? "80"],
    ["X-Forwarded-Proto", "http"],
  ];
  const kept: Header[] = [];
  for (const header of headers) {
    const lowerCase = header[0].toLowerCase();
    if (isDroppedFromRequest(lowerCase) || ADDED.has(lowerCase)) continue;
    const name = isEdge && Object.hasOwn(CLOUDFRONT_NAMES, lowerCase) ? CLOUDFRONT_NAMES[lowerCase] : undefined;
    kept.push(name === undefined ? header : [name, header[1]]);
  }
  return [...kept, ...added];
}

/** Headers that API Gateway adds, or writes itself in place of the client's. */
const ADDED: ReadonlySet<string> = new Set([
  "x-amzn-trace-id",
  "x-forwarded-for",
  "x-forwarded-port",
  "x-forwarded-proto",
]);

/** CloudFront, before an edge-optimized API, writes these names in its own way. */
const CLOUDFRONT_NAMES: Readonly<Record<string, string>> = {
  authorization: "Authorization",
  "user-agent": "User-Agent",
};

/** All values of each name, and the last one, under the name as it was written first. */
function grouped(entries: Iterable<Header>, same: (name: string) => string) {
  const all = new Names<string[]>();
  const last = new Names<string>();
  const spellings = new Map<string, string>();
  for (const [name, value] of entries) {
    const key = same(name);
    const spelling = spellings.get(key);
    if (spelling === undefined) {
      spellings.set(key, name);
      all[name] = [value];
    } else all[spelling]?.push(value);
    last[spelling ?? name] = value;
  }
  return { all, last };
}

/** Inherits nothing: `__proto__` is a name like any other. Quicker to write and to read than `Object.create(null)`. */
const Names = function Names() {} as unknown as new <Value>() => Record<string, Value>;
Names.prototype = Object.create(null);

/** `06/Aug/2019:12:21:35 +0000` */
export function requestTime(at: number): string {
  const second = Math.floor(at / 1_000);
  if (second !== written.second) written = { second, text: timeText(second * 1_000) };
  return written.text;
}

/** Requests of one second have one time. */
let written = { second: Number.NaN, text: "" };

function timeText(at: number): string {
  const [, day, month, year, time] = new Date(at).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}

/** Six characters, the same for the same path. */
export const resourceId = remembering((path) => createHash("sha256").update(path).digest("hex").slice(0, 6));
