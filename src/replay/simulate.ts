import { DAY_LENGTH } from "../limiter/day-number";
import { Lanes, type LanesOptions } from "../limiter/lanes";
import type { Layer } from "../limiter/verdict";
import type { UseBefore } from "./answers/use-before";
import type { ReplayLane } from "./resolve";
import type { CallKind, Traffic } from "./traffic";

interface UseOfClient extends UseBefore {
  readonly client: number;
}

export interface Simulation {
  readonly traffic: Traffic;
  readonly lanes: readonly ReplayLane[];
  /** The lane of each kind; -1 for calls that meet no limit. */
  readonly laneOf: Int32Array;
  readonly options: LanesOptions;
  readonly earlier: readonly UseOfClient[];
}

/** Called for each refused call, in the order of time. */
export type OnRefused = (lane: number, at: number, layer: Layer) => void;

/** Runs calls through the limiter that the local gateway uses, at the times at which they came. */
export function simulate({ traffic, lanes, laneOf, options, earlier }: Simulation, onRefused: OnRefused): void {
  const limiter = new Lanes(
    lanes.map(({ request }) => request),
    options,
  );
  for (const { client, day, used } of earlier) {
    const caller = lanes.find((lane) => lane.client === client)?.request.client;
    if (caller) limiter.startWith(caller, day, used);
  }
  for (const { day, times, kinds } of traffic.days) {
    const start = day * DAY_LENGTH;
    for (let index = 0; index < times.length; index++) {
      const lane = laneOf[kinds[index] as number] as number;
      if (lane === -1) continue;
      const at = start + (times[index] as number);
      const refusing = limiter.decide(lane, at);
      if (refusing !== undefined) onRefused(lane, at, refusing);
    }
  }
}

/**
 * Whether calls of a kind were served then, as far as the log says it: others may be a client's second try. What an integration answers
 * is served, whatever the status is.
 */
export const wasServed = ({ status, errorType }: CallKind): boolean =>
  errorType === null || (status !== 429 && !(status === 403 && errorType === undefined));

/** The lanes of those calls alone that were served then. */
export const servedLanes = (kinds: readonly CallKind[], laneOf: Int32Array): Int32Array =>
  laneOf.map((lane, kind) => (wasServed(kinds[kind] as CallKind) ? lane : -1));
