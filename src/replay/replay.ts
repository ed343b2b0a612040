import { dayOf } from "../limiter/calendar-day";
import type { LanesOptions } from "../limiter/lanes";
import type { Layer } from "../limiter/verdict";
import { byName } from "../text/order";
import { ClientCalls } from "./answers/client-calls";
import { refusedOnTier, tierOf, tiersOf } from "./answers/fits";
import { Intervals, spanOf } from "./answers/intervals";
import { leftCalls } from "./answers/left-calls";
import { limitReports } from "./answers/limit-reports";
import { type ClientRefusals, refusalsOf } from "./answers/refusals";
import { safeLimits } from "./answers/safe-limits";
import type { Candidate } from "./candidates/candidate";
import type { EarlierUse } from "./earlier-use";
import type { LogIdentities } from "./log-identities";
import { replayNotes } from "./notes";
import type { CandidateReport, CustomerReport, Refused, ReplayReport, TierReport } from "./replay-report";
import { type Resolution, resolve } from "./resolve";
import { wasServed } from "./simulate";
import type { Traffic } from "./traffic";

export interface ReplayOptions {
  readonly traffic: Traffic;
  /** The first one is what the others are compared with. */
  readonly candidates: readonly Candidate[];
  readonly identities: LogIdentities;
  /** @default - what `LimiterOptions` say */
  readonly limits?: LanesOptions;
  /**
   * What keys used before the log began.
   * @default - nothing is known
   */
  readonly earlier?: EarlierUse;
}

/** What candidate limits would have done to the calls of logs. */
export function replay({ traffic, candidates, identities, limits = {}, earlier }: ReplayOptions): ReplayReport {
  const span = spanOf(traffic);
  const counts = countsOf(traffic);
  const refusedThen = sumWhere(counts, (kind) => traffic.kinds[kind]?.status === 429);
  const hasRefusedThen = traffic.kinds.some((kind) => !wasServed(kind));
  const rates = ratesOf(candidates);
  const [first] = candidates;
  const reports = candidates.map((candidate) => {
    const resolution = resolve(traffic.kinds, candidate.model, identities);
    return { resolution, report: candidateReport(candidate, resolution) };
  });
  const [main] = reports;
  return {
    span: span ? { from: instant(span.first), to: instant(span.last) } : null,
    calls: traffic.reading.calls,
    replayed: main ? sumWhere(counts, (kind) => main.resolution.laneOf[kind] !== -1) : 0,
    refusedThen,
    notes: first && main ? replayNotes(traffic, first, main.resolution, earlier) : [],
    left: main ? leftCalls(traffic.kinds, counts, main.resolution) : [],
    candidates: reports.map(({ report }) => report),
  };

  function usesOf({ clients }: Resolution) {
    return clients.flatMap(({ logged }, client) =>
      [...logged].flatMap((key) => (earlier?.ofKeys.get(key) ?? []).map((use) => ({ client, ...use }))),
    );
  }

  function candidateReport({ name, model }: Candidate, resolution: Resolution): CandidateReport {
    if (!span) return { name, refused: { low: 0, high: 0 }, tiers: [], openRoutesRefused: { low: 0, high: 0 } };
    const { clients, lanes, laneOf } = resolution;
    const intervals = new Intervals(span.first, span.last);
    const calls = new ClientCalls(traffic, resolution);
    const groups = clients.map(({ plan }) => tierOf(plan));
    const simulation = { traffic, lanes, laneOf, options: limits, earlier: usesOf(resolution) };
    const refusals = refusalsOf(simulation, groups, intervals, hasRefusedThen);
    const days = dayOf(span.last) - dayOf(span.first) + 1;
    const tiers = tiersOf(model);
    const onTiers = tiers.map((tier) => ({ id: tier.id, refused: refusedOnTier(tier, traffic, resolution, limits) }));
    const reported = tiers.map((tier): TierReport => {
      const members = clients.flatMap((_, client) => (groups[client] === tier.id ? [client] : []));
      const [plan] = tier.plans;
      const customers = members.map((client) => customerReport(client));
      const series = new Uint32Array(intervals.count);
      for (const client of members)
        for (const at of calls.timesOf(client)) {
          const index = intervals.indexOf(at);
          series[index] = (series[index] as number) + 1;
        }
      return {
        tier: tier.id,
        throttle: plan?.throttle ?? null,
        quota: plan?.quota ?? null,
        calls: members.reduce((sum, client) => sum + calls.countOf(client), 0),
        refused: sumOf(customers.map(({ refused }) => refused)),
        refusedBy: layersOf(members.flatMap((client) => refusals.clients.get(client) ?? [])),
        limits: limitReports(members, resolution, calls, refusals, days, limits),
        customers: customers.sort((a, b) => b.refused.high - a.refused.high || byName(a.subscription, b.subscription)),
        silent: tier.plans.reduce((sum, each) => sum + each.keys.length + each.externalKeys.length, 0) - members.length,
        safe: members.length === 0 ? null : safeLimits(members, resolution, calls, rates.get(tier.id) ?? [], limits),
        series: {
          from: instant(intervals.from),
          interval: intervals.interval,
          calls: [...series],
          refused: [...(refusals.series.get(tier.id) ?? new Uint32Array(intervals.count))],
        },
      };
    });
    return {
      name,
      refused: sumOf([...reported.map(({ refused }) => refused), refusals.openRoutes]),
      tiers: reported.sort((a, b) => byName(a.tier, b.tier)),
      openRoutesRefused: refusals.openRoutes,
    };

    function customerReport(client: number): CustomerReport {
      const { subscription, customer } = clients[client] as Resolution["clients"][number];
      const refused = refusals.clients.get(client);
      const on = onTiers.flatMap(({ id, refused }) => {
        const count = refused.get(client);
        return count === undefined ? [] : [[id, count] as const];
      });
      return {
        subscription,
        customer,
        calls: calls.countOf(client),
        refused: { low: refused?.low ?? 0, high: refused?.count ?? 0 },
        refusedBy: layersOf(refused ? [refused] : []),
        days: refused?.days ?? 0,
        first: refused && refused.count > 0 ? instant(refused.first) : null,
        last: refused && refused.count > 0 ? instant(refused.last) : null,
        onTiers: Object.fromEntries(on),
        fits: on.find(([, count]) => count === 0)?.[0] ?? null,
      };
    }
  }
}

const instant = (at: number): string => new Date(at).toISOString();

/** Calls of each kind. */
function countsOf({ kinds, days }: Traffic): Uint32Array {
  const counts = new Uint32Array(kinds.length);
  for (const day of days) for (const kind of day.kinds) counts[kind] = (counts[kind] as number) + 1;
  return counts;
}

const sumWhere = (counts: Uint32Array, isIn: (kind: number) => boolean): number =>
  counts.reduce((sum, count, kind) => (isIn(kind) ? sum + count : sum), 0);

const sumOf = (each: readonly Refused[]): Refused => ({
  low: each.reduce((sum, { low }) => sum + low, 0),
  high: each.reduce((sum, { high }) => sum + high, 0),
});

function layersOf(refusals: readonly Pick<ClientRefusals, "by">[]): Partial<Record<Layer, number>> {
  const layers: Partial<Record<Layer, number>> = {};
  for (const { by } of refusals) for (const [layer, count] of by) layers[layer] = (layers[layer] ?? 0) + count;
  return layers;
}

/** The rates of each tier in all candidates, at which the smallest bursts are of interest. */
function ratesOf(candidates: readonly Candidate[]): ReadonlyMap<string, number[]> {
  const rates = new Map<string, number[]>();
  for (const { model } of candidates)
    for (const plan of model.plans)
      if (plan.throttle) rates.set(tierOf(plan), [...(rates.get(tierOf(plan)) ?? []), plan.throttle.rateLimit]);
  return rates;
}
