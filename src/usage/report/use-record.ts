import { type DayNumber, dateOf, dayOfDate } from "../../limiter/day-number";
import { type LastReading, readReadings } from "../collect/readings";
import type { UsagePartition, UsageStore } from "../store/usage-store";
import { withoutOvertaken } from "../store/without-overtaken";
import type { UsageDay } from "../usage-day";

/** Whose a key was on a day. */
export type Holder = Pick<UsageDay, "subscription" | "customer" | "tier" | "enabled" | "membership">;

/** What the store says of one key in one plan on one day. */
export interface KeyDay {
  readonly used: number;
  /** `undefined` where AWS did not say it. */
  readonly remaining: number | undefined;
  /** Milliseconds since the epoch. */
  readonly read: number;
  readonly final: boolean;
  readonly holder: Holder;
}

/** One key in one plan, day by day: compact, because there are 10,000 keys and 90 days. */
export class KeySeries {
  private readonly used: Float64Array;
  private readonly remaining: Float64Array;
  private readonly read: Float64Array;
  private readonly final: Uint8Array;
  /** Place in `holders`, from 1 on; 0 for a day without a line. */
  private readonly holderOn: Uint16Array;
  private readonly holders: Holder[] = [];

  constructor(
    readonly key: string,
    private readonly firstDay: DayNumber,
    length: number,
  ) {
    this.used = new Float64Array(length);
    this.remaining = new Float64Array(length).fill(Number.NaN);
    this.read = new Float64Array(length);
    this.final = new Uint8Array(length);
    this.holderOn = new Uint16Array(length);
  }

  /** Of two lines of a day, the one that was read last counts. */
  add(day: DayNumber, line: UsageDay): void {
    const place = day - this.firstDay;
    const read = Date.parse(line.read);
    if (this.holderOn[place] !== 0 && (this.read[place] as number) > read) return;
    this.used[place] = line.used;
    // Below 0 for a plan without a quota, which is not a number of requests.
    this.remaining[place] =
      line.reported && line.remaining !== null && line.remaining >= 0 ? line.remaining : Number.NaN;
    this.read[place] = read;
    this.final[place] = line.final ? 1 : 0;
    this.holderOn[place] = this.placeOf(line);
  }

  private placeOf({ subscription, customer, tier, enabled, membership }: UsageDay): number {
    const same = this.holders.findIndex(
      (each) =>
        each.subscription === subscription &&
        each.customer === customer &&
        each.tier === tier &&
        each.enabled === enabled &&
        each.membership === membership,
    );
    return same >= 0 ? same + 1 : this.holders.push({ subscription, customer, tier, enabled, membership });
  }

  /** `undefined` where the key was not in the plan, or the day is not in the record. */
  at(day: DayNumber): KeyDay | undefined {
    const place = day - this.firstDay;
    const holder = this.holders[(this.holderOn[place] ?? 0) - 1];
    if (holder === undefined) return undefined;
    const remaining = this.remaining[place] as number;
    return {
      used: this.used[place] as number,
      remaining: Number.isNaN(remaining) ? undefined : remaining,
      read: this.read[place] as number,
      final: this.final[place] === 1,
      holder,
    };
  }

  /** The last day in the plan, not after another. */
  lastUntil(day: DayNumber): DayNumber | undefined {
    for (let place = Math.min(day - this.firstDay, this.holderOn.length - 1); place >= 0; place--)
      if (this.holderOn[place] !== 0) return this.firstDay + place;
    return undefined;
  }
}

/** One usage plan: the days that were collected, and its keys. */
export class PlanRecord {
  readonly keys = new Map<string, KeySeries>();
  private readonly days = new Set<DayNumber>();
  /** The first day that was collected. */
  firstDay: DayNumber = Number.POSITIVE_INFINITY;
  /** The last one. */
  lastDay: DayNumber = Number.NEGATIVE_INFINITY;

  /** @param isGone whether AWS does not have it any more */
  constructor(
    readonly id: string,
    readonly isGone: boolean,
  ) {}

  collect(day: DayNumber): void {
    this.days.add(day);
    this.firstDay = Math.min(this.firstDay, day);
    this.lastDay = Math.max(this.lastDay, day);
  }

  wasCollected(day: DayNumber): boolean {
    return this.days.has(day);
  }

  /** The last day that was collected, not after another. */
  lastUntil(day: DayNumber): DayNumber | undefined {
    for (let each = day; each >= this.firstDay; each--) if (this.days.has(each)) return each;
    return undefined;
  }
}

/** What the store holds of some days. */
export class UseRecord {
  readonly plans = new Map<string, PlanRecord>();
  /** Days of which it holds something. */
  readonly collected = new Set<DayNumber>();

  constructor(
    readonly first: DayNumber,
    readonly last: DayNumber,
    /** The last readings by usage plan. */
    readonly readings: ReadonlyMap<string, LastReading>,
  ) {}

  /** Notes that a plan was collected on a day, also one without keys. */
  collect(plan: string, day: DayNumber): PlanRecord {
    this.collected.add(day);
    const record = this.plans.get(plan) ?? new PlanRecord(plan, this.readings.get(plan)?.gone === true);
    this.plans.set(plan, record);
    record.collect(day);
    return record;
  }

  add(line: UsageDay, day = dayOfDate(line.day)): void {
    const { keys } = this.collect(line.plan, day);
    const series = keys.get(line.key) ?? new KeySeries(line.key, this.first, this.last - this.first + 1);
    keys.set(line.key, series);
    series.add(day, line);
  }

  /** Whether it is known of a plan what its keys did on a day: it was collected, or did not exist. */
  knows(plan: PlanRecord, day: DayNumber): boolean {
    if (plan.wasCollected(day)) return true;
    return this.collected.has(day) && (day < plan.firstDay || (plan.isGone && day > plan.lastDay));
  }
}

/** Reads what a store holds of some days. */
export async function readUse(store: UsageStore, first: DayNumber, last: DayNumber): Promise<UseRecord> {
  const record = new UseRecord(first, last, await readReadings(store));
  for await (const partitions of store.partitionsByDay({ from: dateOf(first), to: dateOf(last) })) {
    const day = dayOfPartitions(partitions, store);
    for (const { plan } of partitions) record.collect(plan, day);
    const lines = partitions.flatMap(({ day, plan, lines }) => lines.map((line): UsageDay => ({ day, plan, ...line })));
    for (const line of withoutOvertaken(lines)) record.add(line, day);
  }
  return record;
}

function dayOfPartitions([partition]: readonly UsagePartition[], store: UsageStore): DayNumber {
  const day = partition?.day ?? "";
  try {
    return dayOfDate(day);
  } catch {
    throw new Error(
      `${store.placeOf(`usage/day=${day}`)}: is not a day of the calendar; delete the folder, or rename it`,
    );
  }
}
