import { isDeepStrictEqual } from "node:util";
import { decodeMethodPath } from "../contract/method-path";
import { decodePlanTags } from "../contract/tags";
import { type Finding, warning } from "../text/finding";
import { byName } from "../text/order";
import type { ImportedTier } from "../vocabulary/imports";
import { type Quota, quotaSchema } from "../vocabulary/quota";
import type { RouteKey } from "../vocabulary/route";
import { literalText } from "../vocabulary/schema";
import { type Throttle, throttleSchema } from "../vocabulary/throttle";
import type { TierInput } from "../vocabulary/tier";
import type { AccountPlan, CoveredStage } from "./account";
import { adoptTags } from "./adopt-tags";

export interface AdoptedTier {
  readonly tier: TierInput;
  readonly imported: ImportedTier;
  readonly findings: readonly Finding[];
}

/** A usage plan as a tier. What a tier has no word for is kept as it is. */
export function adoptTier(id: string, plan: AccountPlan, apiIds: ReadonlyMap<string, string>): AdoptedTier {
  const findings: Finding[] = [];
  const keep: string[] = [];
  const keepAsIs = (attribute: string, why: string) => {
    if (!keep.includes(attribute)) keep.push(attribute);
    findings.push(
      warning(
        `usage plan "${plan.name}" (${plan.id})`,
        `${why}; ${attribute} stays as it is in AWS until the import of tier "${id}" no longer keeps it`,
      ),
    );
  };

  const throttle = checked<Throttle>(throttleSchema, plan.throttle);
  if (plan.throttle && !throttle)
    keepAsIs("throttle_settings", "has a throttle without a rate or a burst above 0, which lets nobody in");
  const quota = checked<Quota>(quotaSchema, withoutZeroOffset(plan.quota));
  if (plan.quota && !quota) keepAsIs("quota_settings", "has a quota that the catalog does not take");
  const { tags, isComplete } = adoptTags(plan.tags);
  if (!isComplete) keepAsIs("tags", "has tags that the catalog does not take");
  if (!literalText.safeParse(plan.description).success)
    keepAsIs("description", "has a description that is no plain text");
  const { access, methodThrottle, problem } = adoptAccess(plan.stages, apiIds);
  if (problem) keepAsIs("api_stages", problem);

  const tier: TierInput = {
    ...(plan.name === id || plan.name === "" ? {} : { displayName: plan.name }),
    ...(plan.description === "" || keep.includes("description") ? {} : { description: plan.description }),
    access,
    ...(throttle && { throttle }),
    ...(quota && { quota }),
    ...(Object.keys(methodThrottle).length > 0 && { methodThrottle }),
    ...(plan.productCode !== undefined && { productCode: plan.productCode }),
    ...(decodePlanTags(plan.tags).closed && { closed: true }),
    ...(tags && { tags }),
  };
  return { tier, imported: { usagePlanId: plan.id, ...(keep.length > 0 && { keep: keep.sort(byName) }) }, findings };
}

function checked<Value>(
  schema: { safeParse(written: unknown): { success: boolean; data?: unknown } },
  written: unknown,
): Value | undefined {
  const { success, data } = schema.safeParse(written);
  return success ? (data as Value) : undefined;
}

function withoutZeroOffset(quota: Partial<Quota> | undefined): Partial<Quota> | undefined {
  if (!quota) return undefined;
  const { limit, period, offset = 0 } = quota;
  return { ...(limit === undefined ? {} : { limit }), ...(period && { period }), ...(offset === 0 ? {} : { offset }) };
}

type MethodThrottles = Readonly<Record<string, Readonly<Record<RouteKey, Throttle>>>>;

/** The catalog throttles a method on all of a tier's stages of an API alike. */
function adoptAccess(stages: readonly CoveredStage[], apiIds: ReadonlyMap<string, string>) {
  const access: Record<string, string[]> = {};
  const throttles: Record<string, Record<RouteKey, Throttle>> = {};
  let problem: string | undefined;
  for (const { apiId, stage, methodThrottles } of [...stages].sort((a, b) => byName(a.stage, b.stage))) {
    const api = apiIds.get(apiId);
    if (api === undefined) {
      problem = `covers the API ${apiId}, which is no longer there`;
      continue;
    }
    const read = readThrottles(methodThrottles);
    if (!read) problem = `throttles methods in a way that the catalog has no word for, on stage ${stage} of "${api}"`;
    else if (access[api] && !isDeepStrictEqual(throttles[api] ?? {}, read))
      problem = `throttles methods of "${api}" on one stage otherwise than on another`;
    else if (Object.keys(read).length > 0) throttles[api] = read;
    access[api] = [...(access[api] ?? []), stage];
  }
  const sorted = Object.fromEntries(Object.entries(access).sort(([a], [b]) => byName(a, b)));
  const methodThrottle: MethodThrottles = problem === undefined ? throttles : {};
  return { access: sorted, methodThrottle, problem };
}

function readThrottles(written: CoveredStage["methodThrottles"]): Record<RouteKey, Throttle> | undefined {
  const read: Record<RouteKey, Throttle> = {};
  for (const [path, limits] of Object.entries(written).sort(([a], [b]) => byName(a, b))) {
    const route = decodeMethodPath(path);
    const throttle = checked<Throttle>(throttleSchema, limits);
    if (route === undefined || route === "*" || !throttle) return undefined;
    read[route] = throttle;
  }
  return read;
}
