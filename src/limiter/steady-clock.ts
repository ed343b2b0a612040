/**
 * Time that never goes back, made of a clock that may.
 *
 * It counts the milliseconds by which the clock moves forward. A small step back is a late reading: time stands still until
 * the clock has caught up, and no moment is counted twice. A larger one means that the clock was set: time goes on from
 * there. So buckets and what is forgotten of them need no thought for clocks.
 */
export class SteadyClock {
  private elapsed = 0;
  private latest = Number.NaN;

  /** @param tolerance how far the clock may step back and be waited for, in milliseconds */
  constructor(private readonly tolerance: number) {}

  /** Milliseconds since the first reading, of which this may be one; never fewer than before. */
  read(at: number): number {
    const step = at - this.latest;
    if (step > 0) this.elapsed += step;
    if (!(step <= 0 && step >= -this.tolerance)) this.latest = at;
    return this.elapsed;
  }
}
