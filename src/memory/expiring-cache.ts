interface Entry<Value> {
  readonly value: Value;
  /** Milliseconds of the caller's clock. */
  readonly until: number;
}

/**
 * Values that are kept for a while; beyond the capacity, the entry that was not used for longest makes room. Time is an
 * argument.
 *
 * This is not `lru-cache`: that package reads a clock of its own, cannot hold `undefined` (here: there is no key), and
 * would be the largest part of the key authorizer's bundle.
 */
export class ExpiringCache<Value> {
  private readonly entries = new Map<string, Entry<Value>>();

  /** @param capacity the most entries that are kept */
  constructor(private readonly capacity: number) {}

  /**
   * The entry rather than its value, since `undefined` is a value too.
   * @param at milliseconds of the caller's clock
   */
  get(name: string, at: number): { readonly value: Value } | undefined {
    const entry = this.entries.get(name);
    if (entry === undefined) return undefined;
    this.entries.delete(name);
    if (at >= entry.until) return undefined;
    // A map is ordered by when a name was first set, so what is used leaves and comes again.
    this.entries.set(name, entry);
    return entry;
  }

  /** @param until milliseconds of the caller's clock, from which on the value is not used any more */
  set(name: string, value: Value, until: number): void {
    this.entries.delete(name);
    this.entries.set(name, { value, until });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.capacity) return;
      this.entries.delete(oldest);
    }
  }
}
