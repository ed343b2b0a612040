import { z } from "zod";
import { type Cors, type CorsInput, corsSchema } from "./cors";
import {
  type GatewayResponse,
  type GatewayResponseInput,
  type GatewayResponseType,
  gatewayResponsesSchema,
} from "./gateway-response";
import { type Handler, type HandlerOptions, handlerName, handlerSchema } from "./handler";
import { lambdaArn } from "./integration";
import type { Route, RouteInput, RouteKey } from "./route";
import { fields, isKnownLater, literalText, wrong } from "./schema";
import type { Stage, StageInput } from "./stage";
import { type Tags, tagsSchema } from "./tags";

/**
 * Who is asked whether a request may pass, before its API key is looked at: a handler, or a function that is there.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export type AuthorizerInput = AuthorizerSettings &
  (
    | {
        /**
         * A handler of the project's `handlers` folder, such as the ready-made `key-authorizer`. Its environment tells it
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
   * @default 300
   */
  readonly resultTtlSeconds?: number;
}

/** An authorizer, checked: a handler by name, or a function by ARN. */
export type Authorizer = Required<AuthorizerSettings> &
  ({ readonly handler: string; readonly lambda?: never } | { readonly lambda: string; readonly handler?: never });

/** An API that the catalog defines. */
export interface OwnApiInput {
  /** Stages by name. */
  readonly stages: Readonly<Record<string, StageInput>>;
  readonly restApiId?: never;
  /**
   * Name in AWS.
   * @default - the API's id
   */
  readonly name?: string;
  /** @default - none */
  readonly description?: string;
  /** @default "REGIONAL" */
  readonly endpointType?: "REGIONAL" | "EDGE";
  /**
   * Where a request's API key comes from: the `x-api-key` header, or the `usageIdentifierKey` that the authorizer returns.
   * @default "HEADER"
   */
  readonly keySource?: "HEADER" | "AUTHORIZER";
  /**
   * A Lambda authorizer for all routes that need a key.
   * @default - none: the key alone is asked for, which meters callers but does not authenticate them
   */
  readonly authorizer?: AuthorizerInput;
  /**
   * The API's resource policy, as a policy document.
   * @default - none
   */
  readonly policy?: Readonly<Record<string, unknown>>;
  /**
   * Which web pages may call the API from a browser.
   * @default - those of the API's own address alone
   */
  readonly cors?: CorsInput;
  /**
   * How API Gateway answers by itself, by what went wrong.
   * @default - AWS's own answers, with the headers of `cors`
   */
  readonly gatewayResponses?: { readonly [T in GatewayResponseType]?: GatewayResponseInput };
  /** @default - none */
  readonly tags?: Tags;
  /**
   * Takes the API and all its stages down with the next deploy, after the plans have let go of them. Keep the stages in
   * the entry until then; afterwards the entry can be dropped.
   *
   * @default false
   */
  readonly retired?: boolean;
  /**
   * Handlers that no route uses any more, but a stage still does: their functions stay until the last stage was promoted.
   * Then the entry can be dropped, and with it the function goes.
   * @default - none
   */
  readonly retiredHandlers?: readonly (string | HandlerOptions)[];
  /** Routes by `"METHOD /path/{parameter}"`. */
  readonly routes?: Readonly<Record<RouteKey, RouteInput>>;
}

/** An API that someone else manages, and whose stages tiers may cover. */
export interface ExistingApiInput {
  /** Stages by name; what they are is not for this catalog to say. */
  readonly stages: Readonly<Record<string, Readonly<Record<string, never>>>>;
  /** Id of the REST API, or a reference to it such as `api.id` of another construct. */
  readonly restApiId: string;
}

export type ApiInput = OwnApiInput | ExistingApiInput;

/** An API that the catalog defines, checked. */
export interface OwnApi {
  readonly kind: "own";
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly endpointType: "REGIONAL" | "EDGE";
  readonly keySource: "HEADER" | "AUTHORIZER";
  readonly authorizer: Authorizer | undefined;
  readonly policy: Readonly<Record<string, unknown>> | undefined;
  readonly cors: Cors | undefined;
  /** Sorted by type; without what `cors` adds. */
  readonly gatewayResponses: readonly GatewayResponse[];
  readonly tags: Tags;
  readonly retired: boolean;
  /** Sorted by name. */
  readonly stages: readonly Stage[];
  /** Handlers of routes, and those that only a stage still uses; sorted by name. */
  readonly handlers: readonly Handler[];
  /** Sorted by key. */
  readonly routes: readonly Route[];
}

/** An API that someone else manages, checked. */
export interface ExistingApi {
  readonly kind: "existing";
  readonly id: string;
  readonly restApiId: string;
  /** Sorted by name; never retired, for that is not ours to say. */
  readonly stages: readonly Stage[];
}

export type Api = OwnApi | ExistingApi;

const map = z.record(z.string(), z.unknown(), {
  error: wrong("must be a map", 'write { prod: {} }, or { "GET /pets": { … } } for routes'),
});

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

/** Fields of an API; its stages and routes are read one by one, so that a mistake in one does not hide the others. */
export const ownApiSchema = fields({
  name: literalText.min(1, { error: wrong("must not be empty") }).optional(),
  description: literalText.optional(),
  endpointType: z
    .enum(["REGIONAL", "EDGE"], {
      error: wrong("must be REGIONAL or EDGE", "a PRIVATE API cannot be sold outside of its VPC"),
    })
    .optional(),
  keySource: z.enum(["HEADER", "AUTHORIZER"], { error: wrong("must be HEADER or AUTHORIZER") }).optional(),
  authorizer: fields({
    lambda: lambdaArn.optional(),
    type: z.enum(["TOKEN", "REQUEST"], { error: wrong("must be TOKEN or REQUEST") }).optional(),
    identitySource: z
      .string({ error: wrong("must be a text") })
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
    )
    .optional(),
  policy: z.record(z.string(), z.unknown(), { error: wrong("must be a policy document") }).optional(),
  cors: corsSchema.optional(),
  gatewayResponses: gatewayResponsesSchema.optional(),
  tags: tagsSchema.optional(),
  retired: z.boolean({ error: wrong("must be true or false") }).optional(),
  retiredHandlers: z.array(handlerSchema, { error: wrong("must be a list of handlers") }).optional(),
  stages: map,
  routes: map.optional(),
});

export const existingApiSchema = fields({
  restApiId: z
    .string({ error: wrong("must be the id of a REST API") })
    .refine((id) => isKnownLater(id) || /^[a-z0-9]{1,64}$/.test(id), {
      error: wrong("must be the id of a REST API, such as a1b2c3d4e5"),
    }),
  stages: map,
});

/** Fills in the defaults. */
export function toAuthorizer(written: NonNullable<z.infer<typeof ownApiSchema>["authorizer"]>): Authorizer {
  const { handler, lambda = "" } = written;
  const settings = {
    type: written.type ?? AUTHORIZER_DEFAULTS.type,
    identitySource: written.identitySource ?? AUTHORIZER_DEFAULTS.identitySource,
    resultTtlSeconds: written.resultTtlSeconds ?? AUTHORIZER_DEFAULTS.resultTtlSeconds,
  };
  if (handler === undefined) return { ...settings, lambda };
  return { ...settings, handler: handlerName(handler) };
}
