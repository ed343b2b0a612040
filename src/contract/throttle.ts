import type { Throttle } from "../vocabulary/throttle";
import { number } from "./resource-type";

/** The provider sends 0 for a number that is missing, and 0 blocks every request. */
export const THROTTLE = { rate_limit: number(0), burst_limit: number(0) };

export const encodeThrottle = ({ rateLimit, burstLimit }: Throttle) => ({
  rate_limit: rateLimit,
  burst_limit: burstLimit,
});

export const decodeThrottle = (block: { readonly rate_limit: number; readonly burst_limit: number }): Throttle => ({
  rateLimit: block.rate_limit,
  burstLimit: block.burst_limit,
});
