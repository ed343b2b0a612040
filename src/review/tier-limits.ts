import type { UsagePlanModel } from "../model/model";
import { formatLimits } from "../text/limits";
import { isExternal } from "./gateway-state";

/** `10/s, burst 20, 1,000 a day`, as far as the plans tell. */
export const describeLimits = (plan: UsagePlanModel): string =>
  isExternal(plan) ? "limits that these plans do not tell" : formatLimits(plan);
