import { DEFAULT_CHOICES, type LimitChoices } from "../../limiter/choices";
import { type DayNumber, dayOf } from "../../limiter/day-number";
import { largestBacklog } from "../../limiter/largest-backlog";
import { windowOf } from "../../limiter/quota-window";
import type { Quota } from "../../vocabulary/quota";
import type { ClientCalls } from "./client-calls";
import type { Intervals } from "./intervals";
import type { UseBefore } from "./use-before";

/** What clients ask for, whatever their limits: each figure is found once, for all candidates. */
export class Demand {
  private readonly backlogs = new Map<string, number>();
  private readonly laneTimes = new Map<number, Float64Array>();
  private readonly uses = new Map<string, number>();
  private readonly peaks = new Map<string, number>();
  private readonly series = new Map<string, readonly number[]>();

  constructor(
    readonly calls: ClientCalls,
    private readonly intervals: Intervals,
    private readonly choices: Partial<LimitChoices>,
    private readonly usedBefore: (client: number) => readonly UseBefore[],
  ) {}

  /** The smallest burst that refuses no call of a client at a rate. */
  backlogOf(client: number, rateLimit: number): number {
    return once(this.backlogs, `${client} ${rateLimit}`, () => largestBacklog(this.calls.timesOf(client), rateLimit));
  }

  /** The same of a client's calls of one route. */
  backlogIn(client: number, lane: number, rateLimit: number): number {
    return once(this.backlogs, `${client}/${lane} ${rateLimit}`, () =>
      largestBacklog(this.timesIn(client, lane), rateLimit),
    );
  }

  timesIn(client: number, lane: number): Float64Array {
    return once(this.laneTimes, lane, () => this.calls.timesIn(client, lane));
  }

  /** The most calls of a client in one period of a quota, with those that are known from before the log. */
  useOf(client: number, period: Quota["period"], offset = 0): number {
    return once(this.uses, `${client} ${period} ${offset}`, () =>
      largestUse(this.calls.timesOf(client), { limit: 1, period, offset }, this.choices, this.usedBefore(client)),
    );
  }

  /** The most calls of a client in any interval of a length, in milliseconds. */
  peakOf(client: number, length: number): number {
    return once(this.peaks, `${client} ${length}`, () => most(this.calls.timesOf(client), length));
  }

  /** The same of one route. */
  peakIn(client: number, lane: number, length: number): number {
    return once(this.peaks, `${client}/${lane} ${length}`, () => most(this.timesIn(client, lane), length));
  }

  /** How many calls some clients make in each interval. */
  seriesOf(clients: readonly number[]): readonly number[] {
    return once(this.series, clients.join(), () => {
      const counts = new Array<number>(this.intervals.count).fill(0);
      for (const client of clients)
        for (const at of this.calls.timesOf(client)) {
          const index = this.intervals.indexOf(at);
          counts[index] = (counts[index] as number) + 1;
        }
      return counts;
    });
  }
}

function once<Key, Value>(known: Map<Key, Value>, key: Key, find: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}

/** The most calls in any interval of a length, of those that begin with a call. */
function most(times: Float64Array, length: number): number {
  let largest = 0;
  for (let first = 0, end = 0; first < times.length; first++) {
    while (end < times.length && (times[end] as number) < (times[first] as number) + length) end++;
    if (end - first > largest) largest = end - first;
  }
  return largest;
}

/** The most calls in one period of a quota. */
function largestUse(
  times: Float64Array,
  quota: Quota,
  choices: Partial<LimitChoices>,
  before: readonly UseBefore[],
): number {
  let last: DayNumber = Number.NEGATIVE_INFINITY;
  let used = 0;
  let largest = 0;
  let dayBefore = Number.NaN;
  for (const at of times) {
    const day = dayOf(at);
    if (day !== dayBefore && day > last) {
      const window = windowOf(quota, day, { ...DEFAULT_CHOICES, ...choices });
      last = window.last;
      used = before.reduce((sum, each) => (each.day >= window.first && each.day <= last ? sum + each.used : sum), 0);
    }
    dayBefore = day;
    used++;
    if (used > largest) largest = used;
  }
  return largest;
}
