import { byName } from "../text/order";
import type { Quota } from "../vocabulary/quota";
import type { RouteKey } from "../vocabulary/route";
import type { Throttle } from "../vocabulary/throttle";
import { isNegotiated, type NegotiatedTier, type Tier, type TierAccess } from "../vocabulary/tier";
import type { Attributes } from "./attributes";
import { decodeMethodPath, encodeMethodPath } from "./method-path";
import { block, blockSet, number, optionalText, ResourceType, strings, text, type Written } from "./resource-type";
import { decodePlanTags, encodePlanTags, type PlanTags } from "./tags";
import { decodeThrottle, encodeThrottle, THROTTLE } from "./throttle";

/** A tier as it is sold. */
export const USAGE_PLAN = new ResourceType("aws_api_gateway_usage_plan", {
  name: text(),
  description: text(),
  product_code: optionalText,
  api_stages: blockSet({ api_id: text(), stage: text(), throttle: blockSet({ path: text(), ...THROTTLE }) }),
  throttle_settings: block(THROTTLE),
  quota_settings: block({ limit: number(Number.NaN), period: text(), offset: number(0) }),
  tags: strings,
});

/** @param restApiIds ids of the REST APIs that the tier covers, by the APIs' ids in the catalog */
export function encodeUsagePlan(tier: Tier | NegotiatedTier, restApiIds: Readonly<Record<string, string>>) {
  return {
    name: tier.displayName,
    description: tier.description,
    product_code: tier.productCode,
    api_stages: tier.access.flatMap((access) => encodeAccess(tier.id, access, restApiIds)),
    throttle_settings: tier.throttle && encodeThrottle(tier.throttle),
    quota_settings: tier.quota && {
      limit: tier.quota.limit,
      period: tier.quota.period as string,
      offset: tier.quota.offset ?? 0,
    },
    tags: { ...encodePlanTags({ ...ownerOf(tier), closed: tier.closed, tags: tier.tags }) },
  } satisfies Written<typeof USAGE_PLAN.fields>;
}

const ownerOf = (tier: Tier | NegotiatedTier) =>
  isNegotiated(tier) ? { tier: tier.tier, negotiatedFor: tier.subscription } : { tier: tier.id };

function encodeAccess(
  tier: string,
  { api, stages, methodThrottles }: TierAccess,
  restApiIds: Readonly<Record<string, string>>,
) {
  if (stages.length === 0) return [];
  const apiId = restApiIds[api];
  if (apiId === undefined)
    throw new Error(`tier "${tier}" covers API "${api}", whose REST API id was not given; add it to restApiIds`);
  const throttle = methodThrottles.map(({ route, throttle: limits }) => ({
    path: encodeMethodPath(route),
    ...encodeThrottle(limits),
  }));
  return stages.map((stage) => ({ api_id: apiId, stage, ...(throttle.length > 0 ? { throttle } : {}) }));
}

/** A usage plan, ours or not. */
export interface PlanEntry extends PlanTags {
  readonly name: string;
  readonly description: string;
  readonly productCode: string | undefined;
  /** `undefined` for no limit. */
  readonly throttle: Throttle | undefined;
  /** `undefined` for no limit; of a quota that is not known before a deploy, `"unknown"`. */
  readonly quota: Required<Quota> | "unknown" | undefined;
  readonly stages: readonly PlanStage[];
}

/** A stage that a usage plan covers. */
export interface PlanStage {
  readonly apiId: string;
  readonly stage: string;
  /** Sorted by route. */
  readonly methodThrottles: readonly { readonly route: RouteKey; readonly throttle: Throttle }[];
  /** What should be method paths and are none. */
  readonly unknownPaths: readonly string[];
}

export function decodeUsagePlan(attributes: Attributes): PlanEntry {
  const { name, description, product_code, api_stages, throttle_settings, quota_settings, tags } =
    USAGE_PLAN.read(attributes);
  return {
    ...decodePlanTags(tags),
    name,
    description,
    productCode: product_code,
    throttle: throttle_settings && decodeThrottle(throttle_settings),
    quota: quota_settings && decodeQuota(quota_settings),
    stages: api_stages.map(({ api_id, stage, throttle }) => {
      const read = throttle.map((each) => ({ path: each.path, route: decodeMethodPath(each.path), limits: each }));
      return {
        apiId: api_id,
        stage,
        methodThrottles: read
          .flatMap(({ route, limits }) =>
            route === undefined || route === "*" ? [] : [{ route, throttle: decodeThrottle(limits) }],
          )
          .sort((a, b) => byName(a.route, b.route)),
        unknownPaths: read.flatMap(({ path, route }) => (route === undefined || route === "*" ? [path] : [])),
      };
    }),
  };
}

function decodeQuota(block: {
  readonly limit: number;
  readonly period: string;
  readonly offset: number;
}): Required<Quota> | "unknown" {
  const { limit, period, offset } = block;
  if ((period !== "DAY" && period !== "WEEK" && period !== "MONTH") || Number.isNaN(limit)) return "unknown";
  return { limit, period, offset };
}

/** The access of a tier, where all stages of an API have the same method throttles; `undefined` where they have not. */
export function decodeAccess(
  stages: readonly PlanStage[],
  apiOf: (apiId: string) => string | undefined,
): readonly TierAccess[] | undefined {
  const byApi = new Map<string, { stages: string[]; methodThrottles: TierAccess["methodThrottles"] }>();
  for (const { apiId, stage, methodThrottles, unknownPaths } of stages) {
    const api = apiOf(apiId);
    if (api === undefined || unknownPaths.length > 0) return undefined;
    const known = byApi.get(api);
    if (!known) byApi.set(api, { stages: [stage], methodThrottles });
    else if (JSON.stringify(known.methodThrottles) !== JSON.stringify(methodThrottles)) return undefined;
    else known.stages.push(stage);
  }
  return [...byApi]
    .map(([api, each]) => ({ api, stages: each.stages.sort(byName), methodThrottles: each.methodThrottles }))
    .sort((a, b) => byName(a.api, b.api));
}
