import type { Throttle } from "../catalog/throttle";
import type { Forgettable } from "./forgetting-map";

/**
 * A token is this many units, and all counting is in whole units: a millisecond adds a millionth of a token for each
 * token a second with six decimals, so nothing drifts.
 *
 * Exact for rates of up to six decimals (others are rounded to six; no rate to 0) and for bursts of up to 9,007,199, whose
 * units are below 2^53; a larger bucket is off by less than a millionth of a token at each refill.
 */
const TOKEN = 1_000_000_000;
const SLOWEST = 1;

/**
 * A bucket of tokens: `burstLimit` of them when full, as it begins, and `rateLimit` more a second until it is full again.
 *
 * It counts what is missing to a full bucket. A full one is thereby as good as none, whatever its size is or becomes; and
 * when its size changes, what was taken stays taken.
 */
export class TokenBucket implements Forgettable {
  private missing = 0;
  private units: Units;

  /** @param usedAt milliseconds of a clock that never goes back */
  constructor(
    throttle: Throttle,
    public usedAt: number,
  ) {
    this.units = unitsOf(throttle);
  }

  /** Adds what has come in since the last time, at the rate known then; from now on, these limits apply. */
  refill(throttle: Throttle, now: number): this {
    if (now !== this.usedAt) this.goOnTo(now);
    if (throttle !== this.units.throttle) this.limitBy(throttle);
    return this;
  }

  /** Whole tokens that were left at the last refill and have not been taken since. */
  get tokens(): number {
    return Math.floor((this.units.capacity - this.missing) / TOKEN);
  }

  /** Whether less than a whole one is left. */
  get isEmpty(): boolean {
    return this.units.capacity - this.missing < TOKEN;
  }

  /** Takes one of the tokens that are left. */
  take(): void {
    this.missing += TOKEN;
  }

  /** Whether it is full, for then it does not matter what was taken. */
  isAsNew(now: number): boolean {
    return this.missingAt(now) === 0;
  }

  private goOnTo(now: number): void {
    this.missing = this.missingAt(now);
    this.usedAt = now;
  }

  private limitBy(throttle: Throttle): void {
    this.units = unitsOf(throttle);
    this.missing = Math.min(this.missing, this.units.capacity);
  }

  private missingAt(now: number): number {
    return Math.max(0, this.missing - (now - this.usedAt) * this.units.perMillisecond);
  }
}

/** A throttle, counted in units. */
interface Units {
  readonly throttle: Throttle;
  readonly capacity: number;
  readonly perMillisecond: number;
}

/** One for all buckets of a throttle, of which there may be a hundred thousand. */
const KNOWN = new WeakMap<Throttle, Units>();

function unitsOf(throttle: Throttle): Units {
  const known = KNOWN.get(throttle);
  if (known !== undefined) return known;
  const { rateLimit, burstLimit } = throttle;
  const units = {
    throttle,
    // A limit of 0 lets nobody through, as with AWS, whichever of the two it is.
    capacity: rateLimit > 0 ? burstLimit * TOKEN : 0,
    perMillisecond: Math.max(SLOWEST, Math.round(rateLimit * (TOKEN / 1_000))),
  };
  KNOWN.set(throttle, units);
  return units;
}
