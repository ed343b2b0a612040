import type { UsagePlanModel } from "../model/model";
import { isExternal } from "./gateway-state";

export const formatCount = (limit: number): string => limit.toLocaleString("en");

/** AWS takes fractions of a request a second. */
export const formatRate = (limit: number): string => `${limit.toLocaleString("en", { maximumFractionDigits: 6 })}/s`;

/** `10/s, burst 20, 1,000 a day`. */
export function describeLimits(plan: UsagePlanModel): string {
  if (isExternal(plan)) return "limits that these plans do not tell";
  const { throttle, quota } = plan;
  const parts = [
    ...(throttle ? [formatRate(throttle.rateLimit), `burst ${formatCount(throttle.burstLimit)}`] : []),
    ...(quota ? [`${formatCount(quota.limit)} a ${quota.period.toLowerCase()}`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "no limits";
}
