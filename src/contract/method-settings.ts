import { CACHE_DEFAULTS, isStrategy, type MethodCache } from "../vocabulary/method-cache";
import type { RouteKey } from "../vocabulary/route";
import type { StageSettings } from "../vocabulary/stage-settings";
import type { Throttle } from "../vocabulary/throttle";
import type { Attributes } from "./attributes";
import { decodeMethodPath, encodeSettingsPath } from "./method-path";
import {
  block,
  flag,
  kept,
  number,
  optionalText,
  ResourceType,
  text,
  type ValuesOf,
  type Written,
} from "./resource-type";

/** The provider writes -1 where there is no limit. */
const NO_LIMIT = -1;

/** Settings of one or all methods of a stage. */
export const METHOD_SETTINGS = new ResourceType("aws_api_gateway_method_settings", {
  rest_api_id: optionalText,
  stage_name: optionalText,
  method_path: text(),
  settings: block({
    metrics_enabled: kept(flag()),
    logging_level: kept(text("OFF")),
    data_trace_enabled: kept(flag()),
    caching_enabled: kept(flag()),
    cache_ttl_in_seconds: kept(number(300)),
    cache_data_encrypted: kept(flag()),
    require_authorization_for_cache_control: kept(flag(true)),
    unauthorized_cache_control_header_strategy: kept(optionalText),
    throttling_rate_limit: number(NO_LIMIT),
    throttling_burst_limit: number(NO_LIMIT),
  }),
});

/** Settings of all methods (`*`), or of one. */
export function encodeMethodSettings(
  { metrics, logLevel, throttle, cache }: StageSettings,
  route: RouteKey | "*" = "*",
) {
  return {
    method_path: encodeSettingsPath(route),
    settings: {
      metrics_enabled: metrics,
      logging_level: logLevel as string,
      data_trace_enabled: false,
      caching_enabled: cache !== undefined,
      cache_ttl_in_seconds: cache?.ttlSeconds,
      cache_data_encrypted: cache?.encrypted,
      require_authorization_for_cache_control: cache?.requireAuthorizationForCacheControl,
      unauthorized_cache_control_header_strategy: cache?.unauthorizedCacheControlHeaderStrategy as string | undefined,
      throttling_rate_limit: throttle?.rateLimit,
      throttling_burst_limit: throttle?.burstLimit,
    },
  } satisfies Written<typeof METHOD_SETTINGS.fields>;
}

/** Settings, and for which methods they are. */
export interface SettingsEntry extends StageSettings {
  /** `*` for all; `undefined` for what is not a method path. */
  readonly route: RouteKey | "*" | undefined;
  readonly methodPath: string;
}

export function decodeMethodSettings(attributes: Attributes): SettingsEntry {
  const { method_path, settings } = METHOD_SETTINGS.read(attributes);
  const level = settings?.logging_level;
  return {
    route: decodeMethodPath(method_path),
    methodPath: method_path,
    metrics: settings?.metrics_enabled ?? false,
    logLevel: level === "INFO" || level === "ERROR" ? level : "OFF",
    throttle: throttleOf(settings),
    cache: cacheOf(settings),
  };
}

type SettingsBlock = NonNullable<ValuesOf<typeof METHOD_SETTINGS.fields>["settings"]>;

function cacheOf(settings: SettingsBlock | undefined): MethodCache | undefined {
  if (!settings?.caching_enabled) return undefined;
  const { unauthorized_cache_control_header_strategy: strategy = "" } = settings;
  return {
    ttlSeconds: settings.cache_ttl_in_seconds,
    encrypted: settings.cache_data_encrypted,
    requireAuthorizationForCacheControl: settings.require_authorization_for_cache_control,
    unauthorizedCacheControlHeaderStrategy: isStrategy(strategy)
      ? strategy
      : CACHE_DEFAULTS.unauthorizedCacheControlHeaderStrategy,
  };
}

/** AWS has no limit without both numbers. */
function throttleOf(
  settings: { readonly throttling_rate_limit: number; readonly throttling_burst_limit: number } | undefined,
): Throttle | undefined {
  const { throttling_rate_limit: rateLimit = NO_LIMIT, throttling_burst_limit: burstLimit = NO_LIMIT } = settings ?? {};
  return rateLimit < 0 || burstLimit < 0 ? undefined : { rateLimit, burstLimit };
}
