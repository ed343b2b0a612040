import type { Layer } from "../../limiter/verdict";
import { formatQuota, formatThrottle } from "../../text/limits";
import { byName } from "../../text/order";
import type { Throttle } from "../../vocabulary/throttle";
import type { LimitReport } from "../replay-report";
import type { ReplayLane, Resolution } from "../resolve";
import type { Demand } from "./demand";
import type { ClientRefusals } from "./refusals";
import { routeName } from "./safe-limits";

/** Below this share of a limit at the highest, it might as well not be there. */
const HARDLY_USED = 0.1;

/**
 * How near the clients of a tier came to its limits: those that are each client's own.
 *
 * @param refusals by index of the client
 * @param days that the logs have
 */
export function limitReports(
  members: readonly number[],
  { clients, lanes }: Pick<Resolution, "clients" | "lanes">,
  demand: Demand,
  refusals: readonly ClientRefusals[],
  days: number,
): LimitReport[] {
  const report = (layer: Layer, route: string | null, written: string, shares: readonly number[]): LimitReport => {
    const refused = members.flatMap((client) => refusals[client] ?? []).filter(({ by }) => by.has(layer));
    const highest = shares.reduce((most, share) => Math.max(most, share), 0);
    const verdict = verdictOf(highest, refused, members.length, days);
    return { layer, route, written, verdict, highest, customers: refused.length };
  };
  const plan = clients[members[0] ?? -1]?.plan;
  if (!plan) return [];
  const { throttle, quota } = plan;
  const ofPlan = throttle && [
    report(
      "plan",
      null,
      formatThrottle(throttle),
      members.map((client) => shareOf(throttle, (rate) => demand.backlogOf(client, rate))),
    ),
  ];
  const ofQuota = quota && [
    report(
      "quota",
      null,
      formatQuota(quota),
      members.map((client) => demand.useOf(client, quota.period, quota.offset) / Math.max(quota.limit, 1)),
    ),
  ];
  const ofMethods = [...throttledLanes(members, lanes, demand)].sort(([a], [b]) => byName(a, b));
  return [
    ...(ofPlan ?? []),
    ...ofMethods.map(([route, { throttle, lanes: own }]) =>
      report(
        "plan method",
        route,
        formatThrottle(throttle),
        own.map(({ client, lane }) => shareOf(throttle, (rate) => demand.backlogIn(client, lane, rate))),
      ),
    ),
    ...(ofQuota ?? []),
  ];
}

interface ThrottledRoute {
  readonly throttle: Throttle;
  readonly lanes: { readonly client: number; readonly lane: number }[];
}

/** The calls of routes that the tier throttles by themselves, by route. */
function throttledLanes(
  members: readonly number[],
  lanes: readonly ReplayLane[],
  demand: Demand,
): ReadonlyMap<string, ThrottledRoute> {
  const routes = new Map<string, ThrottledRoute>();
  for (const client of members)
    for (const lane of demand.calls.lanesOf(client)) {
      const of = lanes[lane] as ReplayLane;
      const throttle = of.request.client?.methodThrottle;
      if (!throttle) continue;
      const route = routes.get(routeName(of)) ?? { throttle, lanes: [] };
      route.lanes.push({ client, lane });
      routes.set(routeName(of), route);
    }
  return routes;
}

const shareOf = ({ rateLimit, burstLimit }: Throttle, backlogAt: (rate: number) => number): number =>
  rateLimit === 0 || burstLimit === 0 ? Number.MAX_VALUE : backlogAt(rateLimit) / burstLimit;

function verdictOf(
  highest: number,
  refused: readonly ClientRefusals[],
  clients: number,
  days: number,
): LimitReport["verdict"] {
  if (refused.length === 0) return highest < HARDLY_USED ? "never binds" : "binds for nobody";
  const often = refused.filter((each) => each.days * 2 > days);
  return often.length * 2 > clients ? "always binds" : "binds for some";
}
