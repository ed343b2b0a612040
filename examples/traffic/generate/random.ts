import { createHash } from "node:crypto";

/** Numbers that look random, the same for the same seed on every machine. */
export interface Random {
  /** A whole number of 32 bits, 0 or more. */
  bits(): number;
  /** From 0 up to, but not including, 1. */
  share(): number;
  /** A number between two. */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** A positive number that is `mean` on average, and most often smaller: the time between events that know nothing of each other. */
  gap(mean: number): number;
  /** A whole number of events, `mean` on average, with the spread of events that know nothing of each other. */
  count(mean: number): number;
}

/** @param seed of any parts, so that each customer and day can have a sequence that does not depend on the others */
export function randomOf(...seed: readonly (string | number)[]): Random {
  const digest = createHash("sha256").update(JSON.stringify(seed)).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at)) as [number, number, number, number];
  // "sfc32" of PractRand.
  const bits = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  const share = () => bits() / 4_294_967_296;
  const between = (low: number, high: number) => low + share() * (high - low);
  const gap = (mean: number) => -Math.log(1 - share()) * mean;
  return {
    bits,
    share,
    between,
    whole: (low, high) => low + Math.floor(share() * (high - low + 1)),
    gap,
    count: (mean) => {
      let count = 0;
      for (let at = gap(1); at < mean; at += gap(1)) count++;
      return count;
    },
  };
}
