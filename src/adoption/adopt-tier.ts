import type { AccountPlan } from "../aws/account";
import { planAttributes } from "../aws/terraform-attributes";
import { decodePlanTags, withoutReservedTags } from "../contract/tags";
import {
  decodeAccess,
  decodeUsagePlan,
  encodeUsagePlan,
  type PlanEntry,
  type PlanStage,
  USAGE_PLAN,
} from "../contract/usage-plan";
import { type Finding, warning } from "../text/finding";
import { byName } from "../text/order";
import type { ImportedTier } from "../vocabulary/imports";
import { type Quota, quotaSchema } from "../vocabulary/quota";
import { literalText } from "../vocabulary/schema";
import { type Throttle, throttleSchema } from "../vocabulary/throttle";
import type { TierAccess, TierInput } from "../vocabulary/tier";
import { adoptTags } from "./adopt-tags";

export interface AdoptedTier {
  readonly tier: TierInput;
  readonly imported: ImportedTier;
  readonly findings: readonly Finding[];
}

/** Why an attribute of a usage plan is kept. */
const REASONS: Readonly<Record<string, string>> = {
  throttle_settings: "has a throttle without a rate or a burst above 0, which blocks every request",
  quota_settings: "has a quota that the catalog does not take",
  tags: "has tags that the catalog does not take",
  description: "has a description that is not plain text",
};

/**
 * A usage plan as a tier. What a tier does not support is kept as it is.
 *
 * @param apiIds ids of APIs in the catalog, by their ids in AWS
 * @param routesOf routes of APIs that the catalog defines, by the ids of these
 */
export function adoptTier(
  id: string,
  plan: AccountPlan,
  apiIds: ReadonlyMap<string, string>,
  routesOf: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): AdoptedTier {
  const there = planAttributes(plan);
  const entry = decodeUsagePlan(there);
  const throttle = checked<Throttle>(throttleSchema, entry.throttle);
  const quota = checked<Quota>(quotaSchema, entry.quota);
  const { tags } = adoptTags(plan.tags);
  const isPlain = literalText.safeParse(entry.description).success;
  const { access, problem } = accessOf({ ...entry, throttle }, apiIds, routesOf);
  const tier = {
    id,
    displayName: entry.name === "" ? id : entry.name,
    description: isPlain ? entry.description : "",
    access,
    throttle,
    quota,
    price: undefined,
    productCode: entry.productCode,
    closed: entry.closed,
    formerId: undefined,
    tags: tags ?? {},
  };
  const written = encodeUsagePlan(tier, Object.fromEntries([...apiIds].map(([restApiId, api]) => [api, restApiId])));
  const keep = USAGE_PLAN.differing(
    { ...written, tags: { ...withoutReservedTags(written.tags) } },
    { ...there, tags: withoutReservedTags(plan.tags) },
  );
  const findings = keep.map((attribute) =>
    warning(
      `usage plan "${plan.name}" (${plan.id})`,
      `${(attribute === "api_stages" ? problem : REASONS[attribute]) ?? "is not as the catalog writes it"}; ${attribute} stays ` +
        `as it is in AWS until the import of tier "${id}" no longer keeps it`,
    ),
  );
  return { tier: writtenTier(tier), imported: { usagePlanId: plan.id, ...(keep.length > 0 && { keep }) }, findings };
}

/** A tier as a person would write it: without what is the default. */
function writtenTier(tier: Parameters<typeof encodeUsagePlan>[0]): TierInput {
  const { id, displayName, description, access, throttle, quota, productCode, closed, tags } = tier;
  const throttled = access.filter(({ methodThrottles }) => methodThrottles.length > 0);
  const byRoute = ({ methodThrottles }: TierAccess) =>
    Object.fromEntries(methodThrottles.map(({ route, throttle: limits }) => [route, limits]));
  const { offset = 0, ...rest } = quota ?? {};
  return {
    ...(displayName === id ? {} : { displayName }),
    ...(description === "" ? {} : { description }),
    access: Object.fromEntries(access.map(({ api, stages }) => [api, stages])),
    ...(throttle && { throttle }),
    ...(quota && { quota: { ...rest, ...(offset === 0 ? {} : { offset }) } as Quota }),
    ...(throttled.length > 0 && {
      methodThrottle: Object.fromEntries(throttled.map((each) => [each.api, byRoute(each)])),
    }),
    ...(productCode !== undefined && { productCode }),
    ...(closed && { closed }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
}

function checked<Value>(
  schema: { safeParse(written: unknown): { success: boolean; data?: unknown } },
  written: unknown,
): Value | undefined {
  const { success, data } = schema.safeParse(written);
  return success ? (data as Value) : undefined;
}

/** The catalog throttles a method on all of a tier's stages of an API alike; otherwise it throttles none. */
function accessOf(
  { stages, throttle }: Pick<PlanEntry, "stages" | "throttle">,
  apiIds: ReadonlyMap<string, string>,
  routesOf: ReadonlyMap<string, ReadonlySet<string>>,
) {
  const sorted = [...stages].sort((a, b) => byName(a.stage, b.stage));
  const isThrottled = sorted.some(({ methodThrottles }) => methodThrottles.length > 0);
  const problem =
    isThrottled && !throttle
      ? "throttles methods beside a throttle of the whole plan that the catalog does not take"
      : problemOf(sorted, apiIds, routesOf);
  const access = problem === undefined ? decodeAccess(sorted, (apiId) => apiIds.get(apiId)) : undefined;
  if (access) return { access, problem };
  const known = sorted.filter(({ apiId }) => apiIds.has(apiId));
  const plain = known.map((each) => ({ ...each, methodThrottles: [], unknownPaths: [] }));
  return { access: decodeAccess(plain, (apiId) => apiIds.get(apiId)) ?? [], problem };
}

function problemOf(
  stages: readonly PlanStage[],
  apiIds: ReadonlyMap<string, string>,
  routesOf: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const first = new Map<string, PlanStage>();
  for (const each of stages) {
    const { apiId, stage, methodThrottles, unknownPaths } = each;
    const api = apiIds.get(apiId);
    if (api === undefined) return `covers the API ${apiId}, which is no longer there`;
    const refused = methodThrottles.some(({ throttle }) => !throttleSchema.safeParse(throttle).success);
    if (unknownPaths.length > 0 || refused)
      return `throttles methods in a way that the catalog does not support, on stage ${stage} of "${api}"`;
    const routes = routesOf.get(api);
    const left = routes && methodThrottles.find(({ route }) => !routes.has(route));
    if (left) return `throttles ${left.route} of "${api}", which is not a route of the catalog`;
    const other = first.get(apiId);
    if (other && JSON.stringify(other.methodThrottles) !== JSON.stringify(methodThrottles))
      return `throttles methods of "${api}" on one stage otherwise than on another`;
    first.set(apiId, other ?? each);
  }
  return undefined;
}

/** A plan of negotiated limits has the tag of its tier too, and is not the tier's plan. */
export function tierNameOf({ tags, name }: AccountPlan): string {
  const { tier, negotiatedFor } = decodePlanTags(tags);
  return negotiatedFor === undefined ? (tier ?? name) : name;
}
