import type * as sdk from "@aws-sdk/client-api-gateway";
import { type DayNumber, dateOf } from "../../limiter/day-number";

/** Asks for a page of a usage plan's usage. */
export type GetUsage = (input: sdk.GetUsageCommandInput) => Promise<sdk.Usage>;

/** The largest page that AWS gives. */
const PAGE = 500;

export interface Days {
  readonly first: DayNumber;
  /** It is among them. */
  readonly last: DayNumber;
}

/** What AWS said of a day of a key. */
export interface Reported {
  readonly used: number;
  /** `null` where AWS did not say it. */
  readonly remaining: number | null;
}

/** What AWS says of the keys of one usage plan on some days. */
export class PlanUsage {
  private readonly keys = new Map<string, Float64Array>();
  /**
   * What AWS reported under something else than the id of a key that is known. It may be the value of a key, so nothing of it
   * is kept but how many there were, and how many calls they made.
   */
  readonly unknown = { entries: 0, calls: 0 };
  /** Keys of which a day had several figures, or one that is not a number. */
  readonly unclear = new Set<string>();
  requests = 0;

  constructor(readonly days: Days) {}

  /** `undefined` for a day that AWS left out. */
  at(key: string, day: DayNumber): Reported | undefined {
    const place = 2 * (day - this.days.first);
    const [used, remaining] = this.keys.get(key)?.subarray(place, place + 2) ?? [];
    if (used === undefined || Number.isNaN(used)) return undefined;
    return { used, remaining: remaining === undefined || Number.isNaN(remaining) ? null : remaining };
  }

  /** The first day with calls of a key, from a day on. */
  firstCall(key: string, from: DayNumber): DayNumber | undefined {
    for (let day = Math.max(from, this.days.first); day <= this.days.last; day++) if (this.calls(key, day)) return day;
    return undefined;
  }

  /** The last day with calls of a key, down to a day. */
  lastCall(key: string, from: DayNumber): DayNumber | undefined {
    for (let day = this.days.last; day >= Math.max(from, this.days.first); day--) if (this.calls(key, day)) return day;
    return undefined;
  }

  /** Keys with calls on a day. */
  *calledOn(day: DayNumber): Generator<string> {
    for (const key of this.keys.keys()) if (this.calls(key, day)) yield key;
  }

  private calls(key: string, day: DayNumber): boolean {
    return (this.at(key, day)?.used ?? 0) > 0;
  }

  set(key: string, day: DayNumber, { used, remaining }: Reported): void {
    let figures = this.keys.get(key);
    if (!figures) {
      figures = new Float64Array(2 * (this.days.last - this.days.first + 1)).fill(Number.NaN);
      this.keys.set(key, figures);
    }
    const place = 2 * (day - this.days.first);
    const before = figures[place];
    // A page that came twice says the same; of two that do not, the larger is the newer: calls are only added.
    if (before !== undefined && before > used) return;
    figures.set([used, remaining ?? Number.NaN], place);
  }
}

/**
 * Reads what a usage plan's keys used on some days.
 *
 * AWS gives a list of figures for each key, one a day, and may leave out days without calls: then the list does not say which
 * days it is about, and the days are asked for in two halves, until each figure has its day.
 *
 * @param isKnown whether this is the id of a key, and so not the value of one
 */
export async function readPlanUsage(
  getUsage: GetUsage,
  plan: string,
  days: Days,
  isKnown: (key: string) => boolean,
): Promise<PlanUsage> {
  const usage = new PlanUsage(days);
  const ask = async (range: Days, key?: string): Promise<void> => {
    const { shorter, pages } = await readPages(getUsage, plan, range, key, isKnown, usage);
    if (shorter.size === 0) return;
    const middle = Math.floor((range.first + range.last) / 2);
    const halves = [
      { first: range.first, last: middle },
      { first: middle + 1, last: range.last },
    ];
    // A few keys are asked for one by one, many together.
    const asked = shorter.size <= pages ? [...shorter] : [key];
    for (const each of asked) for (const half of halves) await ask(half, each);
  };
  await ask(days);
  return usage;
}

async function readPages(
  getUsage: GetUsage,
  plan: string,
  range: Days,
  keyId: string | undefined,
  isKnown: (key: string) => boolean,
  usage: PlanUsage,
): Promise<{ readonly shorter: ReadonlySet<string>; readonly pages: number }> {
  const isWhole = range.first === usage.days.first && range.last === usage.days.last;
  const length = range.last - range.first + 1;
  const shorter = new Set<string>();
  let position: string | undefined;
  let pages = 0;
  do {
    const input = { usagePlanId: plan, startDate: dateOf(range.first), endDate: dateOf(range.last), limit: PAGE };
    const page = await getUsage({ ...input, ...(keyId === undefined ? {} : { keyId }), position });
    pages++;
    usage.requests++;
    for (const [key, list] of Object.entries(page.items ?? {})) {
      const figures = list.map(reported);
      if (!isKnown(key)) {
        // Halves say the same again.
        if (!isWhole) continue;
        usage.unknown.entries++;
        usage.unknown.calls += figures.reduce((sum, figure) => sum + (figure?.used ?? 0), 0);
      } else if (figures.length === length)
        for (const [index, figure] of figures.entries()) {
          if (figure) usage.set(key, range.first + index, figure);
        }
      else if (length > 1) figures.length > 0 && shorter.add(key);
      else if (figures.length > 1) usage.unclear.add(key);
    }
    position = page.position;
  } while (position !== undefined);
  return { shorter, pages };
}

/** `[used, remaining]`; `undefined` for a day of which it says nothing. */
function reported(pair: readonly number[] | null | undefined): Reported | undefined {
  const [used, remaining] = pair ?? [];
  if (used === undefined || !Number.isSafeInteger(used) || used < 0) return undefined;
  return { used, remaining: remaining !== undefined && Number.isSafeInteger(remaining) ? remaining : null };
}
