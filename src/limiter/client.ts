import type { Forgettable } from "../memory/forgetting-map";
import type { Throttle } from "../vocabulary/throttle";
import { type MeteredPlan, QuotaMeter } from "./quota-meter";
import { TokenBucket } from "./token-bucket";

/** One key in one plan: the meter of its quota, with its buckets. */
export class Client extends QuotaMeter implements Forgettable {
  private bucket: TokenBucket | undefined;
  /** By method; as many as there are method throttles in the plan. */
  private methodBuckets: Map<string, TokenBucket> | undefined;

  /** @param usedAt milliseconds of a clock that never goes back */
  constructor(
    plan: MeteredPlan,
    key: string,
    public usedAt: number,
  ) {
    super(plan, key);
  }

  /** The bucket of the plan's throttle, over all stages. */
  bucketOfPlan(throttle: Throttle, now: number): TokenBucket {
    this.bucket ??= new TokenBucket(throttle, now);
    return this.bucket.refill(throttle, now);
  }

  /** The bucket of the plan's throttle for one method on one stage. */
  bucketOfMethod(method: string, throttle: Throttle, now: number): TokenBucket {
    this.methodBuckets ??= new Map();
    let bucket = this.methodBuckets.get(method);
    if (bucket === undefined) {
      bucket = new TokenBucket(throttle, now);
      this.methodBuckets.set(method, bucket);
    }
    return bucket.refill(throttle, now);
  }

  /** The buckets of the plan's method throttles that were asked so far, by method. */
  bucketsOfMethods(now: number): ReadonlyMap<string, TokenBucket> {
    for (const bucket of this.methodBuckets?.values() ?? []) bucket.refill(bucket.throttle, now);
    return this.methodBuckets ?? NO_BUCKETS;
  }

  /** Whether all of its buckets are full; what it has used of its quota is in the record. */
  isAsNew(now: number): boolean {
    if (this.bucket?.isAsNew(now) === false) return false;
    for (const bucket of this.methodBuckets?.values() ?? []) if (!bucket.isAsNew(now)) return false;
    return true;
  }
}

const NO_BUCKETS: ReadonlyMap<string, TokenBucket> = new Map();
