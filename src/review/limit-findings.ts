import { counted, type Finding } from "./finding";
import type { Replayed } from "./replayed";
import { aboutTier } from "./subjects";
import type { LimitChange, TierChange } from "./tiers";

/**
 * One finding for each tier with such changes of its limits.
 *
 * @param replayed by which it says whom they would have refused
 */
export function limitFindings(
  tiers: readonly TierChange[],
  chosen: (limit: LimitChange) => boolean,
  replayed?: Replayed,
): Finding[] {
  return tiers.flatMap((tier): Finding[] => {
    const limits = tier.limits.filter(chosen);
    if (limits.length === 0) return [];
    const attributes = limits.flatMap(({ scope, what }) =>
      scope === "method" ? ["api_stages"] : [what === "quota" ? "quota_settings" : "throttle_settings"],
    );
    return [
      {
        ...aboutTier(tier),
        what: [
          limits.map(inWords).join("; "),
          counted(tier.customers, "customer", "customers"),
          ...(replayed && tier.after ? [replayed.ofTier(tier.after)] : []),
        ].join("; "),
        customers: tier.after?.keys.map(({ id }) => id) ?? [],
        explains: tier.change ? [{ change: tier.change, attributes }] : [],
      },
    ];
  });
}

/** `rateLimit 10/s → 5/s (−50 %)`. */
export function inWords({ what, before, after, share }: LimitChange): string {
  return `${what} ${before ?? "unlimited"} → ${after ?? "unlimited"}${share === undefined ? "" : ` (${percent(share)})`}`;
}

/** `−50 %`, `+900 %`. */
function percent(share: number): string {
  const digits = Math.abs(share) < 0.1 ? 1 : 0;
  const number = Math.abs(share * 100).toLocaleString("en", { maximumFractionDigits: digits });
  return `${share < 0 ? "−" : "+"}${number} %`;
}
