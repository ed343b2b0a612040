import type { Resolution } from "../resolve";
import { DAY } from "../simulate";
import type { Traffic } from "../traffic";

/** The calls of each client, by time. */
export class ClientCalls {
  private readonly starts: Uint32Array;
  private readonly times: Float64Array;
  private readonly lanes: Uint32Array;

  constructor(traffic: Traffic, { lanes, laneOf, clients }: Pick<Resolution, "lanes" | "laneOf" | "clients">) {
    const clientOf = laneOf.map((lane) => (lane === -1 ? -1 : (lanes[lane]?.client ?? -1)));
    const starts = new Uint32Array(clients.length + 1);
    for (const { kinds } of traffic.days)
      for (const kind of kinds) {
        const client = clientOf[kind] as number;
        if (client !== -1) starts[client + 1] = (starts[client + 1] as number) + 1;
      }
    for (let client = 0; client < clients.length; client++)
      starts[client + 1] = (starts[client + 1] as number) + (starts[client] as number);
    const next = starts.slice();
    this.times = new Float64Array(starts[clients.length] ?? 0);
    this.lanes = new Uint32Array(this.times.length);
    for (const { day, times, kinds } of traffic.days)
      for (let index = 0; index < times.length; index++) {
        const kind = kinds[index] as number;
        const client = clientOf[kind] as number;
        if (client === -1) continue;
        const place = next[client] as number;
        next[client] = place + 1;
        this.times[place] = day * DAY + (times[index] as number);
        this.lanes[place] = laneOf[kind] as number;
      }
    this.starts = starts;
  }

  countOf(client: number): number {
    return (this.starts[client + 1] as number) - (this.starts[client] as number);
  }

  /** Milliseconds since the epoch. */
  timesOf(client: number): Float64Array {
    return this.times.subarray(this.starts[client], this.starts[client + 1]);
  }

  /** The times of the calls of some lanes. */
  timesIn(client: number, isIn: (lane: number) => boolean): Float64Array {
    const lanes = this.lanes.subarray(this.starts[client], this.starts[client + 1]);
    return this.timesOf(client).filter((_, index) => isIn(lanes[index] as number));
  }
}
