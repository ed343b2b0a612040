import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { byName } from "../text/order";
import { withoutDefaults } from "./left-out";
import {
  type MethodCache,
  type MethodCacheInput,
  methodCacheSchema,
  toMethodCache,
  writtenMethodCache,
} from "./method-cache";
import type { RouteKey } from "./route";
import { fieldsOf, wrong } from "./schema";
import { type Throttle, throttleSchema } from "./throttle";

const LOG_LEVELS = ["OFF", "ERROR", "INFO"] as const;

/**
 * Settings of all methods of a stage, or of one. Bodies are never logged.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html
 */
export interface StageSettingsInput {
  /**
   * Whether CloudWatch gets metrics for each method, at a price, besides those of the whole stage.
   * @default false
   */
  readonly metrics?: boolean;
  /**
   * What of a request's way through API Gateway is logged. AWS keeps these logs forever, in a log group of its own making
   * (`API-Gateway-Execution-Logs_<api>/<stage>`), and takes them only where the account has a role for logging:
   * see `accountLogging` of `TierStacks`.
   *
   * @default "OFF"
   */
  readonly logLevel?: (typeof LOG_LEVELS)[number];
  /**
   * How fast each method may be called by all clients together.
   * @default - no limit but the account's
   */
  readonly throttle?: Throttle;
  /**
   * Whether answers are cached: of all methods, those of `GET` routes; of one, whatever its method is. The stage needs a
   * `cacheCluster`.
   *
   * @default false
   */
  readonly cache?: boolean | MethodCacheInput;
}

/** Settings of all methods of a stage, or of one, checked. */
export interface StageSettings {
  readonly metrics: boolean;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly throttle: Throttle | undefined;
  /** `undefined` where nothing is cached. */
  readonly cache: MethodCache | undefined;
}

export const stageSettingsSchema = fieldsOf<StageSettingsInput>()({
  metrics: z.boolean({ error: wrong("must be true or false") }).optional(),
  logLevel: z.enum(LOG_LEVELS, { error: wrong("must be OFF, ERROR or INFO") }).optional(),
  throttle: throttleSchema.optional(),
  cache: methodCacheSchema.optional(),
});

const NOTHING: StageSettings = { metrics: false, logLevel: "OFF", throttle: undefined, cache: undefined };

/** The checked form of a stage's settings; `undefined` where nothing is set. */
export function toStageSettings(
  written: z.infer<typeof stageSettingsSchema> = {},
  otherwise = NOTHING,
): StageSettings | undefined {
  if (Object.values(written).every((value) => value === undefined)) return undefined;
  return {
    metrics: written.metrics ?? otherwise.metrics,
    logLevel: written.logLevel ?? otherwise.logLevel,
    throttle: written.throttle ?? otherwise.throttle,
    cache: written.cache === undefined ? otherwise.cache : toMethodCache(written.cache),
  };
}

/** Settings as a person writes them, where others are what is left out. */
export function writtenSettings({ cache, ...settings }: StageSettings, otherwise = NOTHING): StageSettingsInput {
  const { cache: cached, ...others } = otherwise;
  return {
    ...withoutDefaults(settings, others),
    ...(!isDeepStrictEqual(cache, cached) && { cache: writtenMethodCache(cache) }),
  };
}

/** Settings of single methods, by route, checked. */
export type MethodSettings = Readonly<Record<RouteKey, StageSettings>>;

export const methodSettingsSchema = z.record(z.string(), stageSettingsSchema, {
  error: wrong("must be an object by route", 'write { "GET /pets": { throttle: { rateLimit: 10, burstLimit: 20 } } }'),
});

/** What a method does not say is as for all methods: AWS takes one or the other as a whole. */
export function toMethodSettings(
  written: z.infer<typeof methodSettingsSchema> = {},
  ofStage: StageSettings | undefined,
): MethodSettings {
  const entries = Object.entries(written).flatMap(([route, each]) => {
    const settings = toStageSettings(each, ofStage);
    return settings ? [[route, settings] as const] : [];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => byName(a, b)));
}
