import { z } from "zod";
import { type HandlerOptions, handlerName, handlerSchema } from "./handler";
import { lambdaArn } from "./integration";
import { fieldsOf, inForms, wrong } from "./schema";

/**
 * Who is asked whether a request may pass, before its API key is looked at: a handler, or a function that is there.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export type AuthorizerInput = AuthorizerSettings &
  (
    | {
        /**
         * A handler of the project's `handlers` folder, such as the ready-made `key-authorizer` (`export { handler } from
         * "cdktf-api-tiers/key-authorizer"`). Its environment tells it
         * where keys are handed over (`KEY_STORE`, `KEY_PREFIX`), and it may read them there.
         */
        readonly handler: string | HandlerOptions;
        readonly lambda?: never;
      }
    | {
        /** ARN of a function that is there. */
        readonly lambda: string;
        readonly handler?: never;
      }
  );

export interface AuthorizerSettings {
  /**
   * `TOKEN` gets one header, `REQUEST` the whole request.
   * @default "TOKEN"
   */
  readonly type?: "TOKEN" | "REQUEST";
  /**
   * Where the caller's identity stands; without it in a request, API Gateway answers 401 by itself.
   * @default "method.request.header.Authorization"
   */
  readonly identitySource?: string;
  /**
   * Seconds for which an answer is kept, 0 to 3600.
   * @unit seconds
   * @default 300
   */
  readonly resultTtlSeconds?: number;
}

/** An authorizer, checked: a handler by name, or a function by ARN. */
export type Authorizer = Required<AuthorizerSettings> &
  ({ readonly handler: string; readonly lambda?: never } | { readonly lambda: string; readonly handler?: never });

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html — `identitySource` */
const IDENTITY_SOURCE =
  /^(method\.request\.(header|querystring)|stageVariables|context)\.[A-Za-z0-9._-]+(\s*,\s*(method\.request\.(header|querystring)|stageVariables|context)\.[A-Za-z0-9._-]+)*$/;
/** What AWS takes where an authorizer leaves it out. */
export const AUTHORIZER_DEFAULTS = {
  type: "TOKEN",
  identitySource: "method.request.header.Authorization",
  resultTtlSeconds: 300,
} as const;
const TOKEN_SOURCE = /^method\.request\.header\.[A-Za-z0-9._-]+$/;

export const authorizerSchema = inForms<AuthorizerInput>(
  fieldsOf<AuthorizerInput>()({
    lambda: lambdaArn.optional(),
    type: z.enum(["TOKEN", "REQUEST"], { error: wrong("must be TOKEN or REQUEST") }).optional(),
    identitySource: z
      .string({ error: wrong("must be a string") })
      .regex(IDENTITY_SOURCE, { error: wrong("must be such as method.request.header.Authorization") })
      .optional(),
    handler: handlerSchema.optional(),
    resultTtlSeconds: z
      .int({ error: wrong("must be 0 to 3600 seconds") })
      .min(0, { error: wrong("must be 0 to 3600 seconds") })
      .max(3600, { error: wrong("must be 0 to 3600 seconds") })
      .optional(),
  })
    .refine(({ lambda, handler }) => (lambda === undefined) !== (handler === undefined), {
      error: "must name either a handler or a lambda; give it one of the two",
    })
    .refine(
      ({ type, identitySource }) =>
        type === "REQUEST" || TOKEN_SOURCE.test(identitySource ?? AUTHORIZER_DEFAULTS.identitySource),
      {
        error: "takes one header where its type is TOKEN; write method.request.header.<name>, or the type REQUEST",
        path: ["identitySource"],
      },
    ),
);

/** The checked form of an API's authorizer. */
export function toAuthorizer(written: AuthorizerInput): Authorizer {
  const { handler, lambda = "" } = written;
  const settings = {
    type: written.type ?? AUTHORIZER_DEFAULTS.type,
    identitySource: written.identitySource ?? AUTHORIZER_DEFAULTS.identitySource,
    resultTtlSeconds: written.resultTtlSeconds ?? AUTHORIZER_DEFAULTS.resultTtlSeconds,
  };
  if (handler === undefined) return { ...settings, lambda };
  return { ...settings, handler: handlerName(handler) };
}
