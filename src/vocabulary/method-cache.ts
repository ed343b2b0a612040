import { z } from "zod";
import { withDefaults, withoutDefaults } from "./left-out";
import { fieldsOf, shortOrLong, wrong } from "./schema";

/** Sizes of a stage's cache in gigabytes, as AWS writes them. */
const CLUSTER_SIZES = ["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"] as const;
export type CacheClusterSize = (typeof CLUSTER_SIZES)[number];

export const cacheClusterSchema = z.enum(CLUSTER_SIZES, {
  error: wrong(`must be one of ${CLUSTER_SIZES.map((size) => `"${size}"`).join(", ")}`),
});

const STRATEGIES = ["FAIL_WITH_403", "SUCCEED_WITH_RESPONSE_HEADER", "SUCCEED_WITHOUT_RESPONSE_HEADER"] as const;

/**
 * How answers of methods are cached. API Gateway looks neither at the key nor at the token for it: what one customer got is
 * shown to others.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export interface MethodCacheInput {
  /**
   * Seconds for which an answer is kept, 1 to 3600.
   * @unit seconds
   * @default 300
   */
  readonly ttlSeconds?: number;
  /**
   * Whether answers are encrypted in the cache.
   * @default false
   */
  readonly encrypted?: boolean;
  /**
   * Whether only signed callers with the right to do so may have an answer fetched again (`Cache-Control: max-age=0`).
   * The AWS provider sends `false` only in the deploy after that which created the settings.
   *
   * @default true
   */
  readonly requireAuthorizationForCacheControl?: boolean;
  /**
   * What others are answered who ask for that.
   * @default "SUCCEED_WITH_RESPONSE_HEADER"
   */
  readonly unauthorizedCacheControlHeaderStrategy?: (typeof STRATEGIES)[number];
}

/** How answers of methods are cached, checked. */
export interface MethodCache {
  readonly ttlSeconds: number;
  readonly encrypted: boolean;
  readonly requireAuthorizationForCacheControl: boolean;
  readonly unauthorizedCacheControlHeaderStrategy: (typeof STRATEGIES)[number];
}

export const CACHE_DEFAULTS: MethodCache = {
  ttlSeconds: 300,
  encrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};

export const isStrategy = (text: string): text is MethodCache["unauthorizedCacheControlHeaderStrategy"] =>
  STRATEGIES.some((each) => each === text);

const seconds = { error: wrong("must be 1 to 3600 seconds") };

export const methodCacheSchema = shortOrLong<boolean, MethodCacheInput>(
  z.boolean({ error: wrong("must be true, false or an object with ttlSeconds") }),
  fieldsOf<MethodCacheInput>()({
    ttlSeconds: z.int(seconds).min(1, seconds).max(3600, seconds).optional(),
    encrypted: z.boolean({ error: wrong("must be true or false") }).optional(),
    requireAuthorizationForCacheControl: z.boolean({ error: wrong("must be true or false") }).optional(),
    unauthorizedCacheControlHeaderStrategy: z
      .enum(STRATEGIES, { error: wrong(`must be ${STRATEGIES.join(", ")}`) })
      .optional(),
  }),
);

/** The checked form; `undefined` where nothing is cached. */
export function toMethodCache(written: boolean | MethodCacheInput): MethodCache | undefined {
  if (written === false) return undefined;
  return withDefaults(written === true ? {} : written, CACHE_DEFAULTS);
}

/** The same as a person writes it. */
export function writtenMethodCache(cache: MethodCache | undefined): boolean | MethodCacheInput {
  if (!cache) return false;
  const written = withoutDefaults(cache, CACHE_DEFAULTS);
  return Object.keys(written).length === 0 ? true : written;
}
