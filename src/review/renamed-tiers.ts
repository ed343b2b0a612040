import type { ExportedSubscription } from "../contract/self-service-export";
import { type GatewayState, placeOf } from "./gateway-state";

/** Tiers whose plan gets another tier's id where it stands, by the id before: Terraform keeps the plan, with the keys in it. */
export function tiersRenamed(before: GatewayState, after: GatewayState): ReadonlyMap<string, string> {
  const tiersByPlace = ({ gateway }: GatewayState) =>
    new Map(
      gateway.plans.flatMap((plan) =>
        plan.tier === undefined || plan.negotiatedFor !== undefined ? [] : [[placeOf(plan), plan.tier] as const],
      ),
    );
  const [then, now] = [tiersByPlace(before), tiersByPlace(after)];
  const left = new Set(now.values());
  return new Map(
    [...then].flatMap(([place, was]) => {
      const is = now.get(place);
      return is === undefined || is === was || left.has(was) ? [] : [[was, is] as const];
    }),
  );
}

/** Subscriptions once their tiers have other ids. */
export const onRenamedTiers = (
  subscriptions: readonly ExportedSubscription[],
  renamed: ReadonlyMap<string, string>,
): ExportedSubscription[] =>
  subscriptions.map((subscription) => ({
    ...subscription,
    tiers: subscription.tiers.map((period) => ({ ...period, tier: renamed.get(period.tier) ?? period.tier })),
  }));
