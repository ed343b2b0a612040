import { z } from "zod";
import { byName } from "../text/order";
import { API_DEFAULTS, type ApiEntry } from "./api-entry";
import { type AuthorizersInput, apiAuthorizerSchema } from "./authorization";
import type { Authorizer } from "./authorizer";
import { type Cors, type CorsInput, corsSchema, toCors } from "./cors";
import { type EndpointType, endpointType, vpcEndpointIds } from "./endpoint";
import type { ExistingApi, ExistingApiInput } from "./existing-api";
import {
  type GatewayResponse,
  type GatewayResponseInput,
  type GatewayResponseType,
  gatewayResponsesSchema,
  toGatewayResponses,
} from "./gateway-response";
import { type Handler, type HandlerOptions, handlerSchema } from "./handler";
import type { JsonSchema } from "./json-schema";
import { withDefaults } from "./left-out";
import type { NamedModel } from "./named-models";
import { compressionSize, mediaTypes } from "./payloads";
import type { Route, RouteKey, RoutesInput } from "./route";
import { entriesSchema, fieldsOf, literalText, wrong } from "./schema";
import type { Stage, StageInput } from "./stage";
import { type Tags, tagsSchema } from "./tags";
import type { VpcLink, VpcLinkInput } from "./vpc-link";

/** What an API that the catalog defines says of itself, besides its stages and routes. */
export interface ApiSettings {
  readonly restApiId?: never;
  /**
   * Name in AWS.
   * @default - the API's id
   */
  readonly name?: string;
  /**
   * What the API is for.
   * @default - none
   */
  readonly description?: string;
  /**
   * Whether clients reach the API in its Region, through AWS's edge locations, or only from VPCs: `PRIVATE` needs a `policy`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html
   * @default "REGIONAL"
   */
  readonly endpointType?: EndpointType;
  /**
   * VPC endpoints of a `PRIVATE` API, for which AWS adds addresses to Route 53: `https://<id>-<endpoint>.execute-api.<region>.amazonaws.com`.
   * Others reach it too, as far as the policy lets them. Terraform keeps those that the API has where this is left out.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
   * @default - none for a new API
   */
  readonly vpcEndpointIds?: readonly string[];
  /**
   * Where a request's API key comes from: the `x-api-key` header, or the `usageIdentifierKey` that the authorizer returns.
   * @default "HEADER"
   */
  readonly keySource?: "HEADER" | "AUTHORIZER";
  /**
   * Media types whose bodies are passed on as bytes, such as `"image/png"`, or all of them with a star on each side of the
   * slash. AWS keeps the types that the API has where this is left out; `[]` takes them away.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
   * @default - those that the API has in AWS: none for a new API, so that every body is text
   */
  readonly binaryMediaTypes?: readonly string[];
  /**
   * Size from which answers are compressed for clients that accept it; requests may then be compressed too. Terraform keeps
   * what the API has where this is left out; to compress nothing again, leave it out and run
   * `aws apigateway update-rest-api --patch-operations op=replace,path=/minimumCompressionSize` once.
   *
   * @unit bytes
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
   * @default - that of the API in AWS: no compression for a new API
   */
  readonly minimumCompressionSize?: number;
  /**
   * Whether the API answers at its own address (`https://<id>.execute-api.<region>.amazonaws.com`) no more, but under the
   * domain names of its stages alone. Terraform keeps what the API has where this is left out: write `false` to answer again.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
   * @default - that of the API in AWS: a new API answers there
   */
  readonly disableExecuteApiEndpoint?: boolean;
  /**
   * VPC links by name, by which `http` routes reach backends in a VPC.
   * @default - none
   */
  readonly vpcLinks?: Readonly<Record<string, VpcLinkInput>>;
  /**
   * JSON schemas (draft 4) by name, of letters and digits: `{ Pet: { type: "object", properties: { owner: { $ref:
   * "#/models/Owner" } } }, … }`. Other models refer to one, also in circles, and so do bodies in `request.body`.
   * @default - none
   */
  readonly models?: Readonly<Record<string, JsonSchema>>;
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
  /**
   * AWS tags of the REST API.
   * @default - none
   */
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
}

/**
 * An API that the catalog defines.
 *
 * @typeParam Stages the names of its stages
 * @typeParam Routes the keys of its routes
 * @typeParam Authorizers the names of its authorizers
 */
export interface OwnApiInput<
  Stages = Readonly<Record<string, unknown>>,
  Routes = Readonly<Record<RouteKey, unknown>>,
  Authorizers = Readonly<Record<string, unknown>>,
> extends ApiSettings,
    AuthorizersInput<Authorizers> {
  /** Stages by name. */
  readonly stages: { readonly [S in keyof Stages]: StageInput };
  /**
   * Routes by `"METHOD /path/{parameter}"`.
   * @default - none, which only a retired API may have
   */
  readonly routes?: RoutesInput<Routes, { [N in keyof Authorizers]: N & string }[keyof Authorizers]>;
}

export type ApiInput = OwnApiInput | ExistingApiInput;

/** An API that the catalog defines, checked. */
export interface OwnApi extends ApiEntry {
  readonly kind: "own";
  readonly id: string;
  readonly name: string;
  /** Sorted by id. */
  readonly authorizers: readonly Authorizer[];
  /** Sorted by id. */
  readonly vpcLinks: readonly VpcLink[];
  /** Sorted by name. */
  readonly models: readonly NamedModel[];
  readonly cors: Cors | undefined;
  /** Sorted by type; without what `cors` adds. */
  readonly gatewayResponses: readonly GatewayResponse[];
  readonly retired: boolean;
  /** Sorted by name. */
  readonly stages: readonly Stage[];
  /** Handlers of routes, and those that only a stage still uses; sorted by name. */
  readonly handlers: readonly Handler[];
  /** Sorted by key. */
  readonly routes: readonly Route[];
}

export type Api = OwnApi | ExistingApi;

/** What is read one by one, as far as it is read with the API. */
interface ApiEntries {
  readonly stages: Readonly<Record<string, unknown>>;
  readonly routes?: Readonly<Record<string, unknown>>;
  readonly authorizers?: Readonly<Record<string, unknown>>;
  readonly vpcLinks?: Readonly<Record<string, unknown>>;
  readonly models?: Readonly<Record<string, unknown>>;
}
type ReadApi = ApiEntries & Omit<ApiSettings, "models" | "vpcLinks"> & Pick<AuthorizersInput, "authorizer">;
/** Fields of an API; its stages, routes and authorizers are read one by one, so that a mistake in one hides no other. */
export const ownApiSchema = fieldsOf<ReadApi>()({
  name: literalText.min(1, { error: wrong("must not be empty") }).optional(),
  description: literalText.optional(),
  endpointType: endpointType.optional(),
  vpcEndpointIds: vpcEndpointIds.optional(),
  keySource: z.enum(["HEADER", "AUTHORIZER"], { error: wrong("must be HEADER or AUTHORIZER") }).optional(),
  binaryMediaTypes: mediaTypes.optional(),
  minimumCompressionSize: compressionSize.optional(),
  disableExecuteApiEndpoint: z.boolean({ error: wrong("must be true or false") }).optional(),
  authorizer: apiAuthorizerSchema.optional(),
  authorizers: entriesSchema.optional(),
  vpcLinks: entriesSchema.optional(),
  models: entriesSchema.optional(),
  policy: z.record(z.string(), z.unknown(), { error: wrong("must be a policy document") }).optional(),
  cors: corsSchema.optional(),
  gatewayResponses: gatewayResponsesSchema.optional(),
  tags: tagsSchema.optional(),
  retired: z.boolean({ error: wrong("must be true or false") }).optional(),
  retiredHandlers: z.array(handlerSchema, { error: wrong("must be a list of handlers") }).optional(),
  stages: entriesSchema,
  routes: entriesSchema.optional(),
});

/** The checked form of an API, of whose parts each has been checked by itself. */
export function toOwnApi(
  id: string,
  written: z.infer<typeof ownApiSchema>,
  parts: Pick<OwnApi, "authorizers" | "handlers" | "models" | "routes" | "stages" | "vpcLinks">,
): OwnApi {
  return {
    kind: "own",
    id,
    name: written.name ?? id,
    ...withDefaults(written, API_DEFAULTS),
    vpcEndpointIds: written.vpcEndpointIds && [...written.vpcEndpointIds].sort(byName),
    cors: toCors(written.cors),
    gatewayResponses: toGatewayResponses(written.gatewayResponses),
    retired: written.retired ?? false,
    ...parts,
  };
}
