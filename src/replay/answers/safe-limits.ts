import { type CalendarDay, dayOf } from "../../limiter/calendar-day";
import { DEFAULT_CHOICES, type LimitChoices } from "../../limiter/choices";
import { largestBacklog } from "../../limiter/largest-backlog";
import { windowOf } from "../../limiter/quota-window";
import type { Quota } from "../../vocabulary/quota";
import type { SafeLimits } from "../replay-report";
import type { Resolution } from "../resolve";
import type { ClientCalls } from "./client-calls";

type Frontier = SafeLimits["frontier"];

export const PERIODS = ["DAY", "WEEK", "MONTH"] as const satisfies readonly Quota["period"][];

/**
 * The smallest limits that refuse none of some clients' calls.
 *
 * @param members indices of the clients
 * @param rates besides those that are chosen, in requests a second: the ones that are in force or proposed
 */
export function safeLimits(
  members: readonly number[],
  { clients, lanes }: Pick<Resolution, "clients" | "lanes">,
  calls: ClientCalls,
  rates: readonly number[],
  choices: Partial<LimitChoices>,
): SafeLimits {
  const all = members.map((client) => calls.timesOf(client));
  const ofRoutes = new Map<string, Set<number>>();
  const inTier = new Set(members);
  for (const [index, { client, route, api, stage }] of lanes.entries()) {
    if (!inTier.has(client)) continue;
    const name = routeName({ route, api, stage });
    ofRoutes.set(name, (ofRoutes.get(name) ?? new Set()).add(index));
  }
  const routes = [...ofRoutes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([route, of]) => ({
      route,
      frontier: frontierOf(
        members.map((client) => calls.timesIn(client, (lane) => of.has(lane))),
        rates,
      ),
    }));
  const quotas = PERIODS.map((period) => {
    const uses = members.map((client) => largestUse(calls.timesOf(client), { limit: 1, period }, choices));
    const limit = Math.max(...uses);
    return { period, limit, subscription: clients[members[uses.indexOf(limit)] as number]?.subscription ?? "" };
  });
  return { frontier: frontierOf(all, rates), routes, quotas };
}

export const routeName = ({ route, api, stage }: { route: string; api: string; stage: string }): string =>
  `${route} of ${api}/${stage}`;

/** @param calls times of the calls of each client */
function frontierOf(calls: readonly Float64Array[], rates: readonly number[]): Frontier {
  const called = calls.filter(({ length }) => length > 0);
  return ratesFor(called, rates).map((rateLimit) => ({
    rateLimit,
    burstLimit: Math.max(...called.map((times) => largestBacklog(times, rateLimit))),
  }));
}

/** Round rates, from what the busiest client calls in the mean of its busiest day, to what it calls in its busiest second. */
function ratesFor(calls: readonly Float64Array[], rates: readonly number[]): number[] {
  const lowest = Math.max(...calls.map((times) => most(times, 86_400_000) / 86_400), 0);
  const highest = Math.max(...calls.map((times) => most(times, 1_000)), 0);
  if (highest === 0) return [];
  const round = [];
  for (let exponent = Math.floor(Math.log10(Math.max(lowest, 0.01))); 10 ** exponent <= highest * 10; exponent++)
    for (const step of [1, 2, 5]) round.push(Number((step * 10 ** exponent).toPrecision(1)));
  const from = round.findLastIndex((rate) => rate <= lowest);
  const to = round.findIndex((rate) => rate >= highest);
  const own = round.slice(Math.max(0, from), to === -1 ? undefined : to + 1);
  return [...new Set([...own, ...rates.filter((rate) => rate > 0)])].sort((a, b) => a - b);
}

/** The most calls in any interval of a length, of those that begin with a call. */
function most(times: Float64Array, length: number): number {
  let largest = 0;
  for (let first = 0, end = 0; first < times.length; first++) {
    while (end < times.length && (times[end] as number) < (times[first] as number) + length) end++;
    if (end - first > largest) largest = end - first;
  }
  return largest;
}

/** The most calls in one period of a quota. */
export function largestUse(times: Float64Array, quota: Quota, choices: Partial<LimitChoices>): number {
  let last: CalendarDay = Number.NEGATIVE_INFINITY;
  let used = 0;
  let largest = 0;
  let before = Number.NaN;
  for (const at of times) {
    const day = dayOf(at);
    if (day !== before && day > last) {
      last = windowOf(quota, day, { ...DEFAULT_CHOICES, ...choices }).last;
      used = 0;
    }
    before = day;
    used++;
    if (used > largest) largest = used;
  }
  return largest;
}
