import type { LimitChoices } from "../../limiter/choices";
import { largestBacklog } from "../../limiter/largest-backlog";
import type { Layer } from "../../limiter/verdict";
import { formatQuota, formatThrottle } from "../../text/limits";
import type { Throttle } from "../../vocabulary/throttle";
import type { LimitReport } from "../replay-report";
import type { Resolution } from "../resolve";
import type { ClientCalls } from "./client-calls";
import type { ClientRefusals, Refusals } from "./refusals";
import { largestUse, routeName } from "./safe-limits";

/** Below this share of a limit at the highest, it might as well not be there. */
const HARDLY_USED = 0.1;

/** How near the clients of a tier came to its limits: those that are each client's own. */
export function limitReports(
  members: readonly number[],
  { clients, lanes }: Pick<Resolution, "clients" | "lanes">,
  calls: ClientCalls,
  refusals: Refusals,
  days: number,
  choices: Partial<LimitChoices>,
): LimitReport[] {
  const called = members.filter((client) => calls.countOf(client) > 0);
  const report = (layer: Layer, route: string | null, written: string, shares: readonly number[]): LimitReport => {
    const refused = called.flatMap((client) => refusals.clients.get(client) ?? []).filter(({ by }) => by.has(layer));
    const highest = Math.max(0, ...shares);
    return {
      layer,
      route,
      written,
      verdict: verdictOf(highest, refused, called.length, days),
      highest,
      customers: refused.length,
    };
  };
  const burstShare = (times: Float64Array, { rateLimit, burstLimit }: Throttle) => {
    if (times.length === 0) return 0;
    return rateLimit === 0 || burstLimit === 0 ? Number.MAX_VALUE : largestBacklog(times, rateLimit) / burstLimit;
  };
  const reports: LimitReport[] = [];
  const plan = clients[members[0] ?? -1]?.plan;
  if (!plan) return [];
  if (plan.throttle)
    reports.push(
      report(
        "plan",
        null,
        formatThrottle(plan.throttle),
        called.map((client) => {
          const own = clients[client]?.plan.throttle;
          return own ? burstShare(calls.timesOf(client), own) : 0;
        }),
      ),
    );
  const inTier = new Set(called);
  const methods = new Map<string, { readonly throttle: Throttle; readonly lanes: number[] }>();
  for (const [index, lane] of lanes.entries()) {
    const throttle = lane.request.client?.methodThrottle;
    if (!throttle || !inTier.has(lane.client)) continue;
    const known = methods.get(routeName(lane)) ?? { throttle, lanes: [] };
    known.lanes.push(index);
    methods.set(routeName(lane), known);
  }
  for (const [route, { throttle, lanes: own }] of [...methods].sort(([a], [b]) => (a < b ? -1 : 1)))
    reports.push(
      report(
        "plan method",
        route,
        formatThrottle(throttle),
        own.map((lane) =>
          burstShare(
            calls.timesIn(lanes[lane]?.client ?? -1, (each) => each === lane),
            throttle,
          ),
        ),
      ),
    );
  const { quota } = plan;
  if (quota)
    reports.push(
      report(
        "quota",
        null,
        formatQuota(quota),
        called.map((client) => largestUse(calls.timesOf(client), quota, choices) / Math.max(quota.limit, 1)),
      ),
    );
  return reports;
}

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
