import type { Throttle } from "../../src/vocabulary/throttle";

/** Decides on one request for each of these keys, in this order, by the clock. Answers how many it let through. */
export type Decide = (keys: readonly string[]) => number | Promise<number>;

/** What each file in `contestants` exports as `prepare`: a token bucket a key, all with the same limits, and one for all. */
export type Prepare = (throttle: Throttle) => Decide;

/** Who is measured: the files in `contestants`, in the order of the table. */
export const CONTESTANTS = {
  "this-project": "this project",
  "this-project-whole": "this project, all limits",
  limiter: "limiter",
  "limiter-bare": "limiter, bare buckets",
  "rate-limiter-flexible": "rate-limiter-flexible",
} as const;

export type Contestant = keyof typeof CONTESTANTS;

/** The limits of every key. Nobody reaches the one; the other is reached by the first request. */
export const THROTTLES = {
  "let through": { rateLimit: 1_000_000, burstLimit: 1_000_000_000 },
  refused: { rateLimit: 0.01, burstLimit: 1 },
} as const satisfies Record<string, Throttle>;

export type Outcome = keyof typeof THROTTLES;

/** The limit of all keys together. Nobody reaches it. */
export const ACCOUNT_THROTTLE: Throttle = { rateLimit: 1_000_000_000, burstLimit: 1_000_000 };
