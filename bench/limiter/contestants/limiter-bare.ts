import type { Prepare } from "../contestant";
import { prepareBuckets } from "./limiter";

/** Each key alone: a map and a subtraction, the least that could be asked for. */
export const prepare: Prepare = (throttle) => prepareBuckets(throttle);
