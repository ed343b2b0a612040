import { withExternalKeys } from "../gateway/external-keys";
import type { GatewayModel, KeyModel, UsagePlanModel } from "../model/model";
import { formatQuota, formatThrottle } from "../text/limits";
import { show } from "../text/show";
import type { CountedQuota } from "./limits";
import type { LiveKey, LivePlan } from "./live";
import { placeOf } from "./unknowns";

/** The model as the account has it, as far as a key and its plans are concerned. */
export interface LiveModel {
  readonly model: GatewayModel;
  /** Where AWS has something else than the files, one sentence each. */
  readonly differences: readonly string[];
  readonly counted: (plan: UsagePlanModel) => CountedQuota | undefined;
}

/** @param key of the model with the keys that are managed elsewhere */
export function withLive(read: GatewayModel, key: KeyModel, live: LiveKey): LiveModel {
  const model = withExternalKeys(read);
  const differences: string[] = [];
  const isExternal = key.address === key.awsId;
  if (live.enabled !== key.enabled && !isExternal)
    differences.push(
      `the key is ${live.enabled ? "enabled" : "disabled"} in AWS, and ${key.enabled ? "enabled" : "disabled"} in the files`,
    );
  const own: KeyModel = { ...key, enabled: live.enabled, hasUnknownPlans: false };
  const found = new Map<string, LivePlan>();
  for (const each of live.plans) {
    const plan = model.plans.find(({ tier, name }) => (tier === undefined ? name === each.name : tier === each.tier));
    if (plan) found.set(plan.id, each);
    else
      differences.push(
        `in AWS the key is in the usage plan ${show(each.name)} (${each.awsId}), which is not in these files`,
      );
  }
  const plans = model.plans.map((plan) => {
    const others = plan.keys.filter(({ id }) => id !== key.id);
    const inAccount = found.get(plan.id);
    if (others.length < plan.keys.length !== (inAccount !== undefined))
      differences.push(
        `the key is in the usage plan "${plan.id}" ${inAccount ? "in AWS, and not in the files" : "by the files, and not in AWS"}`,
      );
    if (!inAccount) return { ...plan, keys: others, hasUnknownKeys: false };
    differences.push(...differencesOfLimits(plan, inAccount));
    const { throttle, quota } = inAccount;
    return { ...plan, throttle, quota, unknownLimits: [], keys: [...others, own] };
  });
  const isRead = new Set([own, ...plans.filter(({ id }) => found.has(id))].map(placeOf));
  return {
    model: {
      ...model,
      keys: model.keys.map((each) => (each.id === key.id ? own : each)),
      plans,
      unsupported: model.unsupported.filter((each) => each.kind !== "unknown" || !isRead.has(placeOf(each))),
    },
    differences,
    counted: ({ id }) => found.get(id)?.counted,
  };
}

function differencesOfLimits(plan: UsagePlanModel, live: LivePlan): string[] {
  const throttles = [live.throttle, plan.throttle].map((each) => (each ? formatThrottle(each) : "no throttle"));
  const quotas = [live.quota, plan.quota].map((each) => (each ? formatQuota(each) : "no quota"));
  const differs = ([inAccount, inFiles]: readonly string[]) =>
    inAccount === inFiles ? [] : [`the usage plan "${plan.id}" has ${inAccount} in AWS, and ${inFiles} in the files`];
  return [
    ...(plan.unknownLimits.includes("throttle") ? [] : differs(throttles)),
    ...(plan.unknownLimits.includes("quota") ? [] : differs(quotas)),
  ];
}
