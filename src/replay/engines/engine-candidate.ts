import type { Quota } from "../../vocabulary/quota";
import type { Throttle } from "../../vocabulary/throttle";

/** Limits that an engine tries, and the keys that they are for. */
export interface EngineCandidate {
  /** `as it is`, or what it changes: `gold.throttle.rateLimit=50`. */
  readonly name: string;
  /** The limits of a key: its tier's. */
  readonly tiers: readonly EngineTier[];
  readonly keys: readonly EngineKey[];
}

export interface EngineTier {
  readonly tier: string;
  /** @default - no limit */
  readonly throttle?: Throttle | undefined;
  /** Without `offset`, which concerns the first period of a plan alone. @default - no limit */
  readonly quota?: Quota | undefined;
}

export interface EngineKey {
  /** The key's id in AWS, never its value. */
  readonly key: string;
  readonly subscription: string;
  /** One of the candidate's tiers. */
  readonly tier: string;
}

/** A row of the answer, one for each key that called and each candidate. */
export interface EngineRow {
  readonly candidate: string;
  readonly tier: string;
  readonly subscription: string;
  readonly apiKeyId: string;
  /** Calls that met limits. */
  readonly calls: number;
  /** Calls that the throttle, or the quota, refuses: without the calls that were refused then, and with all of them. */
  readonly throttledLow: number;
  readonly quotaLow: number;
  readonly throttledHigh: number;
  readonly quotaHigh: number;
}
