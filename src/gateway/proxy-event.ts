import { createHash } from "node:crypto";
import { type Header, headerValue } from "./request";
import { type RoutedRequest, singleSlash } from "./routed-request";

/** The key with which a request came. */
export interface RequestKey {
  readonly id: string;
  readonly value: string;
}

/** What an authorizer said of the caller. */
export interface Caller {
  readonly principalId: string;
  readonly context: Readonly<Record<string, string>>;
}

/** What API Gateway does not pass on to a function. */
const DROPPED_HEADERS = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
]);

/**
 * The part that the events of Lambda proxies and of REQUEST authorizers share, version 1.0.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function requestEvent(routed: RoutedRequest) {
  const { request, route, pathParameters, stageVariables } = routed;
  const headers = multiValues(passedOnHeaders(routed), (name) => name.toLowerCase());
  const query = multiValues([...new URLSearchParams(request.query)], (name) => name);
  return {
    resource: route.path,
    path: singleSlash(request.path),
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: lastValues(query),
    multiValueQueryStringParameters: query,
    pathParameters,
    stageVariables,
  };
}

/**
 * `requestContext` of an event. AWS leaves `identity.apiKey` and `authorizer` out where there is none, and says null of all
 * else.
 */
export function requestContext(routed: RoutedRequest, key?: RequestKey, caller?: Caller) {
  const { request, route, at, requestId, extendedRequestId, aws } = routed;
  const host = headerValue(request.headers, "host") ?? `${request.api}.execute-api.${aws.region}.amazonaws.com`;
  return {
    resourceId: resourceId(route.path),
    ...(caller === undefined ? {} : { authorizer: { ...caller.context, principalId: caller.principalId } }),
    resourcePath: route.path,
    httpMethod: request.method,
    extendedRequestId,
    requestTime: requestTime(at),
    path: `/${request.stage}${request.path}`,
    accountId: aws.accountId,
    protocol: request.protocol,
    stage: request.stage,
    domainPrefix: host.split(/[.:]/, 1)[0] ?? host,
    requestTimeEpoch: at,
    requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      ...(key === undefined ? {} : { apiKey: key.value, apiKeyId: key.id }),
      sourceIp: request.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: headerValue(request.headers, "user-agent") ?? null,
      user: null,
    },
    domainName: host,
    deploymentId: "local",
    apiId: request.api,
  };
}

/** Headers as the function sees them: without those of the connection, with those that API Gateway adds. */
function passedOnHeaders({ request, at, requestId }: RoutedRequest): Header[] {
  const { headers, sourceIp } = request;
  const forwardedFor = headerValue(headers, "x-forwarded-for");
  const added: readonly Header[] = [
    ["X-Amzn-Trace-Id", headerValue(headers, "x-amzn-trace-id") ?? traceId(at, requestId)],
    ["X-Forwarded-For", forwardedFor === undefined ? sourceIp : `${forwardedFor}, ${sourceIp}`],
    ["X-Forwarded-Port", headerValue(headers, "host")?.match(/:(\d+)$/)?.[1] ?? "80"],
    ["X-Forwarded-Proto", "http"],
  ];
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  const isKept = ([name]: Header) => !DROPPED_HEADERS.has(name.toLowerCase()) && !replaced.has(name.toLowerCase());
  return [...headers.filter(isKept), ...added];
}

type MultiValues = Readonly<Record<string, readonly string[]>>;

/** All values of each name, under the name as it was written first. */
function multiValues(entries: readonly Header[], same: (name: string) => string): MultiValues {
  const values = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, value] of entries) {
    const known = values.get(same(name));
    if (known === undefined) values.set(same(name), { name, values: [value] });
    else known.values.push(value);
  }
  return Object.fromEntries([...values.values()].map((entry) => [entry.name, entry.values]));
}

const lastValues = (multiValues: MultiValues): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(multiValues).map(([name, values]) => [name, values.at(-1) ?? ""]));

/** `06/Aug/2019:12:21:35 +0000` */
export function requestTime(at: number): string {
  const [, day, month, year, time] = new Date(at).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}

const traceId = (at: number, requestId: string) => {
  const seconds = Math.floor(at / 1000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${sha256(requestId).slice(0, 24)}`;
};

/** Six characters, the same for the same path. */
const resourceId = (path: string) => sha256(path).slice(0, 6);

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
