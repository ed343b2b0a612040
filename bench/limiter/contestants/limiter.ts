import { TokenBucket } from "limiter";
import type { Prepare } from "../contestant";

/** Its bucket, without its `RateLimiter` around it, which keeps a window besides. It has no keys: a map is added. */
export const prepare: Prepare = ({ rateLimit, burstLimit }) => {
  const buckets = new Map<string, TokenBucket>();
  const add = (key: string) => {
    const bucket = new TokenBucket({ bucketSize: burstLimit, tokensPerInterval: rateLimit, interval: "second" });
    bucket.content = burstLimit; // It would begin empty.
    buckets.set(key, bucket);
    return bucket;
  };
  return (keys) => {
    let passed = 0;
    for (const key of keys) if ((buckets.get(key) ?? add(key)).tryRemoveTokens(1)) passed++;
    return passed;
  };
};
