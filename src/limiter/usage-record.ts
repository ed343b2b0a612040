import type { DayNumber } from "./day-number";

/** Requests of one key in one plan that were counted on one day. */
export interface DayUse {
  used: number;
}

/** What was used on one day, by plan and key. */
export class UsageOfDay {
  private readonly plans = new Map<string, Map<string, DayUse>>();

  constructor(readonly day: DayNumber) {}

  /** The use of a key, to be read or added to. */
  of(plan: string, key: string): DayUse {
    const keys = this.plans.get(plan) ?? added(this.plans, plan, new Map<string, DayUse>());
    return keys.get(key) ?? added(keys, key, { used: 0 });
  }

  /** The uses of all keys that called. */
  ofAll(plan: string): ReadonlyMap<string, Readonly<DayUse>> {
    return this.plans.get(plan) ?? new Map();
  }
}

/**
 * What each key used in each plan, by day: the one place where use is counted, for quotas and for reports.
 *
 * It holds one number for each key and plan on each of the days that it remembers, and forgets a whole day at a time.
 */
export class UsageRecord {
  /** In the order in which they were met, so that a clock that once was years ahead does not make today old. */
  private readonly days = new Map<DayNumber, UsageOfDay>();
  private latest = new UsageOfDay(Number.NaN);

  /** @param remembered how many days with calls */
  constructor(private readonly remembered: number) {}

  /** The uses of a day. */
  on(day: DayNumber): UsageOfDay {
    if (this.latest.day !== day) this.latest = this.days.get(day) ?? this.begin(day);
    return this.latest;
  }

  /** Requests of a key that were counted on the days from `first` to `last`. */
  used(plan: string, key: string, first: DayNumber, last: DayNumber): number {
    let used = 0;
    for (let day = first; day <= last; day++) used += this.days.get(day)?.ofAll(plan).get(key)?.used ?? 0;
    return used;
  }

  /** Keys that called on the days from `first` to `last`, in order. */
  keys(plan: string, first: DayNumber, last: DayNumber): string[] {
    const keys = new Set<string>();
    for (let day = first; day <= last; day++)
      for (const key of this.days.get(day)?.ofAll(plan).keys() ?? []) keys.add(key);
    return [...keys].sort();
  }

  private begin(day: DayNumber): UsageOfDay {
    const [oldest] = this.days.keys();
    if (oldest !== undefined && this.days.size >= this.remembered) this.days.delete(oldest);
    return added(this.days, day, new UsageOfDay(day));
  }
}

function added<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value {
  map.set(key, value);
  return value;
}
