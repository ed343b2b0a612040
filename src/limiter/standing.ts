import type { Throttle } from "../vocabulary/throttle";

/** What a key has left in a plan. */
export interface Standing {
  /** Requests that could follow at once; `undefined` where the plan has no throttle. */
  readonly tokens: number | undefined;
  /** Requests of the quota, in its period; `undefined` where the plan has no quota. */
  readonly quota: number | undefined;
  /** Requests that were counted on the day, in UTC. */
  readonly usedToday: number;
  /** The buckets of the plan's method throttles that were asked since the key called first. */
  readonly methods: readonly MethodStanding[];
}

export interface MethodStanding {
  /** As in `LimitedRequest.method`. */
  readonly method: string;
  readonly tokens: number;
  readonly throttle: Throttle;
}
