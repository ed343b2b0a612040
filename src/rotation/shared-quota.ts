import type { Quota } from "../vocabulary/quota";
import type { Throttle } from "../vocabulary/throttle";

/**
 * What each key of a customer may still use in a period, so that together they stay within what was sold: the quota without
 * what all of them used. Each gets all of it, because nobody knows with which key the customer calls next: a key that got a part would
 * be refused while the customer still has quota.
 *
 * @param used requests of each key in the period, those of keys that were disabled or taken away in it too
 */
export const sharedRemaining = ({ limit }: Pick<Quota, "limit">, used: readonly number[]): number =>
  Math.max(0, limit - used.reduce((sum, each) => sum + each, 0));

/**
 * By how many requests a period may exceed the quota although it is shared: what all keys can call, at the plan's throttle, in the time of
 * which the figures say nothing; `undefined` without a throttle, where only the account's limits hold them back.
 *
 * @param keys how many work
 * @param seconds from the instant up to which usage was counted to the next time at which the quota is shared
 */
export function toleranceOf(keys: number, throttle: Throttle | undefined, seconds: number): number | undefined {
  return throttle && keys * Math.ceil(throttle.burstLimit + throttle.rateLimit * seconds);
}

/**
 * The same of one time at which it is shared: no key calls more than the quota before it, and none more than what it got after it.
 *
 * @param remaining what each key got
 * @param lateSeconds by how much the figures were late
 */
export function toleranceUntilNext(
  keys: number,
  { throttle, quota }: { readonly throttle?: Throttle | undefined; readonly quota: Pick<Quota, "limit"> },
  remaining: number,
  { lateSeconds, everySeconds }: { readonly lateSeconds: number; readonly everySeconds: number },
): number {
  const late = keys * Math.min(toleranceOf(1, throttle, lateSeconds) ?? quota.limit, quota.limit);
  const byQuota = (keys - 1) * remaining + late;
  return Math.min(toleranceOf(keys, throttle, lateSeconds + everySeconds) ?? byQuota, byQuota);
}
