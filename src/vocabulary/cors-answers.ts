import { byName } from "../text/order";
import { type Cors, METHODS_OF_PAGES } from "./cors";
import { DEFAULT_TEMPLATE, type GatewayResponse, type GatewayResponseType } from "./gateway-response";
import type { HttpMethod } from "./http-method";
import type { Route, RouteKey } from "./route";

/** Headers of an answer by name: a fixed text; or texts, of which the answer has the one that the request's `Origin` is. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;

const ORIGIN = "Access-Control-Allow-Origin";

/** A cache must not give one page the answer for another's origin. */
function originHeaders({ allowOrigins, allowCredentials }: Cors): AnswerHeaders {
  const [first = "*", ...others] = allowOrigins;
  return {
    ...(others.length === 0 ? { [ORIGIN]: first } : { [ORIGIN]: allowOrigins, Vary: "Origin" }),
    ...(allowCredentials ? { "Access-Control-Allow-Credentials": "true" } : {}),
  };
}

const exposed = ({ exposeHeaders }: Cors): Record<string, string> =>
  exposeHeaders.length > 0 ? { "Access-Control-Expose-Headers": exposeHeaders.join(",") } : {};

/** The headers that a page needs on every answer of a mock, in order to read it. */
export const answerHeaders = (cors: Cors): AnswerHeaders => ({ ...originHeaders(cors), ...exposed(cors) });

/** The headers that a page needs on what API Gateway answers by itself. */
export const errorHeaders = (cors: Cors): Record<string, string> => ({
  [ORIGIN]: cors.errorOrigin,
  ...(cors.allowCredentials ? { "Access-Control-Allow-Credentials": "true" } : {}),
  ...exposed(cors),
});

/** The headers that a browser wants on the answer to a preflight; `methods` are those of the path's routes. */
export function preflightHeaders(cors: Cors, methods: readonly HttpMethod[]): AnswerHeaders {
  const own = methods.includes("ANY") ? METHODS_OF_PAGES : [...new Set([...methods, "OPTIONS"])].sort(byName);
  return {
    ...originHeaders(cors),
    "Access-Control-Allow-Headers": cors.allowHeaders.join(","),
    "Access-Control-Allow-Methods": (cors.allowMethods ?? own).join(","),
    ...(cors.maxAgeSeconds === undefined ? {} : { "Access-Control-Max-Age": `${cors.maxAgeSeconds}` }),
  };
}

/** The headers that CORS puts on the answers that API Gateway makes for a route; `methods` are those of its path. */
export function mockHeaders(cors: Cors, route: Route, methods: readonly HttpMethod[]): AnswerHeaders {
  // Templates of such a route are its own, and what compares several origins has no place there. "*" is for errors of API
  // Gateway alone: here it would let every page read what a backend answers.
  if (route.integration.settings?.responses) return cors.allowOrigins.length === 1 ? errorHeaders(cors) : {};
  switch (route.method) {
    case "OPTIONS":
      return preflightHeaders(cors, methods);
    case "ANY":
      return { ...preflightHeaders(cors, methods), ...answerHeaders(cors) };
    default:
      return answerHeaders(cors);
  }
}

/** The methods of each path's routes. */
export function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly HttpMethod[]> {
  const methods = new Map<string, HttpMethod[]>();
  for (const { path, method } of routes) methods.set(path, [...(methods.get(path) ?? []), method]);
  return methods;
}

/** A preflight route for each path that has none and answers `OPTIONS` with nothing else, sorted by key. */
export function preflightRoutes(routes: readonly Route[]): readonly Route[] {
  return [...methodsByPath(routes)]
    .filter(([, methods]) => !methods.includes("OPTIONS") && !methods.includes("ANY"))
    .map(
      ([path]): Route => ({
        key: `OPTIONS ${path}` as RouteKey,
        method: "OPTIONS",
        path,
        apiKeyRequired: false,
        authorization: { type: "NONE" },
        integration: { type: "mock", status: 204 },
        request: undefined,
        operationName: undefined,
      }),
    )
    .sort((a, b) => byName(a.key, b.key));
}

const DEFAULTS: readonly GatewayResponseType[] = ["DEFAULT_4XX", "DEFAULT_5XX"];

/**
 * The gateway responses of an API, sorted by type: those that the catalog gives, and with CORS the defaults too, because they
 * must bear its headers.
 */
export function gatewayResponsesOf({
  cors,
  gatewayResponses,
}: {
  readonly cors: Cors | undefined;
  readonly gatewayResponses: readonly GatewayResponse[];
}): readonly GatewayResponse[] {
  if (!cors) return gatewayResponses;
  const missing = DEFAULTS.filter((type) => !gatewayResponses.some((given) => given.type === type)).map(
    (type): GatewayResponse => ({ type, statusCode: undefined, headers: {}, template: DEFAULT_TEMPLATE }),
  );
  return [...gatewayResponses, ...missing].sort((a, b) => byName(a.type, b.type));
}
