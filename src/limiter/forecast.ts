import type { Quota } from "../vocabulary/quota";
import type { Throttle } from "../vocabulary/throttle";
import type { Layer, ThrottleLayer } from "./verdict";

/** A limit that a request meets, and requests that it has left. */
export type MetLimit =
  | { readonly layer: ThrottleLayer; readonly left: number; readonly throttle: Throttle }
  | { readonly layer: "quota"; readonly left: number; readonly quota: Quota };

/** What becomes of a request that is repeated in one instant until it is refused. */
export interface Forecast {
  /** All limits that the request meets, in the order in which AWS checks them. */
  readonly limits: readonly MetLimit[];
  /** How many of the requests pass. */
  readonly passes: number;
  /** Which limit refuses the next one. */
  readonly refuses: Layer;
}

/** Requests that each limit has left; `undefined` for a limit that the request does not meet. */
export type Left = Readonly<Record<Layer, number | undefined>>;

/** @param refusing which limit refuses a request when this is left, as the limiter decides it */
export function forecastOf(limits: readonly MetLimit[], refusing: (left: Left) => Layer | undefined): Forecast {
  const passes = Math.min(...limits.map(({ left }) => left));
  const left: Record<Layer, number | undefined> = {
    "plan method": undefined,
    plan: undefined,
    "stage method": undefined,
    account: undefined,
    quota: undefined,
  };
  for (const limit of limits) left[limit.layer] = limit.left - passes;
  return { limits, passes, refuses: refusing(left) ?? "account" };
}
