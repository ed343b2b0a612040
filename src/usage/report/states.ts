import { byName } from "../../text/order";
import type { KeyUse, QuotaState, SubscriptionUse } from "./summary";

/** The most urgent first. */
const ORDER: readonly QuotaState[] = ["used up", "near", "unknown", "fine", "unlimited", "left"];

export const worstOf = (states: readonly QuotaState[]): QuotaState =>
  ORDER.find((each) => states.includes(each)) ?? "left";

/** The share that decides on a subscription's place: that of its fullest key. */
export const shareOf = (keys: readonly KeyUse[]): number | null =>
  keys.reduce<number | null>((most, { period }) => (period === null ? most : Math.max(most ?? 0, period.share)), null);

/** By the share of the quota, the largest first; then where it is not known, then without a quota. */
export function byShare(a: SubscriptionUse, b: SubscriptionUse): number {
  return rankOf(b) - rankOf(a) || b.requests - a.requests || byName(keyOf(a), keyOf(b));
}

function rankOf({ share, state }: SubscriptionUse): number {
  if (share !== null) return share;
  return state === "used up" ? 1 : -1 - ORDER.indexOf(state);
}

const keyOf = ({ subscription, keys }: SubscriptionUse): string => subscription ?? keys[0]?.key ?? "";
