interface Entry<Value> {
  readonly value: Value;
  readonly until: number;
}

/** Values that are kept in memory for a while; the oldest makes room for the newest. */
export class ExpiringCache<Value> {
  private readonly entries = new Map<string, Entry<Value>>();

  constructor(
    private readonly clock: () => number,
    private readonly capacity: number,
  ) {}

  /** The entry rather than its value, since `undefined` is a value too. */
  get(name: string): Entry<Value> | undefined {
    const entry = this.entries.get(name);
    return entry !== undefined && this.clock() < entry.until ? entry : undefined;
  }

  set(name: string, value: Value, seconds: number): void {
    // A map is ordered by when a name was first set, so what is renewed has to leave first.
    this.entries.delete(name);
    this.entries.set(name, { value, until: this.clock() + seconds * 1000 });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.capacity) return;
      this.entries.delete(oldest);
    }
  }
}
