import type { ExportedSubscription } from "../contract/self-service-export";
import { byName } from "../text/order";
import type { GatewayModel, KeyModel } from "./model";

/** A subscription that is both in the files of Terraform and in the self-service. */
export class RepeatedSubscriptionError extends Error {}

/**
 * The model with the keys of customers who signed up by themselves, which are in no file of Terraform: in the plans of the tiers that
 * they are on.
 *
 * @throws RepeatedSubscriptionError for a subscription that the files have, too: reports would take two customers for one
 */
export function withRuntimeKeys(model: GatewayModel, subscriptions: readonly ExportedSubscription[]): GatewayModel {
  if (subscriptions.length === 0) return model;
  const known = new Set(model.keys.flatMap(({ subscription }) => subscription ?? []));
  const both = subscriptions
    .filter(({ subscription }) => known.has(subscription))
    .map(({ subscription }) => subscription);
  if (both.length > 0)
    throw new RepeatedSubscriptionError(
      `${both.join(", ")}: a subscription of the catalog and of the self-service; end one and start it again by another id`,
    );
  const added = subscriptions.flatMap((subscription) =>
    subscription.keys
      .filter(({ to }) => to === undefined)
      .map((key) => ({ subscription, model: keyModel(subscription, key) })),
  );
  const isOn = ({ tiers }: ExportedSubscription, tier: string | undefined) => tiers.at(-1)?.tier === tier;
  return {
    ...model,
    keys: sorted([...model.keys, ...added.map((each) => each.model)]),
    plans: model.plans.map((plan) => ({
      ...plan,
      keys:
        plan.negotiatedFor === undefined
          ? sorted([
              ...plan.keys,
              ...added.filter(({ subscription }) => isOn(subscription, plan.tier)).map((each) => each.model),
            ])
          : plan.keys,
    })),
  };
}

const sorted = (keys: readonly KeyModel[]): KeyModel[] => [...keys].sort((a, b) => byName(a.id, b.id));

function keyModel(
  { subscription, customer }: ExportedSubscription,
  { id, name, from, works }: ExportedSubscription["keys"][number],
): KeyModel {
  return {
    stack: "self-service",
    address: `${subscription}/${name}`,
    id: `${subscription}/${name}`,
    subscription,
    key: name,
    awsId: id,
    createdAt: from,
    name: `${subscription}#${name}`,
    description: customer,
    enabled: works,
    valueHash: undefined,
    valueVariable: undefined,
    hasUnknownPlans: false,
    handedOver: undefined,
  };
}
