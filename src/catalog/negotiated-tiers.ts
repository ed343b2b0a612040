import { byName } from "../text/order";
import { show } from "../text/show";
import { unknownName } from "../vocabulary/identifier";
import { type NegotiatedLimitsInput, negotiatedPlanId } from "../vocabulary/negotiated-limits";
import type { EntryReader } from "../vocabulary/read-entry";
import { type RouteKey, readRouteKey } from "../vocabulary/route";
import type { Subscription } from "../vocabulary/subscription";
import type { Throttle } from "../vocabulary/throttle";
import type { NegotiatedTier, Tier, TierAccess } from "../vocabulary/tier";
import type { Names } from "./names";

/** What is needed to find the tiers of subscriptions, and to say where these stand. */
interface Joined {
  readonly subscriptions: readonly Subscription[];
  readonly tiers: readonly Tier[];
  readonly places: ReadonlyMap<string, string>;
}

/**
 * Usage plans of subscriptions with limits of their own: what they bought, with these limits. Sorted by id. Limits are checked
 * during a trial too, which has the limits of its tier.
 */
export function negotiatedTiers(
  reader: EntryReader,
  { subscriptions, tiers, places }: Joined,
  names: Names,
): NegotiatedTier[] {
  const byId = new Map(tiers.map((tier) => [tier.id, tier]));
  return subscriptions
    .flatMap((subscription) => {
      const { limits, boughtTier, id } = subscription;
      const tier = byId.get(boughtTier);
      if (!limits || !tier) return [];
      const refuse = (problem: string) => reader.refuse(places.get(id) ?? `subscription "${id}"`, problem);
      for (const problem of problemsOf(limits, tier, names)) refuse(problem);
      const negotiated = negotiatedTier(subscription, limits, tier);
      if (
        negotiated.throttle === undefined &&
        negotiated.access.some(({ methodThrottles }) => methodThrottles.length > 0)
      )
        refuse(
          `limits: has no throttle, but methods have (of limits or of tier "${tier.id}"), and AWS takes a throttle of a method ` +
            "only beside one of the whole plan; write limits.throttle, or false for those methods",
        );
      return subscription.plan === negotiated.id ? negotiated : [];
    })
    .sort((a, b) => byName(a.id, b.id));
}

function problemsOf({ methodThrottle = {} }: NegotiatedLimitsInput, tier: Tier, names: Names): string[] {
  return Object.entries(methodThrottle).flatMap(([api, routes]) => {
    const field = `limits.methodThrottle.${api}`;
    const known = names.apis.get(api);
    if (!known) return [`${field}: ${unknownName(api, "API", [...names.apis.keys()])}`];
    if (!tier.access.some((access) => access.api === api))
      return [`${field}: API "${api}" is not in the access of tier "${tier.id}"; drop it`];
    return Object.keys(routes).flatMap((route) => {
      const read = readRouteKey(route);
      if (known.existing) return "problem" in read ? [`${field}: route ${show(route)} ${read.problem}`] : [];
      if (known.routes.includes(route)) return [];
      return [`${field}: ${unknownName(route, "route", known.routes, `${show(route)} of API "${api}"`)}`];
    });
  });
}

function negotiatedTier(
  { id, customer, formerId }: Subscription,
  limits: NegotiatedLimitsInput,
  tier: Tier,
): NegotiatedTier {
  const chosen = <Limit>(own: Limit | false | undefined, ofTier: Limit | undefined) =>
    own === undefined ? ofTier : own === false ? undefined : own;
  return {
    ...tier,
    id: negotiatedPlanId(id),
    subscription: id,
    tier: tier.id,
    displayName: `${tier.displayName} (${customer === "" ? id : customer})`,
    access: tier.access.map((access) => withMethodThrottles(access, limits.methodThrottle?.[access.api])),
    throttle: chosen(limits.throttle, tier.throttle),
    quota: chosen(limits.quota, tier.quota),
    // Of one subscription alone, so nobody joins it.
    closed: false,
    formerId: formerId === undefined ? undefined : negotiatedPlanId(formerId),
  };
}

function withMethodThrottles(access: TierAccess, own: Readonly<Record<string, Throttle | false>> = {}): TierAccess {
  const throttles = new Map<string, Throttle | false>(
    access.methodThrottles.map(({ route, throttle }) => [route, throttle]),
  );
  for (const [route, throttle] of Object.entries(own)) throttles.set(route, throttle);
  return {
    ...access,
    methodThrottles: [...throttles]
      .flatMap(([route, throttle]) => (throttle === false ? [] : [{ route: route as RouteKey, throttle }]))
      .sort((a, b) => byName(a.route, b.route)),
  };
}
