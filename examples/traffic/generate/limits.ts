import type { Catalog } from "../../../src";
import { type LimitedRequest, Limiter } from "../../../src/limiter/limiter";
import type { Demand } from "./demand";
import { type Answer, keyIdOf } from "./line";

type LimitsOfTier = (demand: Demand, key: string) => LimitedRequest;

/** How API Gateway answers calls, one after the other, by the limits of a catalog. */
export function answersBy(catalog: Catalog): (demand: Demand) => Answer {
  const limiter = new Limiter();
  const keys = new Map(catalog.subscriptions.map(({ id }) => [id, keyIdOf(id)]));
  const tiers = new Map(catalog.tiers.map((tier) => [tier.id, limitsOf(tier)]));
  return (demand) => {
    const { client, route, stage, time } = demand;
    if (route === "GET -") return "MISSING_AUTHENTICATION_TOKEN";
    if (client === undefined && route !== "GET /health") return "INVALID_API_KEY";
    const request: LimitedRequest =
      client === undefined
        ? { method: `${stage} ${route}` }
        : (tiers.get(client.subscription.tier) as LimitsOfTier)(demand, keys.get(client.subscription.id) as string);
    const verdict = limiter.decide(request, time);
    if (verdict.allowed) return "answered";
    return verdict.reason === "quota" ? "QUOTA_EXCEEDED" : "THROTTLED";
  };
}

function limitsOf({ id, throttle, quota, access }: Catalog["tiers"][number]): LimitsOfTier {
  const plan = { id, ...(throttle && { throttle }), ...(quota && { quota }) };
  const throttles = new Map(
    access.flatMap(({ methodThrottles }) => methodThrottles.map((each) => [each.route, each.throttle] as const)),
  );
  return ({ route, stage }, key) => {
    const methodThrottle = [...throttles].find(([limited]) => limited === route)?.[1];
    return { method: `${stage} ${route}`, client: { key, plan, ...(methodThrottle && { methodThrottle }) } };
  };
}
