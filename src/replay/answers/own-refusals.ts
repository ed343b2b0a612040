import { dayOf } from "../../limiter/day-number";
import { Lanes, type LanesOptions } from "../../limiter/lanes";
import type { LimitedRequest } from "../../limiter/limiter";
import type { ClientCalls } from "./client-calls";
import type { Intervals } from "./intervals";
import { type ClientRefusals, noRefusals, noteRefusal } from "./refusals";
import type { UseBefore } from "./use-before";

/**
 * What a client's own limits refuse of its calls. Where no limit that clients share can refuse anything, that is all that is refused,
 * and it depends on nobody else: it is found once for each client and limits, whichever candidates have them.
 */
export class OwnRefusals {
  private readonly known = new Map<string, ClientRefusals>();
  private readonly positions = new Map<number, number>();

  constructor(
    private readonly calls: ClientCalls,
    private readonly intervals: Intervals,
    private readonly options: LanesOptions,
    private readonly usedBefore: (client: number) => readonly UseBefore[],
  ) {}

  /** @param requestOf what the calls of a lane are under the limits that are tried */
  of(client: number, requestOf: (lane: number) => LimitedRequest): ClientRefusals {
    const requests = this.calls.lanesOf(client).map(requestOf);
    const limits = `${client} ${JSON.stringify(limitsOf(requests))}`;
    const known = this.known.get(limits) ?? this.find(client, requests);
    this.known.set(limits, known);
    return known;
  }

  private find(client: number, requests: readonly LimitedRequest[]): ClientRefusals {
    const refusals = noRefusals();
    this.run(client, requests, 0, (at, layer) =>
      noteRefusal(refusals, at, layer, dayOf(at), this.intervals.indexOf(at)),
    );
    refusals.low = refusals.count;
    if (!this.calls.hasRefusedThen(client) || refusals.count === 0) return refusals;
    refusals.low = 0;
    this.run(client, requests, 1, () => refusals.low++);
    return refusals;
  }

  /** @param mask 1 for the calls that were served then, 0 for all */
  private run(
    client: number,
    requests: readonly LimitedRequest[],
    mask: 0 | 1,
    onRefused: (at: number, layer: NonNullable<ReturnType<Lanes["decide"]>>) => void,
  ): void {
    const limiter = new Lanes(requests, { ...this.options, asksShared: false });
    const [caller] = requests;
    if (caller?.client)
      for (const { day, used } of this.usedBefore(client)) limiter.startWith(caller.client, day, used);
    for (const [position, lane] of this.calls.lanesOf(client).entries()) this.positions.set(lane, position);
    const [times, codes] = [this.calls.timesOf(client), this.calls.codesOf(client)];
    const { positions } = this;
    let lane = -1;
    let position = 0;
    for (let index = 0; index < times.length; index++) {
      const code = codes[index] as number;
      if ((code & mask) !== mask) continue;
      // Calls of one route follow one another.
      if (code >>> 1 !== lane) {
        lane = code >>> 1;
        position = positions.get(lane) as number;
      }
      const at = times[index] as number;
      const refusing = limiter.decide(position, at);
      if (refusing !== undefined) onRefused(at, refusing);
    }
  }
}

/** What of requests can make a difference to their client: its limits, and which of them share a plan. */
function limitsOf(requests: readonly LimitedRequest[]) {
  const plans = [...new Set(requests.map(({ client }) => client?.plan.id))];
  return requests.map(({ client }) => [
    plans.indexOf(client?.plan.id),
    client?.plan.throttle,
    client?.plan.quota,
    client?.methodThrottle,
  ]);
}
