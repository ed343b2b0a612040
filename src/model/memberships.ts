import { API_KEY } from "../contract/api-key";
import { decodePlanKey, PLAN_KEY } from "../contract/plan-key";
import { USAGE_PLAN } from "../contract/usage-plan";
import type { ExternalIds } from "./external-ids";
import type { ResourceIndex } from "./resource-index";
import { isKnown, readable, referencesIn, type TerraformResource } from "./terraform-resource";

/** Which keys are in which plans. */
export interface Memberships {
  readonly members: ReadonlyMap<TerraformResource, readonly TerraformResource[]>;
  /** Where the plan, the key or both are managed elsewhere: then their ids in AWS. */
  readonly ofExternal: readonly ExternalMembership[];
  /** Keys that may be in other plans too, which is known only after the apply. */
  readonly uncertain: ReadonlySet<TerraformResource>;
}

export interface ExternalMembership {
  readonly plan: TerraformResource | string;
  readonly key: TerraformResource | string;
}

export function membershipsOf(index: ResourceIndex, external: ExternalIds): Memberships {
  const members = new Map<TerraformResource, TerraformResource[]>();
  const ofExternal: ExternalMembership[] = [];
  const uncertain = new Set<TerraformResource>();
  const candidates = candidatesIn(index);
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
    const isKeyKnown = keyId !== "" && isKnown(keyId);
    if (key && !(usagePlanId !== "" && isKnown(usagePlanId))) uncertain.add(key);
    else if (!key && !isKeyKnown) for (const each of candidates(keyId, membership)) uncertain.add(each);
  }
  return { members, ofExternal, uncertain };
}

/** Keys that a text may mean that is known only after the apply: those of the resources that it refers to, or all. */
function candidatesIn(index: ResourceIndex) {
  const all = index.ofType(API_KEY.type);
  const byResource = new Map<string, TerraformResource[]>();
  for (const key of all) {
    const name = `${key.stack ?? ""}|${withoutIndex(key.address)}`;
    byResource.set(name, [...(byResource.get(name) ?? []), key]);
  }
  return (text: string, { stack, address }: TerraformResource): readonly TerraformResource[] => {
    const module = /^(module\..*\.)?[a-z]\w*\.[^.]*$/.exec(withoutIndex(address))?.[1] ?? "";
    const named = referencesIn(text).flatMap(
      ({ attribute }) => attribute.match(/aws_api_gateway_api_key\.[\w-]+/g) ?? [],
    );
    const found = named.flatMap((name) => byResource.get(`${stack ?? ""}|${module}${name}`) ?? []);
    return found.length > 0 ? found : all.filter((key) => key.stack === stack);
  };
}

const withoutIndex = (address: string) => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/, "");
