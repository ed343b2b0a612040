import { z } from "zod";
import { type HandlerOptions, handlerName, handlerSchema } from "./handler";
import { lambdaArn } from "./integration";
import { roleArn } from "./role-arn";
import { fieldsOf, inForms, isKnownLater, literalText, wrong } from "./schema";

/**
 * Who is asked whether a request may pass, before its API key is looked at: a handler, a function that is there, or Cognito.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export type AuthorizerInput =
  | (AuthorizerSettings &
      (
        | {
            /**
             * A handler of the project's `handlers` folder, such as the ready-made `key-authorizer` (`export { handler } from
             * "cdktf-api-tiers/key-authorizer"`). Its environment tells it
             * where keys are handed over (`KEY_STORE`, `KEY_PREFIX`), and it may read them there.
             */
            readonly handler: string | HandlerOptions;
            readonly lambda?: never;
            readonly userPools?: never;
          }
        | {
            /** ARN of a function that is there. */
            readonly lambda: string;
            readonly handler?: never;
            readonly userPools?: never;
          }
      ))
  | (Omit<AuthorizerSettings, "type" | "credentials"> & {
      /**
       * ARNs of Cognito user pools whose tokens are taken: ID tokens, or access tokens on routes with `authorizationScopes`.
       */
      readonly userPools: readonly string[];
      readonly type?: never;
      readonly credentials?: never;
      readonly handler?: never;
      readonly lambda?: never;
    });

export interface AuthorizerSettings {
  /**
   * Name in AWS.
   * @default - its name in the catalog; `key-authorizer` for one that stands in the API's `authorizer` itself
   */
  readonly name?: string;
  /**
   * `TOKEN` gets one header, `REQUEST` the whole request.
   * @default "TOKEN"
   */
  readonly type?: "TOKEN" | "REQUEST";
  /**
   * Where the caller's identity stands; without it in a request, API Gateway answers 401 by itself. A `REQUEST` authorizer
   * may name several places, as a list or with commas; none, as an empty list, where nothing is kept (`resultTtlSeconds: 0`).
   * @default "method.request.header.Authorization"
   */
  readonly identitySource?: string | readonly string[];
  /**
   * A regular expression that a token must match before the function is asked, or the `aud` claim of Cognito's token. Not
   * for `REQUEST`.
   * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
   * @default - any token
   */
  readonly identityValidationExpression?: string;
  /**
   * Seconds for which an answer is kept, 0 to 3600.
   * @unit seconds
   * @default 300
   */
  readonly resultTtlSeconds?: number;
  /**
   * ARN of the role by which API Gateway calls a function; then no permission on the function is made.
   * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html — `authorizerCredentials`
   * @default - none: the function lets API Gateway call it
   */
  readonly credentials?: string;
}

/** Whom an authorizer asks: a handler by name, a function by ARN, or user pools by ARN. */
type Asked =
  | { readonly handler: string; readonly lambda?: never; readonly userPools?: never }
  | { readonly lambda: string; readonly handler?: never; readonly userPools?: never }
  | { readonly userPools: readonly string[]; readonly handler?: never; readonly lambda?: never };

/** An authorizer, checked. */
export type Authorizer = Asked & {
  /** Name in the catalog; `AUTHORIZER_OF_API` for one that stands in the API's `authorizer` itself. */
  readonly id: string;
  /** Name in AWS. */
  readonly name: string;
  readonly type: "TOKEN" | "REQUEST" | "COGNITO_USER_POOLS";
  /** One place, or several with commas; empty for none. */
  readonly identitySource: string;
  readonly identityValidationExpression: string | undefined;
  readonly resultTtlSeconds: number;
  /** ARN of the role by which a function is called. */
  readonly credentials: string | undefined;
};

/** The id of an authorizer that has no name in the catalog, because it stands in the API's `authorizer` itself. */
export const AUTHORIZER_OF_API = "authorizer";
/** The name in AWS of one that says none. */
const defaultName = (id: string): string => (id === AUTHORIZER_OF_API ? "key-authorizer" : id);

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html — `identitySource` */
const IDENTITY_SOURCE =
  /^(method\.request\.(header|querystring)|stageVariables|context)\.[A-Za-z0-9._-]+(\s*,\s*(method\.request\.(header|querystring)|stageVariables|context)\.[A-Za-z0-9._-]+)*$/;
/** What AWS takes where an authorizer leaves it out. */
export const AUTHORIZER_DEFAULTS = {
  type: "TOKEN",
  identitySource: "method.request.header.Authorization",
  resultTtlSeconds: 300,
} as const;
const DEFAULTS = AUTHORIZER_DEFAULTS;
const TOKEN_SOURCE = /^method\.request\.header\.[A-Za-z0-9._-]+$/;

const USER_POOL = /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[\w-]+$/;
const WRONG_POOL = {
  error: wrong("must be the ARN of a user pool", "write it as arn:aws:cognito-idp:<region>:<account>:userpool/<id>"),
};
const WRONG_POOLS = { error: wrong("must be a list of user pools' ARNs, at least one") };
const identitySource = z
  .string({ error: wrong("must be a string") })
  .regex(IDENTITY_SOURCE, { error: wrong("must be such as method.request.header.Authorization") });
const ttl = { error: wrong("must be 0 to 3600 seconds") };

export const authorizerSchema = inForms<AuthorizerInput>(
  fieldsOf<AuthorizerInput>()({
    name: literalText.min(1, { error: wrong("must not be empty") }).optional(),
    lambda: lambdaArn.optional(),
    handler: handlerSchema.optional(),
    userPools: z
      .array(
        z.string(WRONG_POOL).refine((arn) => isKnownLater(arn) || USER_POOL.test(arn), WRONG_POOL),
        WRONG_POOLS,
      )
      .min(1, WRONG_POOLS)
      .optional(),
    type: z.enum(["TOKEN", "REQUEST"], { error: wrong("must be TOKEN or REQUEST") }).optional(),
    identitySource: z
      .union([identitySource, z.array(identitySource)], {
        error: wrong("must be such as method.request.header.Authorization, or a list of these"),
      })
      .optional(),
    identityValidationExpression: literalText
      .min(1, { error: wrong("must not be empty") })
      .refine(isRegularExpression, { error: wrong("must be a regular expression") })
      .optional(),
    resultTtlSeconds: z.int(ttl).min(0, ttl).max(3600, ttl).optional(),
    credentials: roleArn.optional(),
  })
    .refine((written) => FORMS.filter((form) => written[form] !== undefined).length === 1, {
      error: "must name either a handler, a lambda or userPools; give it one of the three",
    })
    .refine(
      ({ type, identitySource: from }) =>
        type === "REQUEST" || TOKEN_SOURCE.test(joined(from) ?? DEFAULTS.identitySource),
      {
        error:
          "takes one header where its type is not REQUEST; write method.request.header.<name>, or the type REQUEST",
        path: ["identitySource"],
      },
    )
    .refine(({ identitySource: from, resultTtlSeconds }) => joined(from) !== "" || resultTtlSeconds === 0, {
      error: "must name a place where answers are kept, for which AWS wants one; write one, or resultTtlSeconds: 0",
      path: ["identitySource"],
    })
    .refine(
      ({ type, identityValidationExpression }) => type !== "REQUEST" || identityValidationExpression === undefined,
      {
        error: "must not be given where the type is REQUEST, to which AWS does not apply it; leave it out",
        path: ["identityValidationExpression"],
      },
    )
    .refine(({ type, userPools }) => userPools === undefined || type === undefined, {
      error: "must not be given beside userPools, whose tokens have one form; leave it out",
      path: ["type"],
    })
    .refine(({ credentials, userPools }) => userPools === undefined || credentials === undefined, {
      error: "must not be given beside userPools, for which no function is called; leave it out",
      path: ["credentials"],
    }),
);

const FORMS = ["handler", "lambda", "userPools"] as const;

/** A source of several places as AWS has it. */
const joined = (source: string | readonly string[] | undefined) =>
  typeof source === "object" ? source.join(", ") : source;

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** The checked form of an API's authorizer. */
export function toAuthorizer(id: string, written: AuthorizerInput): Authorizer {
  const settings = {
    id,
    name: written.name ?? defaultName(id),
    identitySource: joined(written.identitySource) ?? DEFAULTS.identitySource,
    identityValidationExpression: written.identityValidationExpression,
    resultTtlSeconds: written.resultTtlSeconds ?? DEFAULTS.resultTtlSeconds,
    credentials: written.credentials,
  };
  if (written.userPools) return { ...settings, type: "COGNITO_USER_POOLS", userPools: written.userPools };
  const type = written.type ?? DEFAULTS.type;
  if (written.handler !== undefined) return { ...settings, type, handler: handlerName(written.handler) };
  return { ...settings, type, lambda: written.lambda };
}

/** An authorizer as a person would write it: without what is the default. */
export function writtenAuthorizer(authorizer: Authorizer): AuthorizerInput {
  const { id, name, type, identitySource: from, identityValidationExpression, resultTtlSeconds } = authorizer;
  const { handler, lambda, userPools, credentials } = authorizer;
  return {
    ...(name === defaultName(id) ? {} : { name }),
    ...(handler === undefined ? {} : { handler }),
    ...(lambda === undefined ? {} : { lambda }),
    ...(userPools === undefined ? {} : { userPools }),
    ...(type === DEFAULTS.type || userPools ? {} : { type }),
    ...(from === DEFAULTS.identitySource ? {} : { identitySource: from === "" ? [] : from }),
    ...(identityValidationExpression === undefined ? {} : { identityValidationExpression }),
    ...(resultTtlSeconds === DEFAULTS.resultTtlSeconds ? {} : { resultTtlSeconds }),
    ...(credentials === undefined ? {} : { credentials }),
  } as AuthorizerInput;
}
