import type { ExportedSubscription } from "../contract/self-service-export";
import { byName } from "../text/order";
import { show } from "../text/show";
import type { GatewayModel, KeyModel, UsagePlanModel } from "./model";

/** Subscriptions of the self-service that do not fit the files of Terraform. */
export class RuntimeKeysError extends Error {}

/** How the keys come into a model. */
export interface RuntimeKeysOptions {
  /**
   * Whether keys that do not work any more are in the plan that they were in last, disabled: they were used, and are billed.
   * @default false
   */
  readonly retired?: boolean;
  /**
   * Tiers that are known although the model has no plan of them, such as those before or after a change.
   * @default - those of the model's plans
   */
  readonly tiers?: ReadonlySet<string>;
}

type ExportedKey = ExportedSubscription["keys"][number];

/**
 * The model with the keys of customers who signed up by themselves, which are in no file of Terraform: in the plans of the tiers that
 * they are on.
 *
 * @throws RuntimeKeysError for a subscription that the files have, too, because reports would take two customers for one; and for
 * one on a tier of which nobody knows the plan, because reports would say that its keys open nothing
 */
export function withRuntimeKeys(
  model: GatewayModel,
  subscriptions: readonly ExportedSubscription[],
  { retired = false, tiers = tiersOf(model) }: RuntimeKeysOptions = {},
): GatewayModel {
  if (subscriptions.length === 0) return model;
  refuseRepeated(model, subscriptions);
  refuseUnknownTiers(subscriptions, tiers);
  const added = subscriptions.flatMap((subscription) =>
    subscription.keys
      .filter(({ to }) => retired || to === undefined)
      .map((key) => ({ tier: lastTier(subscription, key), model: keyModel(subscription, key) })),
  );
  const keysOn = (tier: string | undefined) => added.filter((each) => each.tier === tier).map((each) => each.model);
  return {
    ...model,
    keys: sorted([...model.keys, ...added.map((each) => each.model)]),
    plans: model.plans.map((plan) => ({
      ...plan,
      keys: isForAll(plan) ? sorted([...plan.keys, ...keysOn(plan.tier)]) : plan.keys,
    })),
  };
}

/** Tiers that have a plan for all of their customers. */
export const tiersOf = ({ plans }: GatewayModel): ReadonlySet<string> =>
  new Set(plans.filter(isForAll).flatMap(({ tier }) => tier ?? []));

const isForAll = ({ negotiatedFor }: UsagePlanModel): boolean => negotiatedFor === undefined;

function refuseRepeated({ keys }: GatewayModel, subscriptions: readonly ExportedSubscription[]): void {
  const known = new Set(keys.flatMap(({ subscription }) => subscription ?? []));
  const both = subscriptions.filter(({ subscription }) => known.has(subscription));
  if (both.length > 0)
    throw new RuntimeKeysError(
      `${both.map(({ subscription }) => subscription).join(", ")}: a subscription of the catalog and of the self-service; ` +
        "end one and start it again by another id",
    );
}

function refuseUnknownTiers(subscriptions: readonly ExportedSubscription[], tiers: ReadonlySet<string>): void {
  const lost = subscriptions.flatMap((subscription) => {
    const { tier = "" } = subscription.tiers.at(-1) ?? {};
    return subscription.keys.some(({ to }) => to === undefined) && !tiers.has(tier)
      ? [`${show(subscription.subscription)} is on tier ${show(tier)}`]
      : [];
  });
  if (lost.length > 0)
    throw new RuntimeKeysError(
      `self-service: ${lost.join(", ")}, of which there is no usage plan here; after a tier was renamed, deploy the stack ` +
        "self-service, wait the 15 minutes in which the service writes the new id, and export again; otherwise move these " +
        "customers to another tier, or add the tier again",
    );
}

/** The tier in whose plan a key is, or was when it stopped working. */
function lastTier({ tiers }: ExportedSubscription, { to }: ExportedKey): string | undefined {
  if (to === undefined) return tiers.at(-1)?.tier;
  // A key that stops at the time of a move stays where it was.
  return (tiers.findLast(({ from }) => Date.parse(from) < Date.parse(to)) ?? tiers[0])?.tier;
}

const sorted = (keys: readonly KeyModel[]): KeyModel[] => [...keys].sort((a, b) => byName(a.id, b.id));

function keyModel(
  { subscription, customer }: ExportedSubscription,
  { id, name, from, to, works }: ExportedKey,
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
    enabled: works && to === undefined,
    valueHash: undefined,
    valueVariable: undefined,
    hasUnknownPlans: false,
    handedOver: undefined,
  };
}
