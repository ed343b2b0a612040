import type { DayNumber } from "../limiter/day-number";
import type { LineKind, NotedLines } from "../logs/line-notes";
import type { LoggedCall } from "../logs/logged-call";

/** What calls have in common: whose they are, what they call, and how they were answered. */
export type CallKind = Omit<LoggedCall, "time" | "isWholeSecond" | "id">;

/** Calls of access logs in the order of their times, in as little memory as they need. */
export interface Traffic {
  /** Sorted, each once: equal for equal logs, in whatever order their lines came. */
  readonly kinds: readonly CallKind[];
  /** In order; days without calls are left out. */
  readonly days: readonly TrafficDay[];
  /** What was read, and what could not be. */
  readonly reading: TrafficReading;
}

/** The calls of a day, by time; at the same time by kind. */
export interface TrafficDay {
  readonly day: DayNumber;
  /** Milliseconds since the day began, in UTC. */
  readonly times: Uint32Array;
  /** Index in `Traffic.kinds`, one for each time. */
  readonly kinds: Uint32Array;
}

/** How many calls there are of each kind. */
export function callsByKind({ kinds, days }: Pick<Traffic, "kinds" | "days">): Uint32Array {
  const counts = new Uint32Array(kinds.length);
  for (const day of days) for (const kind of day.kinds) counts[kind] = (counts[kind] as number) + 1;
  return counts;
}

/** How the reading of logs went. */
export interface TrafficReading {
  readonly sources: number;
  readonly lines: number;
  /** Calls of the traffic: each once, with those that have no key. */
  readonly calls: number;
  /** Lines that are not calls, or not a customer's, with the places of the first ones. */
  readonly notes: Readonly<Partial<Record<LineKind, NotedLines>>>;
  /** Calls that came before the one that stands above them in their file, as lines are written when a call is answered. */
  readonly outOfOrder: number;
  /** Lines of calls whose times are known to the second alone, as their format has no `requestTimeEpoch`; left out where there are none. */
  readonly wholeSeconds?: number;
}
