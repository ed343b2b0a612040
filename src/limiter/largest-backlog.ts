import { PARTS, partsPerMillisecond } from "./token-bucket";

/**
 * The most tokens that are missing to a full bucket after any of some calls, if all of them pass: the smallest burst that refuses none,
 * for with one less, the call after which most are missing would be refused. Counted as `TokenBucket` counts.
 *
 * @param times of the calls, in milliseconds, ascending
 * @param rateLimit tokens a second, above 0
 */
export function largestBacklog(times: ArrayLike<number>, rateLimit: number): number {
  const pace = partsPerMillisecond(rateLimit);
  let lack = 0;
  let largest = 0;
  let before = 0;
  for (let index = 0; index < times.length; index++) {
    const at = times[index] as number;
    const left = lack - (at - before) * pace;
    lack = left > 0 ? left + PARTS : PARTS;
    if (lack > largest) largest = lack;
    before = at;
  }
  return Math.ceil(largest / PARTS);
}
