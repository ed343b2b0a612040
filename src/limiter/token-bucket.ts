import type { Forgettable } from "../memory/forgetting-map";
import type { Throttle } from "../vocabulary/throttle";

/**
 * A token comes in parts, and all counting is in whole parts: a millisecond adds a millionth of a token for each token a
 * second with six decimals, so nothing drifts.
 *
 * Exact for rates of up to six decimals (others are rounded to six; no rate to 0) and for bursts of up to 9,007,199, whose
 * parts are below 2^53; a larger bucket is off by less than a millionth of a token at each refill.
 */
export const PARTS = 1_000_000_000;
const SLOWEST = 1;

/**
 * A bucket of tokens: `burstLimit` of them when full, as it begins, and `rateLimit` more a second until it is full again.
 *
 * It counts what is missing to a full bucket. So a full bucket needs no memory, whatever its size is or becomes; and
 * when its size changes, what was taken stays taken.
 */
export class TokenBucket implements Forgettable {
  /** Whole tokens; one of which parts have come in is missing still. */
  private missing = 0;
  /** Parts of the next token that have come in. */
  private parts = 0;
  private pace: Pace;

  /** @param usedAt milliseconds of a clock that never goes back */
  constructor(
    throttle: Throttle,
    public usedAt: number,
  ) {
    this.pace = paceOf(throttle);
  }

  /** Adds what has come in since the last time, at the rate known then; from now on, these limits apply. */
  refill(throttle: Throttle, now: number): this {
    if (now !== this.usedAt) this.goOnTo(now);
    if (throttle !== this.pace.throttle) this.limitBy(throttle);
    return this;
  }

  /** Whole tokens that were left at the last refill and have not been taken since. */
  get tokens(): number {
    return this.pace.size - this.missing;
  }

  /** The limits that it had at the last refill. */
  get throttle(): Throttle {
    return this.pace.throttle;
  }

  /** Takes one of the tokens that are left. */
  take(): void {
    this.missing++;
  }

  /** Whether it is full, for then it does not matter what was taken. */
  isAsNew(now: number): boolean {
    return this.partsAt(now) >= this.missing * PARTS;
  }

  private goOnTo(now: number): void {
    const parts = this.partsAt(now);
    const tokens = Math.floor(parts / PARTS);
    // Fewer than PARTS: "| 0" changes nothing but that V8 keeps the number in the bucket instead of beside it.
    if (tokens < this.missing) this.lack(this.missing - tokens, (parts - tokens * PARTS) | 0);
    else this.lack(0, 0);
    this.usedAt = now;
  }

  private limitBy(throttle: Throttle): void {
    this.pace = paceOf(throttle);
    if (this.missing > this.pace.size) this.lack(this.pace.size, 0);
  }

  private lack(tokens: number, parts: number): void {
    this.missing = tokens;
    this.parts = parts;
  }

  /** All that have come in, if no token was made of them since the last refill. */
  private partsAt(now: number): number {
    return this.parts + (now - this.usedAt) * this.pace.partsPerMillisecond;
  }
}

/** A throttle, as a bucket counts. */
export interface Pace {
  readonly throttle: Throttle;
  /** In tokens. */
  readonly size: number;
  readonly partsPerMillisecond: number;
}

/** One for all buckets of a throttle, of which there may be a hundred thousand. */
const PACES = new WeakMap<Throttle, Pace>();

/** What a bucket counts with for a throttle. */
export function paceOf(throttle: Throttle): Pace {
  const known = PACES.get(throttle);
  if (known !== undefined) return known;
  const { rateLimit, burstLimit } = throttle;
  const pace = {
    throttle,
    // A limit of 0 refuses every request, as with AWS, whichever of the two it is.
    size: rateLimit > 0 ? burstLimit : 0,
    partsPerMillisecond: partsPerMillisecond(rateLimit),
  };
  PACES.set(throttle, pace);
  return pace;
}

/** Parts of tokens that come in at a rate. */
export const partsPerMillisecond = (rateLimit: number): number =>
  Math.max(SLOWEST, Math.round(rateLimit * (PARTS / 1_000)));
