import { isDeepStrictEqual } from "node:util";
import { type Cors, corsSchema, toCors } from "../vocabulary/cors";
import {
  type AnswerHeaders,
  errorHeaders,
  gatewayResponsesOf,
  methodsByPath,
  mockHeaders,
  preflightRoutes,
} from "../vocabulary/cors-answers";
import { DEFAULT_TEMPLATE, type GatewayResponse } from "../vocabulary/gateway-response";
import type { Route } from "../vocabulary/route";
import { withCommonHeaders } from "./gateway-response";
import type { DecodedRoute } from "./route";

/** Routes and gateway responses of an API, with the headers that its CORS gives them. */
export interface WithCors {
  readonly routes: readonly DecodedRoute[];
  readonly responses: readonly GatewayResponse[];
}

/** The same without these headers, and without what is there only to bear them. */
export interface WithoutCors {
  readonly cors: Cors;
  readonly routes: readonly Route[];
  readonly responses: readonly GatewayResponse[];
}

/** All routes and gateway responses of an API, preflight routes among them. */
export function encodeCors({ cors, routes, responses }: WithoutCors): WithCors {
  const methods = methodsByPath(routes);
  const common = errorHeaders(cors);
  return {
    routes: [...routes, ...preflightRoutes(routes)].map((route) => ({
      route,
      mockHeaders:
        route.integration.type === "mock" && !route.integration.settings
          ? mockHeaders(cors, route, methods.get(route.path) ?? [])
          : {},
    })),
    responses: gatewayResponsesOf({ cors, gatewayResponses: responses }).map((response) => ({
      ...response,
      headers: withCommonHeaders(response.headers, common),
    })),
  };
}

/** The CORS of an API; `undefined` where none gives just these headers. */
export function decodeCors(api: WithCors): WithoutCors | undefined {
  const sample = api.routes.find(({ mockHeaders: { [METHODS]: methods } }) => methods !== undefined);
  if (!sample) return undefined;
  const methods = list(sample.mockHeaders[METHODS]);
  for (const allowMethods of [undefined, methods]) {
    const cors = corsOf(sample.mockHeaders, api, allowMethods);
    const decoded = cors && withoutHeaders(cors, api);
    if (decoded && isSame(encodeCors(decoded), withoutOwn(decoded.cors, api))) return decoded;
  }
  return undefined;
}

const METHODS = "Access-Control-Allow-Methods";
const EXPOSED = "Access-Control-Expose-Headers";

const ORIGIN = "Access-Control-Allow-Origin";

const list = (header: AnswerHeaders[string] | undefined) =>
  (typeof header === "string" ? header : "").split(",").filter((each) => each !== "");

const exposedHeaders = ({ routes, responses }: WithCors) =>
  list(
    [...routes.map((each) => each.mockHeaders), ...responses.map(({ headers }) => headers)]
      .map((headers) => headers[EXPOSED])
      .find((header) => header !== undefined),
  );

function corsOf(headers: AnswerHeaders, api: WithCors, allowMethods: string[] | undefined): Cors | undefined {
  const maxAge = headers["Access-Control-Max-Age"];
  const allowCredentials = headers["Access-Control-Allow-Credentials"] === "true";
  const written = {
    allowOrigin: allowedOrigin(headers[ORIGIN], allowCredentials, api),
    allowHeaders: list(headers["Access-Control-Allow-Headers"]),
    exposeHeaders: exposedHeaders(api),
    allowCredentials,
    ...(maxAge === undefined ? {} : { maxAgeSeconds: Number(maxAge) }),
    ...(allowMethods ? { allowMethods } : {}),
  };
  const { data } = corsSchema.safeParse(written);
  // Lists stay in the order in which the headers have them.
  return (
    data && {
      ...(toCors(data) as Cors),
      allowHeaders: written.allowHeaders,
      allowMethods,
      exposeHeaders: written.exposeHeaders,
    }
  );
}

/** With credentials, the first of several is the one that stands on what API Gateway answers by itself. */
function allowedOrigin(origin: AnswerHeaders[string] | undefined, allowCredentials: boolean, { responses }: WithCors) {
  const first = allowCredentials && responses.find(({ type }) => type === "DEFAULT_4XX")?.headers[ORIGIN];
  if (typeof origin !== "object" || typeof first !== "string") return origin;
  return [...origin].sort((a, b) => Number(b === first) - Number(a === first));
}

/** Without these headers on the answers of non-proxy integrations: whether they have them says nothing of CORS. */
function withoutOwn(cors: Cors, { routes, responses }: WithCors): WithCors {
  return { routes: routes.map((each) => ({ ...each, route: withoutHeadersOf(cors, each.route) })), responses };
}

function withoutHeadersOf(cors: Cors, route: Route): Route {
  const { settings } = route.integration;
  if (!settings?.responses) return route;
  const common = errorHeaders(cors);
  const responses = Object.entries(settings.responses).map(([status, { headers = {}, ...response }]) => {
    const own = Object.entries(headers).filter(([name, value]) => value !== `'${common[name]}'`);
    return [status, own.length > 0 ? { headers: Object.fromEntries(own), ...response } : response];
  });
  const integration = { ...route.integration, settings: { ...settings, responses: Object.fromEntries(responses) } };
  return { ...route, integration };
}

function withoutHeaders(cors: Cors, { routes, responses }: WithCors): WithoutCors {
  const all = routes.map(({ route }) => withoutHeadersOf(cors, route));
  const isGenerated = (route: Route) =>
    preflightRoutes(all.filter(({ key, path }) => path === route.path && key !== route.key)).some((each) =>
      isDeepStrictEqual(each, route),
    );
  const common = errorHeaders(cors);
  return {
    cors,
    routes: all.filter((route) => !isGenerated(route)),
    responses: responses
      .map((response) => ({
        ...response,
        headers: Object.fromEntries(Object.entries(response.headers).filter(([name, text]) => common[name] !== text)),
      }))
      .filter((response) => !isDefault(response)),
  };
}

const isDefault = ({ type, statusCode, headers, template }: GatewayResponse) =>
  (type === "DEFAULT_4XX" || type === "DEFAULT_5XX") &&
  statusCode === undefined &&
  template === DEFAULT_TEMPLATE &&
  Object.keys(headers).length === 0;

function isSame(one: WithCors, other: WithCors): boolean {
  const sorted = ({ routes, responses }: WithCors) => ({
    routes: new Map(routes.map((each) => [each.route.key, each])),
    responses: new Map(responses.map((each) => [each.type, each])),
  });
  return isDeepStrictEqual(sorted(one), sorted(other));
}
