import type { Throttle } from "../vocabulary/throttle";

/** The throttle of a method: its own, or else that of all methods. */
export const methodThrottleOf = (route: string, throttles: ReadonlyMap<string, Throttle>): Throttle | undefined =>
  throttles.size === 0 ? undefined : (throttles.get(route) ?? throttles.get("*"));
