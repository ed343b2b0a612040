import { DAY_LENGTH } from "../../limiter/day-number";
import type { Resolution } from "../resolve";
import { wasServed } from "../simulate";
import type { CallKind, Traffic } from "../traffic";

/** What of a resolution says whose calls there are, whatever their limits. */
type Shape = Pick<Resolution, "lanes" | "laneOf" | "clients">;

/** The calls of each client, by time. */
export class ClientCalls {
  private readonly starts: Uint32Array;
  private readonly times: Float64Array;
  /** The lane of each call, with a last bit of 1 for those that were served then. */
  private readonly codes: Uint32Array;
  private readonly lanesOfClients: readonly (readonly number[])[];
  private readonly withRefused = new Set<number>();

  constructor(
    traffic: Traffic,
    private readonly shape: Shape,
  ) {
    const { lanes, laneOf, clients } = shape;
    const clientOf = laneOf.map((lane) => (lane === -1 ? -1 : (lanes[lane]?.client ?? -1)));
    const served = Uint8Array.from(traffic.kinds, (kind: CallKind) => (wasServed(kind) ? 1 : 0));
    this.starts = startsOf(traffic, clientOf, clients.length);
    this.times = new Float64Array(this.starts[clients.length] ?? 0);
    this.codes = new Uint32Array(this.times.length);
    const next = this.starts.slice();
    for (const { day, times, kinds } of traffic.days)
      for (let index = 0; index < times.length; index++) {
        const kind = kinds[index] as number;
        const client = clientOf[kind] as number;
        if (client === -1) continue;
        const place = next[client] as number;
        next[client] = place + 1;
        this.times[place] = day * DAY_LENGTH + (times[index] as number);
        this.codes[place] = ((laneOf[kind] as number) << 1) | (served[kind] as number);
      }
    const lanesOfClients = clients.map((): number[] => []);
    for (const [index, lane] of lanes.entries()) lanesOfClients[lane.client]?.push(index);
    this.lanesOfClients = lanesOfClients;
    for (const [kind, client] of clientOf.entries())
      if (client !== -1 && served[kind] === 0) this.withRefused.add(client);
  }

  /** Whether the calls are those of another resolution as well, which has other limits at most. */
  isOf({ clients, lanes, laneOf }: Shape): boolean {
    const own = this.shape;
    return (
      clients.length === own.clients.length &&
      lanes.length === own.lanes.length &&
      clients.every(
        ({ key, plan }, index) => key === own.clients[index]?.key && plan.id === own.clients[index]?.plan.id,
      ) &&
      lanes.every((lane, index) => {
        const other = own.lanes[index];
        return lane.client === other?.client && lane.request.method === other.request.method;
      }) &&
      laneOf.every((lane, kind) => lane === own.laneOf[kind])
    );
  }

  countOf(client: number): number {
    return (this.starts[client + 1] as number) - (this.starts[client] as number);
  }

  /** Milliseconds since the epoch. */
  timesOf(client: number): Float64Array {
    return this.times.subarray(this.starts[client], this.starts[client + 1]);
  }

  /** One for each call: the lane, with a last bit of 1 for a call that was served then. */
  codesOf(client: number): Uint32Array {
    return this.codes.subarray(this.starts[client], this.starts[client + 1]);
  }

  /** Whether calls of a client may have been refused then. */
  hasRefusedThen(client: number): boolean {
    return this.withRefused.has(client);
  }

  lanesOf(client: number): readonly number[] {
    return this.lanesOfClients[client] ?? [];
  }

  /** The times of the calls of a lane. */
  timesIn(client: number, lane: number): Float64Array {
    const codes = this.codesOf(client);
    return this.timesOf(client).filter((_, index) => (codes[index] as number) >>> 1 === lane);
  }
}

/** Where the calls of each client begin, if those of all clients stand one after the other. */
function startsOf({ days }: Traffic, clientOf: Int32Array, clients: number): Uint32Array {
  const starts = new Uint32Array(clients + 1);
  for (const { kinds } of days)
    for (const kind of kinds) {
      const client = clientOf[kind] as number;
      if (client !== -1) starts[client + 1] = (starts[client + 1] as number) + 1;
    }
  for (let client = 0; client < clients; client++)
    starts[client + 1] = (starts[client + 1] as number) + (starts[client] as number);
  return starts;
}
