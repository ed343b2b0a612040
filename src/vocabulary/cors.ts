import { z } from "zod";
import { byName } from "../text/order";
import { show } from "../text/show";
import {
  DEFAULT_TEMPLATE,
  type GatewayResponse,
  type GatewayResponseType,
  problemOfHeaderName,
} from "./gateway-response";
import { HTTP_METHODS, type HttpMethod, type Route, type RouteKey } from "./route";
import { fieldsOf, isKnownLater, wrong } from "./schema";

/**
 * Which web pages may call the API from a browser.
 *
 * Each path that has routes gets a preflight route `OPTIONS`, without key and authorizer, unless it has an `OPTIONS` or
 * `ANY` of its own. The headers also stand on the answers of mock routes and on what API Gateway answers by itself, so
 * that a browser shows a 429 as a 429. Where a route goes to a backend or a function, that one must send
 * `Access-Control-Allow-Origin` itself: API Gateway passes its answer on as it is.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
export interface CorsInput {
  /** `"*"` for every page, or one origin such as `"https://app.example.com"`. */
  readonly allowOrigin: string;
  /**
   * Headers that a page may send.
   * @default ["authorization", "content-type", "x-amz-date", "x-amz-security-token", "x-api-key"]
   */
  readonly allowHeaders?: readonly string[];
  /**
   * Methods that a page may use, the same for each path.
   * @default - for each path the methods of its routes, and OPTIONS
   */
  readonly allowMethods?: readonly Exclude<HttpMethod, "ANY">[];
  /**
   * Headers of an answer that a page may read, besides the few that it always may.
   * @default - none
   */
  readonly exposeHeaders?: readonly string[];
  /**
   * Seconds for which a browser remembers a preflight's answer; browsers have limits of their own, 7200 in Chrome.
   * @unit seconds
   * @default - what the browser does by itself, mostly 5
   */
  readonly maxAgeSeconds?: number;
  /**
   * Whether a page may send cookies and the like; not with `"*"`, which browsers refuse then.
   * @default false
   */
  readonly allowCredentials?: boolean;
}

/** CORS of an API, checked. */
export interface Cors {
  readonly allowOrigin: string;
  /** Sorted. */
  readonly allowHeaders: readonly string[];
  /** Sorted; `undefined` for the methods that each path has. */
  readonly allowMethods: readonly string[] | undefined;
  /** Sorted. */
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds: number | undefined;
  readonly allowCredentials: boolean;
}

const DEFAULT_HEADERS = ["authorization", "content-type", "x-amz-date", "x-amz-security-token", "x-api-key"];
const METHODS = HTTP_METHODS.filter((method) => method !== "ANY");

const headerNames = z
  .array(
    z.string({ error: wrong("must be the name of a header") }).superRefine((name, context) => {
      const problem = name === "*" ? undefined : problemOfHeaderName(name);
      if (problem) context.addIssue({ code: "custom", message: `${show(name)} ${problem}`, input: name });
    }),
    { error: wrong("must be a list of headers", 'write ["x-api-key"]') },
  )
  .readonly();
const seconds = { error: wrong("must be a whole number of seconds, 0 or more", "0 keeps browsers from remembering") };

export const corsSchema = fieldsOf<CorsInput>()({
  allowOrigin: z
    .string({ error: wrong('must be "*" or one origin', 'write it as "https://app.example.com"') })
    .superRefine((origin, context) => {
      const problem = problemOfOrigin(origin);
      if (problem) context.addIssue({ code: "custom", message: problem, input: origin });
    }),
  allowHeaders: headerNames.optional(),
  allowMethods: z
    .array(
      z.enum(METHODS, {
        error: wrong(`must be one of ${METHODS.join(", ")}`, "write ANY out as the methods it means"),
      }),
      { error: wrong("must be a list of methods", 'write ["GET"]') },
    )
    .readonly()
    .optional(),
  exposeHeaders: headerNames.optional(),
  maxAgeSeconds: z.int(seconds).min(0, seconds).optional(),
  allowCredentials: z.boolean({ error: wrong("must be true or false") }).optional(),
}).superRefine((cors, context) => {
  if (!cors.allowCredentials) return;
  const refuse = (field: string, remedy: string) => {
    const message = `must not be "*" with allowCredentials, for browsers refuse that; ${remedy}, or leave allowCredentials out`;
    context.addIssue({ code: "custom", message, path: [field], input: cors });
  };
  if (cors.allowOrigin === "*") refuse("allowOrigin", "name the one origin");
  if (cors.allowHeaders?.includes("*")) refuse("allowHeaders", "name the headers");
  if (cors.exposeHeaders?.includes("*")) refuse("exposeHeaders", "name the headers");
});

/** A browser compares origins as texts: one that is written otherwise than it sends it never matches. */
function problemOfOrigin(origin: string): string | undefined {
  if (origin === "*" || isKnownLater(origin)) return undefined;
  let parsed: URL | undefined;
  try {
    parsed = new URL(origin);
  } catch {
    // told below
  }
  if (!parsed || parsed.origin === "null" || origin.includes("'"))
    return `must be "*" or one origin, got ${show(origin)}; write it as "https://app.example.com"`;
  if (parsed.origin !== origin)
    return `must be an origin as browsers send it, got ${show(origin)}; write "${parsed.origin}"`;
  return undefined;
}

/** The checked form of an API's CORS. */
export function toCors(written: z.infer<typeof corsSchema> | undefined): Cors | undefined {
  return (
    written && {
      allowOrigin: written.allowOrigin,
      allowHeaders: sorted(written.allowHeaders ?? DEFAULT_HEADERS),
      allowMethods: written.allowMethods && sorted(written.allowMethods),
      exposeHeaders: sorted(written.exposeHeaders ?? []),
      maxAgeSeconds: written.maxAgeSeconds,
      allowCredentials: written.allowCredentials ?? false,
    }
  );
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort(byName);

/** The headers that a page needs on every answer, in order to read it. */
export function answerHeaders(cors: Cors): Record<string, string> {
  return {
    "Access-Control-Allow-Origin": cors.allowOrigin,
    ...(cors.allowCredentials ? { "Access-Control-Allow-Credentials": "true" } : {}),
    ...(cors.exposeHeaders.length > 0 ? { "Access-Control-Expose-Headers": cors.exposeHeaders.join(",") } : {}),
  };
}

/** The headers that a browser wants on the answer to a preflight; `methods` are those of the path's routes. */
export function preflightHeaders(cors: Cors, methods: readonly HttpMethod[]): Record<string, string> {
  const own = methods.includes("ANY") ? METHODS : sorted([...methods, "OPTIONS"]);
  return {
    "Access-Control-Allow-Origin": cors.allowOrigin,
    ...(cors.allowCredentials ? { "Access-Control-Allow-Credentials": "true" } : {}),
    "Access-Control-Allow-Headers": cors.allowHeaders.join(","),
    "Access-Control-Allow-Methods": (cors.allowMethods ?? own).join(","),
    ...(cors.maxAgeSeconds === undefined ? {} : { "Access-Control-Max-Age": `${cors.maxAgeSeconds}` }),
  };
}

/** The headers that CORS puts on the mock answers of a route; `methods` are those of its path. */
export function mockHeaders(cors: Cors, route: Route, methods: readonly HttpMethod[]): Record<string, string> {
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
