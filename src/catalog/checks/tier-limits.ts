import { type Finding, warning } from "../../text/finding";
import { DEFAULT_LIMITS } from "../../vocabulary/aws-limits";
import type { Throttle } from "../../vocabulary/throttle";
import { isNegotiated, type Tier } from "../../vocabulary/tier";
import type { Catalog } from "../catalog";

/** Limits that AWS accepts, but that cannot do what they seem to. */
export function checkTierLimits(catalog: Catalog, placeOfSubscription: (id: string) => string): Finding[] {
  const { tiers, negotiatedTiers } = catalog;
  const findings = [...tiers, ...negotiatedTiers].flatMap((tier) => {
    const place = isNegotiated(tier) ? placeOfSubscription(tier.subscription) : `tier "${tier.id}"`;
    return [
      ...(tier.throttle ? throttleMakesSense(place, "throttle", tier.throttle) : []),
      ...quotaMakesSense(place, tier),
      ...methodThrottlesMakeSense(place, tier),
    ];
  });
  const plans = tiers.length + negotiatedTiers.length;
  const what = negotiatedTiers.length === 0 ? "tiers" : "tiers and negotiated limits";
  if (plans > DEFAULT_LIMITS.usagePlansPerRegion)
    findings.push(
      warning(
        "catalog",
        `has ${plans} ${what}, over AWS's default of ${DEFAULT_LIMITS.usagePlansPerRegion} usage plans ` +
          "for each account and Region; ask AWS to raise it",
      ),
    );
  return findings;
}

function throttleMakesSense(place: string, field: string, { rateLimit, burstLimit }: Throttle): Finding[] {
  const findings: Finding[] = [];
  if (burstLimit < rateLimit)
    findings.push(
      warning(
        place,
        `${field}: burstLimit ${burstLimit} is below rateLimit ${rateLimit}, so a second's worth of requests that come ` +
          "at once is refused; raise burstLimit",
      ),
    );
  const account = { rateLimit: DEFAULT_LIMITS.accountRateLimit, burstLimit: DEFAULT_LIMITS.accountBurstLimit };
  for (const name of ["rateLimit", "burstLimit"] as const) {
    const value = { rateLimit, burstLimit }[name];
    if (value > account[name])
      findings.push(
        warning(
          place,
          `${field}: ${name} ${value} is over the ${account[name]} that AWS gives a whole account by default; ` +
            "ask AWS to raise it, or promise less",
        ),
      );
  }
  return findings;
}

function quotaMakesSense(place: string, { quota, throttle }: Tier): Finding[] {
  if (!quota || !throttle || quota.limit >= throttle.burstLimit) return [];
  const message = `quota: ${quota.limit} for each ${quota.period} is used up by one burst of ${throttle.burstLimit}; raise it, or lower burstLimit`;
  return [warning(place, message)];
}

function methodThrottlesMakeSense(place: string, tier: Tier): Finding[] {
  return tier.access.flatMap(({ api, methodThrottles }) => {
    const findings = methodThrottles.flatMap(({ route, throttle }) => {
      const field = `methodThrottle.${api}."${route}"`;
      const found = throttleMakesSense(place, field, throttle);
      if (tier.throttle && throttle.rateLimit > tier.throttle.rateLimit)
        found.push(
          warning(
            place,
            `${field}: rateLimit ${throttle.rateLimit} is over the tier's own ${tier.throttle.rateLimit}, which a ` +
              "request needs too (unless the limiter's choice methodThrottle is instead); lower it, or drop it",
          ),
        );
      return found;
    });
    const most = DEFAULT_LIMITS.methodThrottlesPerStage;
    if (methodThrottles.length > most)
      findings.push(
        warning(
          place,
          `methodThrottle.${api} has ${methodThrottles.length} methods, over AWS's default of ${most} for each stage ` +
            "of a usage plan; ask AWS to raise it",
        ),
      );
    return findings;
  });
}
