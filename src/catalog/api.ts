import { z } from "zod";
import { type Cors, type CorsInput, corsSchema } from "./cors";
import {
  type GatewayResponse,
  type GatewayResponseInput,
  type GatewayResponseType,
  gatewayResponsesSchema,
} from "./gateway-response";
import type { Route, RouteInput, RouteKey } from "./route";
import { fields, wrong } from "./shape";
import type { Stage, StageInput } from "./stage";
import { type Tags, tagsSchema } from "./tags";

/**
 * Who is asked whether a request may pass, before its API key is looked at: a Lambda authorizer that the team has.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export interface AuthorizerInput {
  /** ARN of the function. */
  readonly lambda: string;
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

export type Authorizer = Required<AuthorizerInput>;

interface ApiCommon {
  /** Stages by name. */
  readonly stages: Readonly<Record<string, StageInput>>;
}

/** An API that the catalog defines. */
export interface OwnApiInput extends ApiCommon {
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
  /** Routes by `"METHOD /path/{parameter}"`. */
  readonly routes?: Readonly<Record<RouteKey, RouteInput>>;
}

/** An API that someone else manages, and whose stages tiers may cover. */
export interface ExistingApiInput extends ApiCommon {
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
  /** Sorted by key. */
  readonly routes: readonly Route[];
}

/** An API that someone else manages, checked. */
export interface ExistingApi {
  readonly kind: "existing";
  readonly id: string;
  readonly restApiId: string;
  /** Sorted by name. */
  readonly stages: readonly Stage[];
}

export type Api = OwnApi | ExistingApi;

const map = z.record(z.string(), z.unknown(), { error: wrong("must be a map") });

const lambdaArn = z.string({ error: wrong("must be the ARN of a Lambda function") }).min(1);

/** Fields of an API; its stages and routes are read one by one, so that a mistake in one does not hide the others. */
export const ownApiSchema = fields({
  name: z
    .string({ error: wrong("must be a text") })
    .min(1, { error: wrong("must not be empty") })
    .optional(),
  description: z.string({ error: wrong("must be a text") }).optional(),
  endpointType: z
    .enum(["REGIONAL", "EDGE"], {
      error: wrong("must be REGIONAL or EDGE", "a PRIVATE API cannot be sold outside of its VPC"),
    })
    .optional(),
  keySource: z.enum(["HEADER", "AUTHORIZER"], { error: wrong("must be HEADER or AUTHORIZER") }).optional(),
  authorizer: fields({
    lambda: lambdaArn,
    type: z.enum(["TOKEN", "REQUEST"], { error: wrong("must be TOKEN or REQUEST") }).optional(),
    identitySource: z.string({ error: wrong("must be a text") }).optional(),
    resultTtlSeconds: z
      .int({ error: wrong("must be 0 to 3600 seconds") })
      .min(0, { error: wrong("must be 0 to 3600 seconds") })
      .max(3600, { error: wrong("must be 0 to 3600 seconds") })
      .optional(),
  }).optional(),
  policy: z.record(z.string(), z.unknown(), { error: wrong("must be a policy document") }).optional(),
  cors: corsSchema.optional(),
  gatewayResponses: gatewayResponsesSchema.optional(),
  tags: tagsSchema.optional(),
  retired: z.boolean({ error: wrong("must be true or false") }).optional(),
  stages: map,
  routes: map.optional(),
});

export const existingApiSchema = fields({
  restApiId: z
    .string({ error: wrong("must be the id of a REST API") })
    .min(1, { error: wrong("must be the id of a REST API") }),
  stages: map,
});
