import type { Habits } from "./habits";
import { type Random, randomOf } from "./random";

/** A call as a client makes it. */
export interface Demand {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** `undefined` for a client without a key. */
  readonly client: Habits | undefined;
  readonly route: Route;
  readonly stage: "test" | "prod";
  /** How often the client has tried before. */
  readonly attempt: number;
}

/** `-` is a path that the API does not have. */
export type Route = "GET /meditations" | "POST /meditations" | "GET /meditations/{id}" | "GET /health" | "GET -";

/** The times over which calls are made. */
export interface Span {
  readonly seed: string;
  /** A midnight in UTC, in milliseconds since the epoch. */
  readonly start: number;
  readonly days: number;
}

/** From an instant on, a client of a customer calls without a pause, in place of what it did before. */
export interface Runaway {
  readonly subscription: string;
  readonly from: number;
  /** Milliseconds between two calls, on average. */
  readonly pause: number;
}

/** Refused calls are tried again so often. */
export const MOST_ATTEMPTS = 3;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PAGES = 6;
/** What an hour of the customer's day has of its calls, from midnight on. */
const HOURS = [2, 1, 1, 1, 1, 2, 4, 8, 14, 20, 22, 21, 16, 19, 22, 21, 19, 15, 10, 8, 7, 6, 5, 3];

/** The calls of a customer's people and programs on a day that begins at an instant; not in order. */
export function* demandOf(client: Habits, at: number, span: Span, scale: number): Generator<Demand> {
  const random = randomOf(span.seed, "demand", client.subscription.id, at);
  const [fewest, most] = client.page;
  const growth = 1 + ((client.growth - 1) * (at - span.start)) / (span.days * DAY);
  const calls = client.calls * scale * growth * weekdayShare(client, at);
  const dayCalls = calls * random.between(1 - client.spread, 1 + client.spread);
  const sessions = random.count(dayCalls / (PAGES * ((fewest + most) / 2)));
  for (let session = 0; session < sessions; session++) {
    let time = at + (drawnHour(random) - client.hoursAhead) * HOUR + random.share() * HOUR;
    if (time < at) time += DAY;
    for (let page = random.whole(1, 2 * PAGES - 1); page > 0; page--) {
      yield* pageOf(client, time, random);
      time += 4_000 + random.gap(8_000);
    }
  }
  for (let group = 0; group < Math.round(client.imports * scale); group++)
    for (let entry = 0; entry < 14; entry++) {
      const time = at + 2 * HOUR + group * 3_000 + entry * 40 + random.whole(0, 30);
      yield { time, client, route: "POST /meditations", stage: "prod", attempt: 0 };
    }
}

function* pageOf(client: Habits, at: number, random: Random): Generator<Demand> {
  const stage = client.subscription.tier === "gold" && random.share() < 0.1 ? "test" : "prod";
  for (let call = random.whole(...client.page); call > 0; call--) {
    const drawn = random.share();
    const route = drawn < 0.3 ? "GET /meditations" : drawn < 0.97 ? "GET /meditations/{id}" : "POST /meditations";
    yield { time: Math.floor(at + random.share() * 250), client, route, stage, attempt: 0 };
  }
}

/** What a client does that has lost its way. It does not wait for an answer, so it does not try again either. */
export function* runawayDemand(client: Habits, { from, pause }: Runaway, at: number, seed: string): Generator<Demand> {
  const random = randomOf(seed, "runaway", at);
  for (let time = Math.max(from, at) + random.gap(pause); time < at + DAY; time += random.gap(pause))
    yield {
      time: Math.floor(time),
      client,
      route: "GET /meditations/{id}",
      stage: "prod",
      attempt: MOST_ATTEMPTS,
    };
}

/** Calls without a key: a monitor asks each minute, some people have forgotten their key, and scanners look for pages. */
export function* keylessDemand(at: number, seed: string, scale: number): Generator<Demand> {
  const random = randomOf(seed, "keyless", at);
  const call = (time: number, route: Route): Demand => ({
    time: Math.floor(time),
    client: undefined,
    route,
    stage: "prod",
    attempt: MOST_ATTEMPTS,
  });
  for (let minute = 0; minute < 1_440; minute++) yield call(at + minute * 60_000 + random.whole(0, 900), "GET /health");
  for (let left = random.count(120 * scale); left > 0; left--)
    yield call(at + random.share() * DAY, random.share() < 0.7 ? "GET /meditations" : "GET -");
}

const weekdayShare = ({ weekend }: Habits, at: number) => ([0, 6].includes(new Date(at).getUTCDay()) ? weekend : 1);

const ALL_HOURS = HOURS.reduce((sum, share) => sum + share, 0);

function drawnHour(random: Random): number {
  let left = random.share() * ALL_HOURS;
  for (const [hour, share] of HOURS.entries()) {
    left -= share;
    if (left < 0) return hour;
  }
  return 0;
}
