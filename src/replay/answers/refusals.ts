import { dayOf } from "../../limiter/day-number";
import type { Layer } from "../../limiter/verdict";
import { type Simulation, servedLanes, simulate } from "../simulate";
import type { Intervals } from "./intervals";

/** What is refused of the calls of one client. */
export interface ClientRefusals {
  readonly by: Map<Layer, number>;
  /** By index of the interval. */
  readonly series: Map<number, number>;
  count: number;
  /** Of them, those that are refused as well if no refused client tries again. */
  low: number;
  days: number;
  lastDay: number;
  first: number;
  last: number;
}

export const noRefusals = (): ClientRefusals => ({
  by: new Map(),
  series: new Map(),
  count: 0,
  low: 0,
  days: 0,
  lastDay: Number.NaN,
  first: Number.NaN,
  last: Number.NaN,
});

/** Counts a refused call, in the order of time. */
export function noteRefusal(of: ClientRefusals, at: number, layer: Layer, day: number, interval: number): void {
  of.count++;
  of.by.set(layer, (of.by.get(layer) ?? 0) + 1);
  of.series.set(interval, (of.series.get(interval) ?? 0) + 1);
  if (of.count === 1) of.first = at;
  of.last = at;
  if (day !== of.lastDay) of.days++;
  of.lastDay = day;
}

/** What is refused of all calls. */
export interface Refusals {
  /** By index of the client. */
  readonly clients: readonly ClientRefusals[];
  readonly openRoutes: { low: number; high: number };
}

/** What all limits refuse: of all calls as they came, and without those that were refused then. */
export function refusalsOfAll(simulation: Simulation, clients: number, intervals: Intervals): Refusals {
  const refusals = Array.from({ length: clients }, noRefusals);
  const openRoutes = { low: 0, high: 0 };
  const { lanes, traffic, laneOf } = simulation;
  const clientOf = (lane: number) => refusals[lanes[lane]?.client ?? -1];
  simulate(simulation, (lane, at, layer) => {
    const client = clientOf(lane);
    if (client) noteRefusal(client, at, layer, dayOf(at), intervals.indexOf(at));
    else openRoutes.high++;
  });
  simulate({ ...simulation, laneOf: servedLanes(traffic.kinds, laneOf) }, (lane) => {
    const client = clientOf(lane);
    if (client) client.low++;
    else openRoutes.low++;
  });
  return { clients: refusals, openRoutes };
}
