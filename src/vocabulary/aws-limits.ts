/**
 * Limits of Amazon API Gateway (REST APIs) that a catalog can run into.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */

/** Cannot be raised: a catalog over one of these is an error. */
export const FIXED_LIMITS = {
  /** API keys of an account in one Region. */
  apiKeysPerRegion: 10_000,
  /** Characters of an API key's name. */
  apiKeyNameLength: 1_024,
  /** Usage plans that one API key can be in. */
  usagePlansPerKey: 10,
  /** Characters of a tag's key. */
  tagKeyLength: 128,
  /** Characters of a tag's value. */
  tagValueLength: 256,
  /** Tags of one resource. */
  tagsPerResource: 50,
  /** Tags that we add to a resource ourselves, out of these. */
  ownTags: 3,
  /** Bytes of a request's or an answer's body. */
  payloadBytes: 10 * 1_024 * 1_024,
  /** Bytes of a model's JSON schema. */
  modelBytes: 400 * 1_024,
  /** The largest burst and quota: the provider takes 32 bits, and silently sells something else for more. */
  largestInteger: 2_147_483_647,
} as const;

/** Raised by AWS on request: a catalog over one of these gets a warning. */
export const DEFAULT_LIMITS = {
  usagePlansPerRegion: 300,
  methodThrottlesPerStage: 20,
  resourcesPerApi: 300,
  stagesPerApi: 10,
  /** Bytes of a REST API's resource policy. */
  resourcePolicyBytes: 8_192,
  /** Milliseconds that API Gateway waits for an integration or an authorizer. */
  integrationTimeoutMilliseconds: 29_000,
  /** Requests a second of an account in one Region. */
  accountRateLimit: 10_000,
  /** Burst of an account in one Region. */
  accountBurstLimit: 5_000,
} as const;
