import { stringOf } from "../../contract/attributes";
import { decodeUsagePlan } from "../../contract/usage-plan";
import { onOneLine } from "../../editing/typescript/typescript-text";
import type { UsagePlanModel } from "../../model/model";
import type { TerraformResource } from "../../model/terraform-resource";
import type { Changed } from "../differences";
import type { ActualOf } from "../managed";
import type { Facts } from "./facts";
import { configurationEdit, editOf, type Keep, noEdit } from "./finding";
import type { FieldOf } from "./plan-words";

/** Limits that a subscription may have of its own, in the place of its tier's. */
const NEGOTIATED = ["throttle", "quota", "methodThrottle"];

/** The edit of a tier, or of a subscription with limits of its own, that says what AWS has. */
export function keepPlan(resource: TerraformResource, plan: UsagePlanModel | undefined, edit: FieldOf | "none"): Keep {
  if (edit === "none")
    return noEdit("a tier cannot say this: tags of its own, or a throttle of a method on one stage alone");
  const [field, value] = edit;
  const text = onOneLine({ [field]: value }).slice(2, -2);
  if (plan?.tier === undefined) return configurationEdit(resource, value === undefined ? `no ${field}` : text);
  if (plan.negotiatedFor !== undefined) {
    const path = ["subscriptions", plan.negotiatedFor, "limits"];
    if (!NEGOTIATED.includes(field))
      return noEdit(`limits of a subscription say only limits; the rest comes from tier ${plan.tier}`);
    return editOf(path, value === undefined ? `${field}: false` : text);
  }
  return value === undefined
    ? { path: ["tiers", plan.tier, field], edit: undefined, what: "take it out", commands: [] }
    : editOf(["tiers", plan.tier], text);
}

/** What a tier opens and throttles, where AWS has something else there: the field as it would be. */
export function editOfStages({ resource, part }: Changed, facts: Facts, actualOf: ActualOf): FieldOf | "none" {
  const actual = actualOf(resource);
  if (typeof actual === "string") return "none";
  const { stages } = decodeUsagePlan(actual);
  const own = stages.filter(({ apiId }) => apiId === part.of?.apiId);
  const api = facts.apis.get(part.of?.apiId ?? "")?.api;
  if (api === undefined) return "none";
  if (part.attribute === "stage") return ["access", accessOf(stages, facts)];
  const [first, ...others] = own.map(({ methodThrottles }) => JSON.stringify(methodThrottles));
  if (others.some((each) => each !== first) || own.some(({ unknownPaths }) => unknownPaths.length > 0)) return "none";
  const throttles = own[0]?.methodThrottles ?? [];
  // What limits of a subscription leave out is as its tier has it, so a throttle that is gone is written as false.
  const plan = facts.plans.get(stringOf(resource.attributes.id));
  const meant = plan?.negotiatedFor === undefined ? [] : decodeUsagePlan(resource.attributes).stages;
  const gone = new Set([
    ...meant
      .filter(({ apiId }) => apiId === part.of?.apiId)
      .flatMap(({ methodThrottles }) => methodThrottles.map(({ route }) => route)),
    ...(plan?.negotiatedFor === undefined ? [] : facts.throttledByTier(plan.tier, api)),
  ]);
  for (const { route } of throttles) gone.delete(route);
  const byRoute = Object.fromEntries([
    ...throttles.map(({ route, throttle }) => [route, throttle] as const),
    ...[...gone].map((route) => [route, false] as const),
  ]);
  return ["methodThrottle", { [api]: byRoute }];
}

function accessOf(stages: readonly { readonly apiId: string; readonly stage: string }[], facts: Facts) {
  const access: Record<string, string[]> = {};
  for (const { apiId, stage } of stages) {
    const api = facts.apis.get(apiId)?.api ?? apiId;
    access[api] = [...(access[api] ?? []), stage].sort();
  }
  return access;
}
