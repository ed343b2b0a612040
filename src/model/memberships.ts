import { API_KEY } from "../contract/api-key";
import { decodePlanKey, PLAN_KEY } from "../contract/plan-key";
import { USAGE_PLAN } from "../contract/usage-plan";
import type { ExternalIds } from "./external-ids";
import type { ResourceIndex } from "./resource-index";
import {
  hasPossibleReferences,
  isKnown,
  possibleReferences,
  readable,
  type TerraformResource,
} from "./terraform-resource";

/** Which keys are in which plans. */
export interface Memberships {
  readonly members: ReadonlyMap<TerraformResource, readonly TerraformResource[]>;
  /** Where the plan, the key or both are managed elsewhere: then their ids in AWS. */
  readonly ofExternal: readonly ExternalMembership[];
  /** Keys that may be in other plans too, which is known only after the apply. */
  readonly uncertain: ReadonlySet<TerraformResource>;
  /** Plans in which other keys may be, which is known only after the apply. */
  readonly uncertainPlans: ReadonlySet<TerraformResource>;
}

export interface ExternalMembership {
  readonly plan: TerraformResource | string;
  readonly key: TerraformResource | string;
}

export function membershipsOf(index: ResourceIndex, external: ExternalIds): Memberships {
  const members = new Map<TerraformResource, TerraformResource[]>();
  const ofExternal: ExternalMembership[] = [];
  const uncertain = new Set<TerraformResource>();
  const uncertainPlans = new Set<TerraformResource>();
  const candidateKeys = candidatesIn(index, API_KEY.type);
  const candidatePlans = candidatesIn(index, USAGE_PLAN.type);
  const plans = index.byId(USAGE_PLAN.type);
  const keys = index.byId(API_KEY.type);
  for (const membership of index.ofType(PLAN_KEY.type)) {
    const { usagePlanId, keyId } = decodePlanKey(membership.attributes);
    const [plan, key] = [plans.get(usagePlanId), keys.get(keyId)];
    if (plan && key) {
      const others = members.get(plan);
      if (others) others.push(key);
      else members.set(plan, [key]);
      continue;
    }
    const [externalPlan, externalKey] = [
      external.plans.includes(usagePlanId) ? usagePlanId : undefined,
      external.keys.has(keyId) ? keyId : undefined,
    ];
    const [anyPlan, anyKey] = [plan ?? externalPlan, key ?? externalKey];
    if (anyPlan && anyKey) ofExternal.push({ plan: anyPlan, key: anyKey });
    const [missing, id] = plan ? (["key", keyId] as const) : (["plan", usagePlanId] as const);
    index.leaveOut(membership, { kind: "plan-key", missing, id: readable(id), isExternal: Boolean(anyPlan && anyKey) });
    // What has a known id and is not here is managed elsewhere.
    if (isElsewhere(usagePlanId, plan) || isElsewhere(keyId, key)) continue;
    for (const each of key ? [key] : candidateKeys(keyId, membership)) uncertain.add(each);
    for (const each of plan ? [plan] : candidatePlans(usagePlanId, membership)) uncertainPlans.add(each);
  }
  return { members, ofExternal, uncertain, uncertainPlans };
}

const isElsewhere = (id: string, found: TerraformResource | undefined) =>
  found === undefined && id !== "" && isKnown(id);

/** What a text may mean that is known only after the apply: what it may refer to, or all of the stack. Each is given once. */
function candidatesIn(index: ResourceIndex, type: string) {
  const all = index.ofType(type);
  // Of thousands of plan keys, all say the same.
  const done = new Set<string>();
  return (text: string, { stack }: TerraformResource): readonly TerraformResource[] => {
    const name = hasPossibleReferences(text) ? text : (stack ?? "");
    if (done.has(name)) return [];
    done.add(name);
    const possible = possibleReferences(text).flatMap((each) => index.at(each.stack, each.address) ?? []);
    return possible.length > 0 ? possible : all.filter((each) => each.stack === stack);
  };
}
