import type { ExternalKey, GatewayModel, KeyModel } from "../model/model";
import { byName } from "../text/order";

/**
 * The model with the keys that are managed elsewhere among its own: to a gateway, each key in a plan is a customer. Whether AWS
 * has it enabled is not in the files, so here it is, and the differences say so.
 */
export function withExternalKeys(model: GatewayModel): GatewayModel {
  const { keys, plans, external } = model;
  if (external.keys.length === 0) return model;
  const added = new Map(external.keys.map((key) => [key, served(key)]));
  const merged = (own: readonly KeyModel[], others: readonly ExternalKey[]) =>
    [...own, ...others.flatMap((key) => added.get(key) ?? [])].sort((a, b) => byName(a.id, b.id));
  return {
    ...model,
    keys: merged(keys, external.keys),
    plans: plans.map((plan) => ({ ...plan, keys: merged(plan.keys, plan.externalKeys), externalKeys: [] })),
    external: { ...external, keys: [] },
  };
}

function served({ id, awsId, subscription, key, stack, name }: ExternalKey): KeyModel {
  return {
    stack,
    address: awsId,
    id,
    subscription,
    key,
    awsId,
    createdAt: undefined,
    name,
    description: "",
    enabled: true,
    valueHash: undefined,
    valueVariable: undefined,
    hasUnknownPlans: false,
    handedOver: undefined,
  };
}
