import { setTimeout as sleep } from "node:timers/promises";
import { TokenBucket } from "../limiter/token-bucket";
import type { Throttle } from "../vocabulary/throttle";

/** Time, as an argument. */
export interface Clock {
  /** Milliseconds that never go back. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * Requests that AWS allows an account and Region for the control plane of API Gateway: all together, and of operations
 * that have a limit of their own. Deploys share them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html#api-gateway-control-service-limits-table
 */
export const CONTROL_PLANE_LIMITS: { readonly all: Throttle; readonly operations: Readonly<Record<string, Throttle>> } =
  { all: { rateLimit: 10, burstLimit: 40 }, operations: { GetResources: { rateLimit: 2.5, burstLimit: 5 } } };

/** Lets requests go at the pace that AWS allows, in the order in which they ask. */
export class RequestPace {
  private readonly buckets = new Map<Throttle, TokenBucket>();
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly limits = CONTROL_PLANE_LIMITS,
  ) {}

  /** Resolves when a request of this operation may be sent. */
  next(operation: string): Promise<void> {
    const own = this.limits.operations[operation];
    const limits = own ? [own, this.limits.all] : [this.limits.all];
    this.last = this.last.then(() => this.take(limits));
    return this.last;
  }

  private async take(limits: readonly Throttle[]): Promise<void> {
    for (;;) {
      const now = this.clock.now();
      const empty = limits.find((limit) => this.bucketOf(limit, now).refill(limit, now).tokens < 1);
      if (!empty) break;
      await this.clock.sleep(Math.ceil(1_000 / empty.rateLimit));
    }
    for (const limit of limits) this.buckets.get(limit)?.take();
  }

  private bucketOf(limit: Throttle, now: number): TokenBucket {
    const known = this.buckets.get(limit);
    if (known) return known;
    const bucket = new TokenBucket(limit, now);
    this.buckets.set(limit, bucket);
    return bucket;
  }
}

/**
 * What resolves when a request of an operation may be sent, on the machine's own clock.
 *
 * @param unpaced whether it is at once, as for a server that stands in for AWS
 */
export function pacedUnless(unpaced: boolean): (operation: string) => Promise<void> {
  if (unpaced) return () => Promise.resolve();
  const pace = new RequestPace({ now: () => performance.now(), sleep });
  return (operation) => pace.next(operation);
}
