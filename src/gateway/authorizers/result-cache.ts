interface Entry<Value> {
  readonly value: Value;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Results that are used again for a while; beyond its capacity, what was kept first is dropped. Time is an argument. */
export class ResultCache<Value> {
  private readonly entries = new Map<string, Entry<Value>>();

  constructor(private readonly capacity: number) {}

  get(name: string, at: number): Value | undefined {
    const entry = this.entries.get(name);
    if (entry === undefined) return undefined;
    if (at < entry.until) return entry.value;
    this.entries.delete(name);
    return undefined;
  }

  set(name: string, value: Value, until: number): void {
    // A map is ordered by when a name was first set, so what is renewed has to leave first.
    this.entries.delete(name);
    this.entries.set(name, { value, until });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.capacity) return;
      this.entries.delete(oldest);
    }
  }
}
