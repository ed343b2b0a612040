import { TokenBucket } from "limiter";
import type { Throttle } from "../../../src/vocabulary/throttle";
import { ACCOUNT_THROTTLE, type Prepare } from "../contestant";

/** Buckets with the account's as their parent, which is how this library combines limits. */
export const prepare: Prepare = (throttle) => prepareBuckets(throttle, fullBucket(ACCOUNT_THROTTLE));

/** It has no keys: a map is added. Its `RateLimiter` around the bucket would do more, because it keeps a window as well. */
export function prepareBuckets(throttle: Throttle, parentBucket?: TokenBucket): ReturnType<Prepare> {
  const buckets = new Map<string, TokenBucket>();
  const add = (key: string) => {
    const bucket = fullBucket(throttle, parentBucket);
    buckets.set(key, bucket);
    return bucket;
  };
  return (keys) => {
    let passed = 0;
    for (const key of keys) if ((buckets.get(key) ?? add(key)).tryRemoveTokens(1)) passed++;
    return passed;
  };
}

function fullBucket({ rateLimit, burstLimit }: Throttle, parentBucket?: TokenBucket): TokenBucket {
  const bucket = new TokenBucket({
    bucketSize: burstLimit,
    tokensPerInterval: rateLimit,
    interval: "second",
    parentBucket,
  });
  bucket.content = burstLimit; // It would begin empty.
  return bucket;
}
