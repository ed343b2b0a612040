import type { SynthesizedPlan } from "../synthesized/model";
import { isElsewhere } from "./world";

export const formatCount = (limit: number): string => limit.toLocaleString("en");

/** AWS takes fractions of a request a second. */
export const formatRate = (limit: number): string => `${limit.toLocaleString("en", { maximumFractionDigits: 6 })}/s`;

/** `10/s, burst 20, 1,000 a day`. */
export function limitsInWords(plan: SynthesizedPlan): string {
  if (isElsewhere(plan)) return "limits that these plans do not tell";
  const { throttle, quota } = plan;
  const parts = [
    ...(throttle ? [formatRate(throttle.rateLimit), `burst ${formatCount(throttle.burstLimit)}`] : []),
    ...(quota ? [`${formatCount(quota.limit)} a ${quota.period.toLowerCase()}`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "no limits";
}
