import { blocksOf, numberOf, stringOf, stringsOf } from "../contract/attributes";
import { decodeMethodPath } from "../contract/method-path";
import { decodePlanTags } from "../contract/tags";
import { byName } from "../text/order";
import type { Quota } from "../vocabulary/quota";
import type { Throttle } from "../vocabulary/throttle";
import { descriptionOf } from "./description";
import { handedOverKeys } from "./handed-over-keys";
import type { ApiModel, KeyModel, UsagePlanModel, UsagePlanStage } from "./model";
import type { ResourceIndex } from "./resource-index";
import { isKnown, readable, type TerraformResource } from "./terraform-resource";
import { uniqueNames } from "./unique-names";

/** The keys of all files; never a value of one. */
export function apiKeys(index: ResourceIndex): ReadonlyMap<TerraformResource, KeyModel> {
  const resources = index.ofType("aws_api_gateway_api_key");
  const ids = uniqueNames(resources, ({ attributes, address }) => {
    const name = stringOf(attributes.name);
    return name !== "" && isKnown(name) ? name : address;
  });
  const handedOver = handedOverKeys(index);
  return new Map(
    resources.map((key) => {
      const { name, enabled } = key.attributes;
      return [
        key,
        {
          ...index.originOf(key),
          id: ids.get(key) ?? "",
          name: stringOf(name),
          description: descriptionOf(key),
          enabled: enabled !== false && enabled !== "false",
          handedOver: handedOver.get(key),
        },
      ];
    }),
  );
}

/** The usage plans of all files, with the stages and keys that are in them. */
export function usagePlans(
  index: ResourceIndex,
  apis: ReadonlyMap<TerraformResource, ApiModel>,
  keys: ReadonlyMap<TerraformResource, KeyModel>,
): UsagePlanModel[] {
  const resources = index.ofType("aws_api_gateway_usage_plan");
  const ids = uniqueNames(resources, planName);
  const members = membersOf(index, keys);
  return resources
    .map((plan) => ({
      ...index.originOf(plan),
      id: ids.get(plan) ?? "",
      name: stringOf(plan.attributes.name),
      description: descriptionOf(plan),
      closed: decodePlanTags(stringsOf(plan.attributes.tags)).closed,
      throttle: throttleOf(blocksOf(plan.attributes.throttle_settings)[0]),
      quota: quotaOf(plan, index),
      stages: blocksOf(plan.attributes.api_stages).flatMap((covered) => stageOf(covered, plan, index, apis)),
      keys: [...(members.get(plan) ?? [])].sort((a, b) => byName(a.id, b.id)),
    }))
    .sort((a, b) => byName(a.id, b.id));
}

const planName = ({ attributes, address }: TerraformResource) => {
  const name = decodePlanTags(stringsOf(attributes.tags)).tier ?? stringOf(attributes.name);
  return name !== "" && isKnown(name) ? name : address;
};

function membersOf(
  index: ResourceIndex,
  keys: ReadonlyMap<TerraformResource, KeyModel>,
): ReadonlyMap<TerraformResource, KeyModel[]> {
  const members = new Map<TerraformResource, KeyModel[]>();
  const plans = index.byId("aws_api_gateway_usage_plan");
  const resources = index.byId("aws_api_gateway_api_key");
  for (const membership of index.ofType("aws_api_gateway_usage_plan_key")) {
    const { usage_plan_id, key_id } = membership.attributes;
    const plan = plans.get(stringOf(usage_plan_id));
    const resource = resources.get(stringOf(key_id));
    const key = resource && keys.get(resource);
    if (!plan || !key) {
      const missing = plan ? `the key ${readable(stringOf(key_id))}` : `the plan ${readable(stringOf(usage_plan_id))}`;
      index.leaveOut(membership, `concerns ${missing}, which is not in these files; the membership is missing`);
      continue;
    }
    const others = members.get(plan);
    if (others) others.push(key);
    else members.set(plan, [key]);
  }
  return members;
}

/** The provider sends 0 for a number that is missing, and 0 lets nobody in. */
function throttleOf(block: Readonly<Record<string, unknown>> | undefined): Throttle | undefined {
  if (!block) return undefined;
  return { rateLimit: numberOf(block.rate_limit) ?? 0, burstLimit: numberOf(block.burst_limit) ?? 0 };
}

function quotaOf(plan: TerraformResource, index: ResourceIndex): Quota | undefined {
  const [block] = blocksOf(plan.attributes.quota_settings);
  if (!block) return undefined;
  const { period } = block;
  const limit = numberOf(block.limit);
  if ((period !== "DAY" && period !== "WEEK" && period !== "MONTH") || limit === undefined) {
    index.leaveOut(plan, "has a quota that is known only after a deploy; nothing is counted here");
    return undefined;
  }
  return { limit, period, offset: numberOf(block.offset) ?? 0 };
}

function stageOf(
  covered: Readonly<Record<string, unknown>>,
  plan: TerraformResource,
  index: ResourceIndex,
  apis: ReadonlyMap<TerraformResource, ApiModel>,
): UsagePlanStage[] {
  const api = [...apis].find(([resource]) => index.refersTo(covered.api_id, resource))?.[1];
  const stage = stringOf(covered.stage);
  if (!api || !isKnown(stage)) {
    const id = stringOf(covered.api_id);
    const whose =
      id === ""
        ? "an API that a plan does not tell before the first apply (a dynamic block)"
        : `API ${readable(id)}, which is not in these files`;
    index.leaveOut(plan, `covers stage ${readable(stage)} of ${whose}; nobody is let in by it here`);
    return [];
  }
  if (!api.stages.some(({ name }) => name === stage))
    index.leaveOut(plan, `covers stage ${stage} of API ${api.name}, which has no such stage in these files`);
  const methodThrottles = new Map<string, Throttle>();
  for (const block of blocksOf(covered.throttle)) {
    const method = decodeMethodPath(stringOf(block.path));
    const throttle = throttleOf(block);
    if (method === undefined || throttle === undefined)
      index.leaveOut(plan, `throttles ${stringOf(block.path)}, which is no method path; it is ignored`);
    else methodThrottles.set(method, throttle);
  }
  return [{ api: api.slug, stage, methodThrottles }];
}
