/** Where a worker ends, as a function that AWS kills: before a call took effect, or after it did and before it was answered. */
export type Fate = "goes on" | "ends before" | "ends after" | "fails";

/** A call to the outside, as a worker makes it. */
export type Call = <Value>(effect: () => Value | Promise<Value>) => Promise<Value>;

interface Waiting {
  readonly actor: Actor;
  readonly resume: () => void;
}

class Actor {
  isAlive = true;
}

/**
 * Runs several workers in one thread, in an order that a generator chooses: each stops at each call to the outside, and goes
 * on when it is chosen. One that ends never returns, so that none of its `catch` and `finally` runs.
 */
export class Interleaving {
  private readonly waiting: Waiting[] = [];
  private running = 0;
  private idle: (() => void) | undefined;
  /** Calls to the outside so far. */
  calls = 0;

  /**
   * @param choose gives a number from 0 to below its argument
   * @param fate what becomes of the next call
   */
  constructor(
    private readonly choose: (below: number) => number,
    private readonly fate: () => Fate,
    private readonly failure: () => Error,
  ) {}

  /** The outside as one worker sees it; `call` wraps each of its calls. */
  start<Result>(run: (call: Call) => Promise<Result>): Promise<Result> {
    const actor = new Actor();
    this.running++;
    const call: Call = async (effect) => {
      this.calls++;
      await new Promise<void>((resume) => {
        this.waiting.push({ actor, resume });
        this.stops();
      });
      const fate = this.fate();
      if (fate === "ends before") return this.ends(actor);
      if (fate === "fails") throw this.failure();
      const value = await effect();
      return fate === "ends after" ? this.ends(actor) : value;
    };
    return run(call).finally(() => {
      if (actor.isAlive) this.stops();
    });
  }

  /** Runs until all workers have returned or ended. */
  async finish(): Promise<void> {
    for (;;) {
      if (this.running > 0) await new Promise<void>((resolve) => (this.idle = resolve));
      if (this.waiting.length === 0) return;
      const [next] = this.waiting.splice(this.choose(this.waiting.length), 1);
      this.running++;
      next?.resume();
    }
  }

  private stops(): void {
    if (--this.running === 0) this.idle?.();
  }

  private ends(actor: Actor): Promise<never> {
    actor.isAlive = false;
    this.stops();
    return new Promise(() => {});
  }
}
