import { formatLimits } from "../text/limits";
import type { AnyPlan } from "./gateway-state";

/** `10/s, burst 20, 1,000 a day`, as far as the plans tell. */
export const describeLimits = (plan: AnyPlan): string =>
  "external" in plan ? "limits that these plans do not tell" : formatLimits(plan);
