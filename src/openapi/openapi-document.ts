import type { EXTENSIONS } from "../document/extensions";
import type { PriceInput } from "../vocabulary/price";

/** An OpenAPI 3.0 document, as far as we write one. */
export interface OpenApiDocument {
  readonly openapi: "3.0.3";
  readonly info: { readonly title: string; readonly description?: string; readonly version: string };
  readonly servers: readonly OpenApiServer[];
  readonly [EXTENSIONS.keySource]: "HEADER" | "AUTHORIZER";
  readonly [TIERS]: readonly OpenApiTier[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperationObject>>>>;
  readonly components: {
    /** Only where bodies refer to schemas by name. */
    readonly schemas?: Readonly<Record<string, OpenApiSchema>>;
    readonly securitySchemes: Readonly<Record<string, OpenApiSecurityScheme>>;
  };
}

export const TIERS = "x-api-tiers";

export interface OpenApiServer {
  readonly url: string;
  readonly description: string;
  readonly variables?: Readonly<Record<string, { readonly default: string; readonly description: string }>>;
}

/** A tier that opens a stage of the API. */
export interface OpenApiTier {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** Only where it takes no new customers. */
  readonly closed?: true;
  /** Stages of this API that it opens. */
  readonly stages: readonly string[];
  /** Requests a second, and at once; absent for no limit of its own. */
  readonly throttle?: { readonly rateLimit: number; readonly burstLimit: number };
  /** Requests in a period; absent for no limit. */
  readonly quota?: { readonly limit: number; readonly period: "DAY" | "WEEK" | "MONTH" };
  /** Throttles of single methods, by route. */
  readonly methodThrottle?: Readonly<Record<string, { readonly rateLimit: number; readonly burstLimit: number }>>;
  /** What it costs, in the catalog's words; absent where no price is known. */
  readonly price?: PriceInput;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: { readonly type: "string" };
}

export type OpenApiSchema = Readonly<Record<string, unknown>>;

export interface OpenApiOperationObject {
  /** Only where API Gateway has an operation name. */
  readonly operationId?: string;
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: OpenApiSchema }>>;
  };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
  /** An empty list for a route that is open. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}

export interface OpenApiSecurityScheme {
  readonly type: "apiKey";
  readonly in: "header" | "query";
  readonly name: string;
  readonly description: string;
  readonly [EXTENSIONS.authorizerType]?: string;
}
