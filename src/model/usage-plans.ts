import { regionOfApiGatewayArn } from "../contract/api-gateway-arn";
import { API_KEY, decodeApiKey } from "../contract/api-key";
import { blockOf, blocksOf, stringOf } from "../contract/attributes";
import { decodeMethodPath } from "../contract/method-path";
import { decodeUsagePlan, type PlanEntry, type PlanStage, USAGE_PLAN } from "../contract/usage-plan";
import { byName } from "../text/order";
import type { Quota } from "../vocabulary/quota";
import type { Throttle } from "../vocabulary/throttle";
import { descriptionOf } from "./description";
import { externalKeysIn } from "./external-resources";
import { handedOverKeys } from "./handed-over-keys";
import { ownerOfPlan, subscriptionKeyOf } from "./identity";
import type { Memberships } from "./memberships";
import type { ApiModel, ExternalResources, KeyModel, UsagePlanModel, UsagePlanStage } from "./model";
import { type Naming, tierOfPlan } from "./naming";
import type { ResourceIndex } from "./resource-index";
import { hasUnknownLimit, isKnown, readable, type TerraformResource } from "./terraform-resource";

/** The keys of all files; never a value of one. */
export function apiKeys(
  index: ResourceIndex,
  naming: Naming,
  { uncertain }: Memberships,
): ReadonlyMap<TerraformResource, KeyModel> {
  const resources = index.ofType(API_KEY.type);
  const handedOver = handedOverKeys(index);
  return new Map(
    resources.map((key) => {
      const { keyName, enabled } = decodeApiKey(key.attributes);
      const name = subscriptionKeyOf(key, index);
      return [
        key,
        {
          // Not by "...index.originOf(key)", after which each field takes longer than all of them: there may be ten thousand keys.
          stack: key.stack,
          address: key.address,
          id: naming.key(key),
          subscription: name?.subscription,
          key: name?.key,
          awsId: stringOf(key.attributes.id) || undefined,
          createdAt: createdAt(stringOf(key.attributes.created_date)),
          valueHash: key.valueHash,
          name: keyName,
          description: descriptionOf(key),
          enabled: enabledOf(enabled, key, index),
          valueVariable: VALUE_VARIABLE.exec(readable(stringOf(key.attributes.value)))?.[1],
          hasUnknownPlans: uncertain.has(key),
          handedOver: handedOver.get(key),
        },
      ];
    }),
  );
}

function enabledOf(enabled: boolean, key: TerraformResource, index: ResourceIndex): boolean {
  const { enabled: given } = key.attributes;
  if (typeof given !== "string" || isKnown(given)) return enabled;
  index.leaveOut(key, { kind: "unknown", what: "enabled", value: "" });
  return true;
}

/** Terraform's time of creation; not one that is known only later. */
const createdAt = (text: string) => (/^\d{4}-\d{2}-\d{2}T/.test(text) ? text : undefined);

/** `${var.globex_key}` */
const VALUE_VARIABLE = /^\$\{var\.(\w+)\}$/;

/** What usage plans concern. */
interface PlanParts {
  readonly apis: ReadonlyMap<TerraformResource, ApiModel>;
  readonly keys: ReadonlyMap<TerraformResource, KeyModel>;
  readonly external: ExternalResources;
  readonly memberships: Memberships;
}

/** The usage plans of all files, with the stages and keys that are in them. */
export function usagePlans(
  index: ResourceIndex,
  naming: Naming,
  { apis, keys, external, memberships }: PlanParts,
): UsagePlanModel[] {
  const resources = index.ofType(USAGE_PLAN.type);
  return resources
    .map((plan) => {
      const owner = tierOfPlan(plan, index);
      const { name, closed, throttle, quota, stages } = decodeUsagePlan(plan.attributes);
      return {
        ...index.originOf(plan),
        id: naming.plan(plan),
        tier: owner?.tier,
        negotiatedFor: owner?.subscription,
        awsId: stringOf(plan.attributes.id) || undefined,
        region: regionOfApiGatewayArn(stringOf(plan.attributes.arn)),
        name,
        description: descriptionOf(plan),
        closed,
        throttle: throttleOf(throttle, plan, index),
        quota: quotaOf(quota, plan, index),
        price: index.identities.get(plan.stack)?.prices?.get(ownerOfPlan(plan, index)?.tier ?? ""),
        unknownLimits: [
          ...(quota === "unknown" ? (["quota"] as const) : []),
          ...(hasUnknownThrottle(plan) || unknownMethodThrottles(plan).size > 0 ? (["throttle"] as const) : []),
        ],
        stages: stages.flatMap((covered) => stageOf(covered, plan, index, apis, external)),
        hasUnknownStages: !isList(plan.attributes.api_stages) || stages.some((each) => isUnknown(each, index, apis)),
        keys: (memberships.members.get(plan) ?? [])
          .flatMap((key) => keys.get(key) ?? [])
          .sort((a, b) => byName(a.id, b.id)),
        externalKeys: externalKeysIn(plan, memberships, external.keys),
        hasUnknownKeys: memberships.uncertainPlans.has(plan),
      };
    })
    .sort((a, b) => byName(a.id, b.id));
}

function quotaOf(quota: PlanEntry["quota"], plan: TerraformResource, index: ResourceIndex): Quota | undefined {
  if (quota !== "unknown") return quota;
  index.leaveOut(plan, { kind: "unknown", what: "quota", value: "" });
  return undefined;
}

const hasUnknownThrottle = ({ attributes }: TerraformResource) =>
  hasUnknownLimit(blockOf(attributes.throttle_settings));

/** Methods whose throttles are known only after a deploy. */
const unknownMethodThrottles = ({ attributes }: TerraformResource): ReadonlySet<string> =>
  new Set(
    blocksOf(attributes.api_stages)
      .flatMap((stage) => blocksOf(stage.throttle))
      .filter(hasUnknownLimit)
      .map(({ path }) => decodeMethodPath(stringOf(path)) ?? ""),
  );

function throttleOf(
  throttle: Throttle | undefined,
  plan: TerraformResource,
  index: ResourceIndex,
): Throttle | undefined {
  if (!hasUnknownThrottle(plan)) return throttle;
  index.leaveOut(plan, { kind: "unknown", what: "throttle", value: "" });
  return undefined;
}

/** Which stages a plan covers at all may be known only after the apply. */
const isList = (blocks: unknown) => typeof blocks !== "string";

function isUnknown(
  { apiId, stage }: PlanStage,
  index: ResourceIndex,
  apis: ReadonlyMap<TerraformResource, ApiModel>,
): boolean {
  if (!isKnown(stage)) return true;
  const isHere = [...apis.keys()].some((api) => index.refersTo(apiId, api));
  return !isHere && (apiId === "" || !isKnown(apiId));
}

function stageOf(
  { apiId, stage, methodThrottles, unknownPaths }: PlanStage,
  plan: TerraformResource,
  index: ResourceIndex,
  apis: ReadonlyMap<TerraformResource, ApiModel>,
  external: ExternalResources,
): UsagePlanStage[] {
  const own = [...apis].find(([resource]) => index.refersTo(apiId, resource))?.[1];
  const api = own ?? external.apis.find(({ awsId }) => awsId === apiId);
  const isCovered = api !== undefined && isKnown(stage);
  if (own === undefined || !isCovered)
    index.leaveOut(plan, {
      kind: "plan-stage",
      api: readable(apiId) || undefined,
      stage: readable(stage),
      isExternal: isCovered,
    });
  if (!isCovered) return [];
  if (own && !own.stages.some(({ name }) => name === stage))
    index.leaveOut(plan, { kind: "missing-stage", api: own.id, stage });
  for (const path of unknownPaths) index.leaveOut(plan, { kind: "method-path", path });
  const unknown = unknownMethodThrottles(plan);
  for (const route of unknown) index.leaveOut(plan, { kind: "unknown", what: "throttle", value: route });
  const throttles = methodThrottles
    .filter(({ route }) => !unknown.has(route))
    .map(({ route, throttle }) => [route, throttle] as const);
  return [{ api: api.id, stage, methodThrottles: new Map(throttles) }];
}
