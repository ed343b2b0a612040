import type { KeyUse, Threshold } from "./summary";

/**
 * Whether keys reached a share of their quota, in percent.
 *
 * @param isBlind whether there may be keys that the store does not hold
 */
export function thresholdOf(percent: number, keys: readonly KeyUse[], isBlind: boolean): Threshold {
  const reached = keys.filter((key) => hasReached(key, percent));
  const open = keys.filter((key) => !hasReached(key, percent) && isOpen(key));
  const verdict = reached.length > 0 ? "reached" : open.length > 0 || isBlind ? "unknown" : "not reached";
  return { percent, verdict, reached: reached.length, unknown: open.length };
}

const hasReached = ({ state, period }: KeyUse, percent: number): boolean =>
  period === null ? state === "used up" : period.share >= percent / 100;

const isOpen = ({ state, period }: KeyUse): boolean => (period === null ? state === "unknown" : period.isAtLeast);
