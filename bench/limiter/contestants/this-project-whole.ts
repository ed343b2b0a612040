import { Limiter } from "../../../src/limiter/limiter";
import { ACCOUNT_THROTTLE, type Prepare } from "../contestant";

/** All that can limit a request: the plan's method throttle, its throttle and quota, the stage's throttle, the account's. */
export const prepare: Prepare = (throttle) => {
  const limiter = new Limiter({ accountThrottle: ACCOUNT_THROTTLE });
  const plan = { id: "plan", throttle, quota: { limit: 2_000_000_000, period: "MONTH" as const } };
  const method = "pets/prod/GET /pets";
  return (keys) => {
    let passed = 0;
    for (const key of keys) {
      const request = { client: { key, plan, methodThrottle: throttle }, method, stageThrottle: ACCOUNT_THROTTLE };
      if (limiter.decide(request, Date.now()).allowed) passed++;
    }
    return passed;
  };
};
