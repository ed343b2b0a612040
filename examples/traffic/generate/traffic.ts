import type { Catalog } from "../../../src";
import { type Demand, demandOf, keylessDemand, MOST_ATTEMPTS, type Runaway, runawayDemand, type Span } from "./demand";
import { type Habits, habitsOf } from "./habits";
import { answersBy } from "./limits";
import { keyIdOf, LineWriter } from "./line";
import { type Random, randomOf } from "./random";

export interface TrafficOptions {
  /**
   * How many days the log has.
   * @default 28
   */
  readonly days?: number;
  /**
   * Calls with a key on a workday, roughly: without those that are tried again, and without the runaway client.
   * @default - what the customers' habits make, some 700 for each
   */
  readonly callsADay?: number;
  /**
   * Equal seeds give equal logs.
   * @default "traffic"
   */
  readonly seed?: string;
  /**
   * The first day, in UTC.
   * @default "2026-10-05" - a Monday
   */
  readonly start?: string;
  /**
   * A client that calls without a pause from some hour on.
   * @default - one of `hooli`, every four seconds from 14:20 on, after three fifths of the days
   */
  readonly runaway?: Runaway;
}

const DAY = 86_400_000;

/**
 * The lines of an access log of `catalogOf(…)` in the order of their times, one at a time and without line breaks: people who work by day and
 * less on weekends, pages that make some calls at once, clients that try again, programs at night, and one client
 * that has lost its way. What is refused is refused by the catalog's own limits.
 *
 * @throws RangeError for a start that is not a day
 */
export function* trafficLines(catalog: Catalog, options: TrafficOptions = {}): Generator<string> {
  const { days = 28, seed = "traffic", start = "2026-10-05" } = options;
  const span: Span = { days, seed, start: Date.parse(`${start}T00:00:00Z`) };
  if (Number.isNaN(span.start))
    throw new RangeError(`start must be a day such as 2026-10-05, got ${JSON.stringify(start)}`);
  const clients = habitsOf(catalog.subscriptions, seed);
  const scale = (options.callsADay ?? workdayCalls(clients)) / workdayCalls(clients);
  const runaway = options.runaway ?? {
    subscription: "hooli",
    from: span.start + Math.floor(days * 0.6) * DAY + 14 * 3_600_000 + 20 * 60_000,
    pause: 4_000,
  };
  const answerTo = answersBy(catalog);
  const writer = new LineWriter(seed);
  const queue = new Retries(randomOf(seed, "retries"));
  let waiting: Demand[] = [];
  for (let at = span.start; at < span.start + days * DAY; at += DAY) {
    const demands = [...waiting, ...dayDemand({ clients, span, scale, runaway }, at)].sort((a, b) => a.time - b.time);
    const end = demands.findIndex(({ time }) => time >= at + DAY);
    waiting = end === -1 ? [] : demands.slice(end);
    for (const demand of queue.merged(end === -1 ? demands : demands.slice(0, end), at + DAY)) {
      const answer = answerTo(demand);
      const isRefused = answer === "THROTTLED" || answer === "QUOTA_EXCEEDED";
      if (isRefused && demand.attempt < MOST_ATTEMPTS) queue.add(demand);
      yield writer.lineOf(demand, answer);
    }
  }
}

/** Which subscription each key in the log belongs to, by the key's id in AWS. */
export const keysOf = ({ subscriptions }: Catalog): Record<string, string> =>
  Object.fromEntries(subscriptions.map(({ id }) => [keyIdOf(id), id]));

const workdayCalls = (clients: readonly Habits[]) => clients.reduce((sum, { calls }) => sum + calls, 0);

interface Crowd {
  readonly clients: readonly Habits[];
  readonly span: Span;
  readonly scale: number;
  readonly runaway: Runaway;
}

function* dayDemand({ clients, span, scale, runaway }: Crowd, at: number): Generator<Demand> {
  for (const client of clients) {
    const isRunaway = client.subscription.id === runaway.subscription;
    for (const demand of demandOf(client, at, span, scale)) if (!isRunaway || demand.time < runaway.from) yield demand;
    if (isRunaway && runaway.from < at + DAY) yield* runawayDemand(client, runaway, at, span.seed);
  }
  yield* keylessDemand(at, span.seed, scale);
}

/** Calls that clients try again, with twice the pause each time. */
class Retries {
  /** By time, the last one first. */
  private readonly queue: Demand[] = [];

  constructor(private readonly random: Random) {}

  add(refused: Demand): void {
    const pause = 200 * 2 ** refused.attempt * this.random.between(0.5, 1.5);
    const retry = { ...refused, time: refused.time + Math.ceil(pause), attempt: refused.attempt + 1 };
    let at = this.queue.length;
    while (at > 0 && (this.queue[at - 1] as Demand).time <= retry.time) at--;
    this.queue.splice(at, 0, retry);
  }

  /** First calls, in order, with those that are tried again among them; both until an instant. */
  *merged(demands: readonly Demand[], end: number): Generator<Demand> {
    for (const demand of demands) {
      yield* this.before(demand.time);
      yield demand;
    }
    yield* this.before(end);
  }

  private *before(time: number): Generator<Demand> {
    for (let next = this.queue.at(-1); next && next.time < time; next = this.queue.at(-1)) {
      this.queue.pop();
      yield next;
    }
  }
}
