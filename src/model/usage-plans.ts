import { API_KEY, decodeApiKey } from "../contract/api-key";
import { stringOf } from "../contract/attributes";
import { decodePlanKey, PLAN_KEY } from "../contract/plan-key";
import { decodeUsagePlan, type PlanEntry, type PlanStage, USAGE_PLAN } from "../contract/usage-plan";
import { byName } from "../text/order";
import type { Quota } from "../vocabulary/quota";
import { descriptionOf } from "./description";
import { handedOverKeys } from "./handed-over-keys";
import { subscriptionOf } from "./identity";
import type { ApiModel, KeyModel, UsagePlanModel, UsagePlanStage } from "./model";
import { type Naming, tierOfPlan } from "./naming";
import type { ResourceIndex } from "./resource-index";
import { isKnown, readable, type TerraformResource } from "./terraform-resource";

/** The keys of all files; never a value of one. */
export function apiKeys(index: ResourceIndex, naming: Naming): ReadonlyMap<TerraformResource, KeyModel> {
  const resources = index.ofType(API_KEY.type);
  const handedOver = handedOverKeys(index);
  return new Map(
    resources.map((key) => {
      const { keyName: name, enabled } = decodeApiKey(key.attributes);
      return [
        key,
        {
          ...index.originOf(key),
          id: naming.key(key),
          subscription: subscriptionOf(key, index),
          name,
          description: descriptionOf(key),
          enabled,
          valueVariable: VALUE_VARIABLE.exec(readable(stringOf(key.attributes.value)))?.[1],
          handedOver: handedOver.get(key),
        },
      ];
    }),
  );
}

/** `${var.globex_key}` */
const VALUE_VARIABLE = /^\$\{var\.(\w+)\}$/;

/** The usage plans of all files, with the stages and keys that are in them. */
export function usagePlans(
  index: ResourceIndex,
  naming: Naming,
  apis: ReadonlyMap<TerraformResource, ApiModel>,
  keys: ReadonlyMap<TerraformResource, KeyModel>,
): UsagePlanModel[] {
  const resources = index.ofType(USAGE_PLAN.type);
  const members = membersOf(index, keys);
  return resources
    .map((plan) => {
      const { name, closed, throttle, quota, stages } = decodeUsagePlan(plan.attributes);
      return {
        ...index.originOf(plan),
        id: naming.plan(plan),
        tier: tierOfPlan(plan, index),
        name,
        description: descriptionOf(plan),
        closed,
        throttle,
        quota: quotaOf(quota, plan, index),
        stages: stages.flatMap((covered) => stageOf(covered, plan, index, apis)),
        keys: [...(members.get(plan) ?? [])].sort((a, b) => byName(a.id, b.id)),
      };
    })
    .sort((a, b) => byName(a.id, b.id));
}

function membersOf(
  index: ResourceIndex,
  keys: ReadonlyMap<TerraformResource, KeyModel>,
): ReadonlyMap<TerraformResource, KeyModel[]> {
  const members = new Map<TerraformResource, KeyModel[]>();
  const plans = index.byId(USAGE_PLAN.type);
  const resources = index.byId(API_KEY.type);
  for (const membership of index.ofType(PLAN_KEY.type)) {
    const { usagePlanId, keyId } = decodePlanKey(membership.attributes);
    const plan = plans.get(usagePlanId);
    const resource = resources.get(keyId);
    const key = resource && keys.get(resource);
    if (!plan || !key) {
      const [missing, id] = plan ? (["key", keyId] as const) : (["plan", usagePlanId] as const);
      index.leaveOut(membership, { kind: "plan-key", missing, id: readable(id) });
      continue;
    }
    const others = members.get(plan);
    if (others) others.push(key);
    else members.set(plan, [key]);
  }
  return members;
}

function quotaOf(quota: PlanEntry["quota"], plan: TerraformResource, index: ResourceIndex): Quota | undefined {
  if (quota !== "unknown") return quota;
  index.leaveOut(plan, { kind: "unknown", what: "quota", value: "" });
  return undefined;
}

function stageOf(
  { apiId, stage, methodThrottles, unknownPaths }: PlanStage,
  plan: TerraformResource,
  index: ResourceIndex,
  apis: ReadonlyMap<TerraformResource, ApiModel>,
): UsagePlanStage[] {
  const api = [...apis].find(([resource]) => index.refersTo(apiId, resource))?.[1];
  if (!api || !isKnown(stage)) {
    index.leaveOut(plan, { kind: "plan-stage", api: readable(apiId) || undefined, stage: readable(stage) });
    return [];
  }
  if (!api.stages.some(({ name }) => name === stage))
    index.leaveOut(plan, { kind: "missing-stage", api: api.id, stage });
  for (const path of unknownPaths) index.leaveOut(plan, { kind: "method-path", path });
  const throttles = methodThrottles.map(({ route, throttle }) => [route, throttle] as const);
  return [{ api: api.id, stage, methodThrottles: new Map(throttles) }];
}
