import { dayOf } from "../../limiter/calendar-day";
import type { Layer } from "../../limiter/verdict";
import { type OnRefused, type Simulation, servedLanes, simulate } from "../simulate";
import type { Intervals } from "./intervals";

/** What is refused of the calls of one client. */
export interface ClientRefusals {
  readonly by: Map<Layer, number>;
  count: number;
  /** Of them, those that are refused as well if no refused client tries again. */
  low: number;
  days: number;
  lastDay: number;
  first: number;
  last: number;
}

/** What is refused of all calls. */
export interface Refusals {
  /** By index of the client; clients of whom nothing is refused are left out. */
  readonly clients: ReadonlyMap<number, ClientRefusals>;
  /** Refused calls of each client group in each interval. */
  readonly series: ReadonlyMap<string, Uint32Array>;
  readonly openRoutes: { low: number; high: number };
}

/**
 * What the limits refuse: of all calls as they came, and without those that were refused then.
 *
 * @param groupOf by index of the client
 */
export function refusalsOf(
  simulation: Simulation,
  groupOf: readonly string[],
  intervals: Intervals,
  hasRefusedThen: boolean,
): Refusals {
  const clients = new Map<number, ClientRefusals>();
  const series = new Map<string, Uint32Array>();
  const openRoutes = { low: 0, high: 0 };
  const { lanes, traffic, laneOf } = simulation;
  const inOf = (client: number): ClientRefusals => {
    const known = clients.get(client);
    if (known) return known;
    const made = { by: new Map(), count: 0, low: 0, days: 0, lastDay: Number.NaN, first: Number.NaN, last: Number.NaN };
    clients.set(client, made);
    return made;
  };
  const onRefused: OnRefused = (lane, at, layer) => {
    const client = lanes[lane]?.client ?? -1;
    if (client === -1) {
      openRoutes.high++;
      return;
    }
    const of = inOf(client);
    of.count++;
    of.by.set(layer, (of.by.get(layer) ?? 0) + 1);
    if (Number.isNaN(of.first)) of.first = at;
    of.last = at;
    const day = dayOf(at);
    if (day !== of.lastDay) of.days++;
    of.lastDay = day;
    const group = groupOf[client] as string;
    const counts = series.get(group) ?? new Uint32Array(intervals.count);
    series.set(group, counts);
    const interval = intervals.indexOf(at);
    counts[interval] = (counts[interval] ?? 0) + 1;
  };
  simulate(simulation, onRefused);
  if (hasRefusedThen) {
    simulate({ ...simulation, laneOf: servedLanes(traffic.kinds, laneOf) }, (lane) => {
      const client = lanes[lane]?.client ?? -1;
      if (client === -1) openRoutes.low++;
      else inOf(client).low++;
    });
  } else {
    openRoutes.low = openRoutes.high;
    for (const of of clients.values()) of.low = of.count;
  }
  return { clients, series, openRoutes };
}
