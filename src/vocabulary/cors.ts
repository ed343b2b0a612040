import { z } from "zod";
import { byName } from "../text/order";
import { show } from "../text/show";
import { problemOfHeaderName } from "./gateway-response";
import { HTTP_METHODS, type HttpMethod } from "./http-method";
import { fieldsOf, isKnownLater, shortOrLong, wrong } from "./schema";

/**
 * Which web pages may call the API from a browser.
 *
 * Each path that has routes gets a preflight route `OPTIONS`, without key and authorizer, unless it has an `OPTIONS` or
 * `ANY` of its own. The headers also stand on the answers of mock routes and on what API Gateway answers by itself, so
 * that a browser shows a 429 as a 429. Where a route goes to a backend or a function, that one must send
 * `Access-Control-Allow-Origin` itself: API Gateway passes its answer on as it is.
 *
 * With several origins, preflights and mock routes answer the origin that asks, if it is one of them. What API Gateway
 * answers by itself cannot depend on the request: it has `"*"`, so that every page may read a 403 or a 429, but no
 * other answer; with `allowCredentials` it has the first origin, and pages of the others see a failed request instead.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
export interface CorsInput {
  /**
   * `"*"` for every page, one origin such as `"https://app.example.com"`, or a list of origins. Functions of handlers
   * find a list in the environment variable `CORS_ALLOW_ORIGINS`, separated by commas.
   */
  readonly allowOrigin: string | readonly string[];
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

/** Environment variable in which functions of handlers find several origins, separated by commas. */
export const ORIGINS_VARIABLE = "CORS_ALLOW_ORIGINS";

/** CORS of an API, checked. */
export interface Cors {
  /** `"*"` alone, or origins. Sorted. */
  readonly allowOrigins: readonly string[];
  /** What is said of the origin where API Gateway answers by itself. */
  readonly errorOrigin: string;
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
export const METHODS_OF_PAGES = HTTP_METHODS.filter((method) => method !== "ANY");

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

const originSchema = z
  .string({ error: wrong('must be "*" or one origin', 'write it as "https://app.example.com"') })
  .superRefine((origin, context) => {
    const problem = problemOfOrigin(origin);
    if (problem) context.addIssue({ code: "custom", message: problem, input: origin });
  });
const SEVERAL = 'write ["https://app.example.com", "https://admin.example.com"]';
const originsSchema = z
  .array(originSchema, { error: wrong("must be a list of origins", SEVERAL) })
  .superRefine((origins, context) => {
    if (origins.length === 0)
      context.addIssue({ code: "custom", message: `must name an origin, got []; ${SEVERAL}`, input: origins });
    for (const [index, origin] of origins.entries()) {
      const refuse = (message: string) => context.addIssue({ code: "custom", message, path: [index], input: origin });
      if (origin === "*" && origins.length > 1)
        refuse('"*" stands for every page, so it must be alone; leave it out, or the other origins');
      if (origins.indexOf(origin) < index) refuse(`${show(origin)} is there twice; leave one of them out`);
    }
  })
  .readonly();

export const corsSchema = fieldsOf<CorsInput>()({
  allowOrigin: shortOrLong(originSchema, originsSchema),
  allowHeaders: headerNames.optional(),
  allowMethods: z
    .array(
      z.enum(METHODS_OF_PAGES, {
        error: wrong(`must be one of ${METHODS_OF_PAGES.join(", ")}`, "write ANY out as the methods it means"),
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
  if (originsOf(cors).includes("*")) refuse("allowOrigin", "name the origins");
  if (cors.allowHeaders?.includes("*")) refuse("allowHeaders", "name the headers");
  if (cors.exposeHeaders?.includes("*")) refuse("exposeHeaders", "name the headers");
});

/** The origins as they are written; the checks of other fields see what is wrong, too. */
const originsOf = ({ allowOrigin }: Pick<CorsInput, "allowOrigin">): readonly string[] => [allowOrigin].flat();

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

/** CORS as a person would write it: without what is the default. */
export function writtenCors(cors: Cors): CorsInput {
  const { allowOrigins, errorOrigin, allowCredentials } = cors;
  const others = allowOrigins.filter((origin) => origin !== errorOrigin);
  const inOrder = allowCredentials ? [errorOrigin, ...others] : allowOrigins;
  return {
    allowOrigin: inOrder.length === 1 ? (inOrder[0] as string) : inOrder,
    allowHeaders: cors.allowHeaders,
    ...(cors.allowMethods ? { allowMethods: cors.allowMethods as NonNullable<CorsInput["allowMethods"]> } : {}),
    ...(cors.exposeHeaders.length > 0 ? { exposeHeaders: cors.exposeHeaders } : {}),
    ...(cors.maxAgeSeconds === undefined ? {} : { maxAgeSeconds: cors.maxAgeSeconds }),
    ...(allowCredentials ? { allowCredentials: true } : {}),
  };
}

/** The checked form of an API's CORS. */
export function toCors(written: z.infer<typeof corsSchema> | undefined): Cors | undefined {
  return (
    written && {
      ...allowedOrigins(originsOf(written), written.allowCredentials ?? false),
      allowHeaders: sorted(written.allowHeaders ?? DEFAULT_HEADERS),
      allowMethods: written.allowMethods && sorted(written.allowMethods),
      exposeHeaders: sorted(written.exposeHeaders ?? []),
      maxAgeSeconds: written.maxAgeSeconds,
      allowCredentials: written.allowCredentials ?? false,
    }
  );
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort(byName);

/**
 * What is said of origins where they are compared with the request's, and where API Gateway cannot compare: of its own
 * answers, AWS fills in variables alone. To say back whichever origin asks would show every page what is answered with a
 * user's cookies, and without cookies allows no less than `"*"`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.responseTemplates.html
 */
function allowedOrigins(
  origins: readonly string[],
  allowCredentials: boolean,
): Pick<Cors, "allowOrigins" | "errorOrigin"> {
  const [first = "*", ...others] = origins;
  return { allowOrigins: sorted(origins), errorOrigin: others.length === 0 || allowCredentials ? first : "*" };
}
