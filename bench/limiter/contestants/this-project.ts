import { Limiter } from "../../../src/limiter/limiter";
import { ACCOUNT_THROTTLE, type Prepare } from "../contestant";

/** One plan with a throttle. The account's bucket is asked too, as it always is. */
export const prepare: Prepare = (throttle) => {
  const limiter = new Limiter({ accountThrottle: ACCOUNT_THROTTLE });
  const plan = { id: "plan", throttle };
  const method = "pets/prod/GET /pets";
  return (keys) => {
    let passed = 0;
    for (const key of keys) if (limiter.decide({ client: { key, plan }, method }, Date.now()).allowed) passed++;
    return passed;
  };
};
