import { z } from "zod";
import { byName } from "../text/order";
import { AUTHORIZER_OF_API, type Authorizer, type AuthorizerInput, authorizerSchema, toAuthorizer } from "./authorizer";
import type { HandlerOptions } from "./handler";
import { problemOfName, unknownName } from "./identifier";
import { entriesOf } from "./objects";
import { at, type EntryReader } from "./read-entry";
import { shortOrLong, wrong } from "./schema";

/** AWS's word for requests that are signed with AWS credentials. */
export const AWS_IAM = "AWS_IAM";

/**
 * What a route says of who its callers must be, besides their keys.
 *
 * @typeParam AuthorizerName the names in the API's `authorizers`
 */
export interface AuthorizationInput<AuthorizerName extends string = never> {
  /**
   * Who is asked whether a request may pass, besides its key: one of the API's `authorizers` by name, `"AWS_IAM"` for
   * requests that are signed with AWS credentials, or `false` for nobody. A route without a key can have one too.
   *
   * @default - the API's `authorizer` where the route needs a key; nobody where it needs none
   */
  readonly authorizer?: AuthorizerName | typeof AWS_IAM | false;
  /**
   * Scopes of Cognito, one of which the access token must have. Without them, an ID token is asked for.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
   * @default - none
   */
  readonly authorizationScopes?: readonly string[];
}

/**
 * Who is asked whether a request to an API may pass, besides its key.
 *
 * @typeParam Authorizers the names of its authorizers
 */
export interface AuthorizersInput<Authorizers = Readonly<Record<string, unknown>>> {
  /**
   * Who is asked besides the key on all routes that need one and name no other: an authorizer, one of `authorizers` by name,
   * or `"AWS_IAM"` for requests that are signed with AWS credentials.
   * @default - nobody: the key alone is asked for, which meters callers but does not authenticate them
   */
  readonly authorizer?:
    | AuthorizerInput
    | NoInfer<{ [N in keyof Authorizers]: N & string }[keyof Authorizers]>
    | typeof AWS_IAM;
  /**
   * Authorizers by name, for routes that name one.
   * @default - none but the one in `authorizer`
   */
  readonly authorizers?: { readonly [N in keyof Authorizers]: AuthorizerInput };
}

/** Who the callers of a route must be, checked; in AWS's words. */
export type Authorization =
  | { readonly type: "NONE" }
  | { readonly type: typeof AWS_IAM }
  | { readonly type: "CUSTOM"; readonly authorizer: string }
  | { readonly type: "COGNITO_USER_POOLS"; readonly authorizer: string; readonly scopes: readonly string[] };

export const authorizationFields = {
  authorizer: z.union([z.string(), z.literal(false)], { error: wrong("must be a name, or false") }).optional(),
  authorizationScopes: z
    .array(z.string().min(1, { error: wrong("must not be empty") }), {
      error: wrong("must be a list of scopes", 'write ["pets/read"]'),
    })
    .min(1, { error: wrong("must name at least one scope", "leave it out where an ID token is asked for") })
    .optional(),
};

/** An API's own authorizer, or the name of one of its `authorizers`. */
export const apiAuthorizerSchema = shortOrLong(
  z.string({ error: wrong("must be an authorizer, the name of one, or AWS_IAM") }),
  authorizerSchema,
);

/** The authorizers of an API, sorted by id, and whom its routes ask that need a key and do not say. */
export interface ApiAuthorizers {
  readonly authorizers: readonly Authorizer[];
  readonly byDefault: Authorization;
  /**
   * Names of those that could not be read: they exist for what refers to them.
   * @default - none
   */
  readonly unread?: readonly string[];
}

/** A handler that authorizes, as it is written. */
export interface AuthorizerHandler {
  /** Where it is written. */
  readonly place: string;
  readonly handler: string | HandlerOptions;
}

/** Reads the authorizers of an API. */
export function readAuthorizers(
  reader: EntryReader,
  place: string,
  {
    authorizer,
    authorizers: written,
  }: { readonly authorizer?: string | AuthorizerInput | undefined; readonly authorizers?: unknown },
): ApiAuthorizers & { readonly handlers: readonly AuthorizerHandler[] } {
  const handlers: AuthorizerHandler[] = [];
  const add = (id: string, written: AuthorizerInput, where: string): Authorizer => {
    if (written.handler !== undefined) handlers.push({ place: where, handler: written.handler });
    return toAuthorizer(id, written);
  };
  const unread: string[] = [];
  const authorizers = entriesOf(written).flatMap(([name, each]) => {
    const where = `${place}: authorizer "${name}"`;
    reader.refuse(where, problemOfName(name) ?? (RESERVED.includes(name) ? IS_RESERVED : undefined));
    const read = reader.read(authorizerSchema, each, at(where));
    if (!read) unread.push(name);
    return read ? [add(name, read, where)] : [];
  });
  if (typeof authorizer === "object") authorizers.push(add(AUTHORIZER_OF_API, authorizer, `${place}: authorizer`));
  authorizers.sort((a, b) => byName(a.id, b.id));
  const name = typeof authorizer === "object" ? AUTHORIZER_OF_API : authorizer;
  const found = name === undefined ? NOBODY : authorizationBy(name, undefined, { authorizers, unread });
  if ("problem" in found) reader.refuse(`${place}: authorizer`, found.problem);
  return { authorizers, unread, byDefault: "problem" in found ? NOBODY : found, handlers };
}

const RESERVED: readonly string[] = [AWS_IAM, AUTHORIZER_OF_API];
const IS_RESERVED = `must not be called ${RESERVED.join(" or ")}, which mean something else; rename it`;
const NOBODY: Authorization = { type: "NONE" };

/** Who the callers of a route must be, or what is wrong with what the route says of it. */
export function toAuthorization(
  { authorizer, authorizationScopes: scopes }: AuthorizationInput<string>,
  { needsKey, isPreflight }: { readonly needsKey: boolean; readonly isPreflight: boolean },
  { byDefault, ...known }: ApiAuthorizers,
): Authorization | { readonly problem: string } {
  if (isPreflight && typeof authorizer === "string")
    return {
      problem: "authorizer must not be given: a browser sends no credentials with a CORS preflight; leave it out",
    };
  if (authorizer !== undefined) return authorizationBy(authorizer, scopes, known);
  const asked = needsKey ? byDefault : NOBODY;
  if (scopes === undefined) return asked;
  return asked.type === "COGNITO_USER_POOLS" ? { ...asked, scopes } : { problem: NO_COGNITO };
}

const NO_COGNITO =
  "authorizationScopes are Cognito's, and the route asks no authorizer with userPools; name one, or leave them out";

function authorizationBy(
  name: string | false,
  scopes: readonly string[] | undefined,
  { authorizers, unread = [] }: Pick<ApiAuthorizers, "authorizers" | "unread">,
): Authorization | { readonly problem: string } {
  if (name !== false && unread.includes(name)) return { type: "CUSTOM", authorizer: name };
  const found = authorizers.find(({ id }) => id === name);
  if (found?.type === "COGNITO_USER_POOLS") return asking(found, scopes);
  if (scopes !== undefined) return { problem: NO_COGNITO };
  if (name === false) return NOBODY;
  if (name === AWS_IAM) return { type: AWS_IAM };
  if (found) return asking(found);
  return { problem: unknownName(name, "authorizer", [...authorizers.map(({ id }) => id), AWS_IAM]) };
}

/** That an authorizer is asked, for scopes where it is Cognito's. */
export function asking({ id, type }: Authorizer, scopes: readonly string[] = []): Authorization {
  return type === "COGNITO_USER_POOLS" ? { type, authorizer: id, scopes } : { type: "CUSTOM", authorizer: id };
}

/** The authorizer that a route asks; `undefined` where it asks none. */
export const authorizerOf = (authorization: Authorization): string | undefined =>
  "authorizer" in authorization ? authorization.authorizer : undefined;
