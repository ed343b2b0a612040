import { DAY_LENGTH } from "../../limiter/day-number";
import { byName } from "../../text/order";
import { QUOTA_PERIODS, type Quota } from "../../vocabulary/quota";
import type { SafeLimits } from "../replay-report";
import type { Resolution } from "../resolve";
import type { Demand } from "./demand";

type Frontier = SafeLimits["frontier"];

const SECOND = 1_000;

/**
 * The smallest limits that refuse none of some clients' calls.
 *
 * @param members indices of the clients
 * @param rates besides those that are chosen, in requests a second: the ones that are in force or proposed
 * @param whole periods of which the logs have a whole one
 */
export function safeLimits(
  members: readonly number[],
  { clients, lanes }: Pick<Resolution, "clients" | "lanes">,
  demand: Demand,
  rates: readonly number[],
  whole: ReadonlySet<Quota["period"]>,
): SafeLimits {
  const ofRoutes = new Map<string, number[]>();
  for (const client of members)
    for (const lane of demand.calls.lanesOf(client)) {
      const name = routeName(lanes[lane] as Resolution["lanes"][number]);
      const known = ofRoutes.get(name);
      if (known) known.push(lane);
      else ofRoutes.set(name, [lane]);
    }
  const routes = [...ofRoutes]
    .sort(([a], [b]) => byName(a, b))
    .map(([route, of]) => {
      const clientOf = (lane: number) => lanes[lane]?.client ?? -1;
      const frontier = frontierOf(of, rates, {
        peak: (lane, length) => demand.peakIn(clientOf(lane), lane, length),
        backlog: (lane, rate) => demand.backlogIn(clientOf(lane), lane, rate),
      });
      return { route, frontier };
    });
  const quotas = QUOTA_PERIODS.map((period) => {
    const uses = members.map((client) => demand.useOf(client, period));
    const limit = uses.reduce((most, use) => Math.max(most, use), 0);
    const subscription = clients[members[uses.indexOf(limit)] as number]?.subscription ?? "";
    return { period, limit, subscription, isWhole: whole.has(period) };
  });
  const frontier = frontierOf(members, rates, {
    peak: (client, length) => demand.peakOf(client, length),
    backlog: (client, rate) => demand.backlogOf(client, rate),
  });
  return { frontier, routes, quotas };
}

export const routeName = ({ route, api, stage }: { route: string; api: string; stage: string }): string =>
  `${route} of ${api}/${stage}`;

/** What each of several callers asks for. */
interface Asked {
  peak(caller: number, length: number): number;
  backlog(caller: number, rateLimit: number): number;
}

function frontierOf(callers: readonly number[], rates: readonly number[], asked: Asked): Frontier {
  const largest = (of: (caller: number) => number) => callers.reduce((most, each) => Math.max(most, of(each)), 0);
  const mean = largest((caller) => asked.peak(caller, DAY_LENGTH)) / (DAY_LENGTH / SECOND);
  const peak = largest((caller) => asked.peak(caller, SECOND));
  return ratesFor(mean, peak, rates).map((rateLimit) => ({
    rateLimit,
    burstLimit: largest((caller) => asked.backlog(caller, rateLimit)),
  }));
}

/** Round rates, from what the busiest caller calls in the mean of its busiest day, to what it calls in its busiest second. */
function ratesFor(lowest: number, highest: number, rates: readonly number[]): number[] {
  if (highest === 0) return [];
  const round = [];
  for (let exponent = Math.floor(Math.log10(Math.max(lowest, 0.01))); 10 ** exponent <= highest * 10; exponent++)
    for (const step of [1, 2, 5]) round.push(Number((step * 10 ** exponent).toPrecision(1)));
  const from = round.findLastIndex((rate) => rate <= lowest);
  const to = round.findIndex((rate) => rate >= highest);
  const own = round.slice(Math.max(0, from), to === -1 ? undefined : to + 1);
  return [...new Set([...own, ...rates.filter((rate) => rate > 0)])].sort((a, b) => a - b);
}
