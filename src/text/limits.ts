// Making the first one in a process takes 10 ms, and each one takes far longer than using it.
let counts: Intl.NumberFormat | undefined;
let rates: Intl.NumberFormat | undefined;

/** A whole number for people: `1,000`. */
export function formatCount(count: number): string {
  counts ??= new Intl.NumberFormat("en");
  return counts.format(count);
}

/** Requests a second, of which AWS takes fractions: `0.5/s`. */
export function formatRate(rate: number): string {
  rates ??= new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
  return `${rates.format(rate)}/s`;
}

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
