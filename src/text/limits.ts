// Making one takes far longer than using it.
const COUNTS = new Intl.NumberFormat("en");
const RATES = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });

/** A whole number for people: `1,000`. */
export const formatCount = (count: number): string => COUNTS.format(count);

/** Requests a second, of which AWS takes fractions: `0.5/s`. */
export const formatRate = (rate: number): string => `${RATES.format(rate)}/s`;

interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

interface Quota {
  readonly limit: number;
  readonly period: string;
}

/** `10/s, burst 20` */
export const formatThrottle = ({ rateLimit, burstLimit }: Throttle): string =>
  `${formatRate(rateLimit)}, burst ${formatCount(burstLimit)}`;

/** `1,000 a day` */
export const formatQuota = ({ limit, period }: Quota): string => `${formatCount(limit)} a ${period.toLowerCase()}`;

/** `10/s, burst 20, 1,000 a day`; `no limits` where there are none. */
export function formatLimits(limits: {
  readonly throttle: Throttle | undefined;
  readonly quota: Quota | undefined;
}): string {
  const parts = [
    ...(limits.throttle ? [formatThrottle(limits.throttle)] : []),
    ...(limits.quota ? [formatQuota(limits.quota)] : []),
  ];
  return parts.join(", ") || "no limits";
}
