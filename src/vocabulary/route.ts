import { z } from "zod";
import { byName } from "../text/order";
import {
  type ApiAuthorizers,
  type Authorization,
  type AuthorizationInput,
  authorizationFields,
  toAuthorization,
} from "./authorization";
import { HTTP_METHODS, type HttpMethod } from "./http-method";
import { ANSWERERS, type Integration, type IntegrationInput, integrationFields, toIntegration } from "./integration";
import { problemsOfIntegration } from "./integration-problems";
import { entriesOf, isObject } from "./objects";
import { parametersOf } from "./path-parameters";
import { at, type EntryReader } from "./read-entry";
import { type RequestInput, type RequestRules, requestSchema, toRequestRules } from "./request";
import type { RouteSource } from "./route-source";
import { fieldsOf, literalText, wrong } from "./schema";

/** A route as it is written in a catalog: `"GET /pets"`, `"POST /pets/{id}"`, `"ANY /{proxy+}"`. */
export type RouteKey = `${HttpMethod} /${string}`;

declare const computed: unique symbol;

/**
 * Routes whose keys are known at run time only, such as those of an OpenAPI document. Spread among others, they still say
 * so, where the compiler would forget an index signature.
 */
export type ComputedRoutes = Readonly<Record<RouteKey, RouteInput<string>>> & { readonly [computed]?: never };

/** The keys of routes as the compiler knows them: any key where some are computed, or nothing is known. */
export type KnownRouteKey<Routes> = unknown extends Routes
  ? RouteKey
  : typeof computed extends keyof Routes
    ? RouteKey
    : keyof Routes & RouteKey;

/**
 * Routes by key; what is not a key does not compile. A route whose key is computed may name any authorizer, which is checked at
 * run time.
 */
export type RoutesInput<Routes, AuthorizerName extends string = string> = {
  readonly [R in keyof Routes]: R extends RouteKey
    ? RouteInput<Record<never, never> extends Record<R, 1> ? string : AuthorizerName>
    : R extends typeof computed
      ? unknown
      : 'write a route as "METHOD /path"';
};

/**
 * A route, as it is written.
 *
 * @typeParam AuthorizerName the names in the API's `authorizers`; without it, the route names none of them
 */
export type RouteInput<AuthorizerName extends string = never> = IntegrationInput &
  AuthorizationInput<AuthorizerName> & {
    /**
     * Whether a request must carry an API key that is in a usage plan of the stage.
     *
     * @default true, but false for `OPTIONS`: a browser sends no key with a CORS preflight
     */
    readonly apiKeyRequired?: boolean;
    /**
     * What a request must have, or API Gateway answers it with 400.
     * @default - nothing but the path is checked
     */
    readonly request?: RequestInput;
    /**
     * Name of the operation in the SDKs that API Gateway generates.
     * @default - none
     */
    readonly operationName?: string;
    /**
     * Where the route comes from, and what its API must be for it. Written by `routesFromOpenApi`; a copy keeps it.
     * @default - written by hand
     */
    readonly source?: RouteSource;
  };

/** A route, checked. */
export interface Route {
  readonly key: RouteKey;
  readonly method: HttpMethod;
  /** `/pets/{id}`; `/` for the root. */
  readonly path: string;
  readonly apiKeyRequired: boolean;
  readonly authorization: Authorization;
  readonly integration: Integration;
  /** `undefined` where nothing is checked or declared. */
  readonly request: RequestRules | undefined;
  readonly operationName: string | undefined;
}

export const routeSchema = fieldsOf<RouteInput<string>>()({
  ...integrationFields,
  ...authorizationFields,
  apiKeyRequired: z.boolean({ error: wrong("must be true or false") }).optional(),
  request: requestSchema.optional(),
  operationName: literalText.min(1, { error: wrong("must not be empty") }).optional(),
  // Checked once for all routes that have it.
  source: z.custom<RouteSource>().optional(),
});

/** AWS: "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable". */
const LITERAL = /^[A-Za-z0-9._:-]+$/;
const PARAMETER = /^\{([A-Za-z0-9._-]+)(\+?)\}$/;

/** The parts of a path: `/pets/{id}` has `pets` and `{id}`, the root has none. */
export function partsOf(path: string): string[] {
  return path === "/" ? [] : path.slice(1).split("/");
}

/** Splits `"GET /pets"`; says what is wrong with a key that AWS would refuse. */
export function readRouteKey(
  key: string,
): { readonly method: HttpMethod; readonly path: string } | { readonly problem: string } {
  const [method = "", path, ...rest] = key.split(" ");
  if (!HTTP_METHODS.some((known) => known === method) || path === undefined || rest.length > 0)
    return {
      problem: `must be a method and a path, such as "GET /pets/{id}"; the methods are ${HTTP_METHODS.join(", ")}`,
    };
  const problem = problemOfPath(path);
  return problem ? { problem } : { method: method as HttpMethod, path };
}

function problemOfPath(path: string): string | undefined {
  if (!path.startsWith("/")) return `must have a path that begins with "/"; write "/${path}"`;
  if (path === "/") return undefined;
  const parts = partsOf(path);
  if (parts.includes("")) return "must have a path without empty parts; drop the doubled or trailing slash";
  const seen = new Set<string>();
  for (const [position, part] of parts.entries()) {
    const parameter = PARAMETER.exec(part);
    if (!parameter) {
      if (LITERAL.test(part)) continue;
      return `has the path part "${part}", but a part is letters, digits and . _ - : or one whole {parameter}; split it`;
    }
    const [, name = "", greedy] = parameter;
    if (greedy && position < parts.length - 1)
      return `has the greedy parameter "${part}" before the end of its path; it must be the last part`;
    if (seen.has(name)) return `names the parameter "${name}" twice; give each its own name`;
    seen.add(name);
  }
  return undefined;
}

const NO_INTEGRATION = `has no integration; give it one of ${ANSWERERS.slice(0, -1).join(", ")} or ${ANSWERERS.at(-1)}`;

/** The route, or what is wrong with it beyond its fields. */
export function toRoute(
  key: string,
  written: z.infer<typeof routeSchema>,
  authorizers: ApiAuthorizers,
): { readonly route: Route } | { readonly problems: readonly string[] } {
  const read = readRouteKey(key);
  const integration = toIntegration(written, "problem" in read ? undefined : read.method);
  const problems: string[] = [];
  if ("problem" in read) problems.push(read.problem);
  if (!integration) {
    const given = ANSWERERS.filter((name) => name in written);
    problems.push(given.length === 0 ? NO_INTEGRATION : `has ${given.join(" and ")}; keep one of them`);
  }
  if ("problem" in read || !integration) return { problems };

  const { method, path } = read;
  problems.push(...problemsOfIntegration(integration, written, parametersOf(path)));
  if (method === "OPTIONS" && written.apiKeyRequired === true)
    problems.push("apiKeyRequired must not be true: a browser sends no key with a CORS preflight; leave it out");
  const apiKeyRequired = written.apiKeyRequired ?? method !== "OPTIONS";
  const authorization = toAuthorization(
    written,
    { needsKey: apiKeyRequired, isPreflight: method === "OPTIONS" },
    authorizers,
  );
  if ("problem" in authorization) return { problems: [...problems, authorization.problem] };
  if (problems.length > 0) return { problems };
  return {
    route: {
      key: key as RouteKey,
      method,
      path,
      apiKeyRequired,
      authorization,
      integration,
      request: toRequestRules(written.request),
      operationName: written.operationName,
    },
  };
}

/** Reads the routes of an API, sorted by key. */
export function readRoutes(reader: EntryReader, api: string, written: unknown, authorizers: ApiAuthorizers): Route[] {
  return entriesOf(written)
    .flatMap(([key, each]) => {
      const place = `${api}: route "${key}"`;
      const fieldsOfRoute = reader.read(routeSchema, each, at(place));
      if (!fieldsOfRoute) return [];
      const result = toRoute(key, fieldsOfRoute, authorizers);
      if ("route" in result) return result.route;
      // A field that was refused is no longer there; that there is no integration then is not a second problem.
      const refused = isObject(each) && Object.keys(each).some((field) => !(field in fieldsOfRoute));
      for (const problem of result.problems) if (!refused || problem !== NO_INTEGRATION) reader.refuse(place, problem);
      return [];
    })
    .sort((a, b) => byName(a.key, b.key));
}
