import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Prepare } from "../contestant";

/**
 * Its limiter in memory, whose fixed window does less than a bucket. It answers with promises; nobody waits for one before
 * asking for the next, since that takes longer.
 */
export const prepare: Prepare = ({ rateLimit, burstLimit }) => {
  const limiter = new RateLimiterMemory({ points: burstLimit, duration: burstLimit / rateLimit });
  return async (keys) => {
    let passed = 0;
    const pass = () => {
      passed++;
    };
    const refuse = () => {};
    let last: Promise<void> | undefined;
    for (const key of keys) last = limiter.consume(key).then(pass, refuse);
    await last;
    return passed;
  };
};
