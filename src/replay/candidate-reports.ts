import { dayOf } from "../limiter/day-number";
import type { LanesOptions } from "../limiter/lanes";
import type { Layer } from "../limiter/verdict";
import { byName } from "../text/order";
import type { Quota } from "../vocabulary/quota";
import { ClientCalls } from "./answers/client-calls";
import { Demand } from "./answers/demand";
import { isFor, refusedOnTier, type Tier, tierOf, tiersOf } from "./answers/fits";
import { Intervals } from "./answers/intervals";
import { limitReports } from "./answers/limit-reports";
import { OwnRefusals } from "./answers/own-refusals";
import { type ClientRefusals, type Refusals, refusalsOfAll } from "./answers/refusals";
import { safeLimits } from "./answers/safe-limits";
import { sharedLimitsRefuse } from "./answers/shared-limits";
import { wholePeriods } from "./answers/whole-periods";
import type { Candidate } from "./candidates/candidate";
import type { EarlierUse, UseInPlan } from "./earlier-use";
import type { CandidateReport, CustomerReport, LeftCalls, Refused, TierReport } from "./replay-report";
import type { ReplayClient, Resolution } from "./resolve";
import type { Traffic } from "./traffic";

/** What all candidates are tried on. */
interface Tried {
  readonly traffic: Traffic;
  /** Milliseconds since the epoch. */
  readonly span: { readonly first: number; readonly last: number };
  readonly limits: LanesOptions;
  readonly earlier: EarlierUse | undefined;
  /** Rates that are in force or proposed, by tier. */
  readonly rates: ReadonlyMap<string, readonly number[]>;
}

/** What is found once for candidates that have the same customers and routes. */
interface Shared {
  readonly calls: ClientCalls;
  readonly demand: Demand;
  readonly own: OwnRefusals;
  /** Whether limits that clients share could refuse a call, by the throttles of stages. */
  readonly refusing: Map<string, boolean>;
}

/** Reports of candidates on the same calls. */
export class CandidateReports {
  private readonly intervals: Intervals;
  private readonly days: number;
  private readonly whole: ReadonlySet<Quota["period"]>;
  private shared: Shared | undefined;

  constructor(private readonly tried: Tried) {
    const { first, last } = tried.span;
    this.intervals = new Intervals(first, last);
    this.whole = wholePeriods(tried.span, tried.limits);
    this.days = dayOf(last) - dayOf(first) + 1;
  }

  /** @param leftOut what the first candidate limits, and this one does not */
  of({ name, model }: Candidate, resolution: Resolution, leftOut: readonly LeftCalls[]): CandidateReport {
    const { clients } = resolution;
    const shared = this.sharedFor(resolution);
    const refusals = this.refusalsOf(resolution, shared);
    const tiers = tiersOf(model);
    const onTiers = tiers.map((tier) => ({
      tier,
      refused: refusedOnTier(tier, resolution, shared.own, (client) => shared.calls.lanesOf(client)),
    }));
    const customerReport = (client: number): CustomerReport => {
      const { subscription, customer } = clients[client] as ReplayClient;
      const refused = refusals.clients[client] as ClientRefusals;
      const on = onTiers.flatMap(({ tier, refused }) => {
        const count = refused.get(client);
        return count === undefined || !isFor(tier, subscription) ? [] : [{ tier, count }];
      });
      return {
        subscription,
        customer,
        calls: shared.calls.countOf(client),
        refused: inOrder({ low: refused.low, high: refused.count }),
        refusedBy: layersOf([refused]),
        days: refused.days,
        first: refused.count > 0 ? instant(refused.first) : null,
        last: refused.count > 0 ? instant(refused.last) : null,
        onTiers: Object.fromEntries(on.map(({ tier, count }) => [tier.id, count])),
        ...this.fitting(on.flatMap(({ tier, count }) => (count === 0 ? [tier] : []))),
      };
    };
    const reported = tiers.map((tier) => this.tierReport(tier, resolution, shared, refusals, customerReport));
    const openRoutesRefused = inOrder(refusals.openRoutes);
    return {
      name,
      refused: sumOf([...reported.map(({ refused }) => refused), openRoutesRefused]),
      tiers: reported.sort((a, b) => byName(a.tier, b.tier)),
      openRoutesRefused,
      leftOut,
    };
  }

  /** @param tiers that refused nothing, the smallest first */
  private fitting(tiers: readonly Tier[]): Pick<CustomerReport, "fits" | "mayFit"> {
    const isKnown = ({ plans }: Tier) => plans.every(({ quota }) => !quota || this.whole.has(quota.period));
    const [smallest] = tiers;
    return {
      fits: tiers.find(isKnown)?.id ?? null,
      mayFit: smallest && !isKnown(smallest) ? smallest.id : null,
    };
  }

  private tierReport(
    { id, plans }: Tier,
    resolution: Resolution,
    { calls, demand }: Shared,
    refusals: Refusals,
    customerReport: (client: number) => CustomerReport,
  ): TierReport {
    const own = new Set(plans.map((each) => each.id));
    const members = resolution.clients.flatMap((each, client) => (own.has(each.plan.id) ? [client] : []));
    const [plan] = plans;
    const customers = members.map(customerReport);
    const refused = members.flatMap((client) => refusals.clients[client] ?? []);
    const series = new Array<number>(this.intervals.count).fill(0);
    for (const each of refused)
      for (const [interval, count] of each.series) series[interval] = (series[interval] as number) + count;
    const rates = this.tried.rates.get(id) ?? [];
    return {
      tier: id,
      throttle: plan?.throttle ?? null,
      quota: plan?.quota ?? null,
      unknownLimits: [...new Set(plans.flatMap(({ unknownLimits }) => unknownLimits))],
      calls: members.reduce((sum, client) => sum + calls.countOf(client), 0),
      refused: sumOf(customers.map((each) => each.refused)),
      refusedBy: layersOf(refused),
      limits: limitReports(members, resolution, demand, refusals.clients, this.days),
      customers: customers.sort((a, b) => b.refused.high - a.refused.high || byName(a.subscription, b.subscription)),
      silent: plans.reduce((sum, each) => sum + each.keys.length + each.externalKeys.length, 0) - members.length,
      safe: members.length === 0 ? null : safeLimits(members, resolution, demand, rates, this.whole),
      series: {
        from: instant(this.intervals.from),
        interval: this.intervals.interval,
        calls: [...demand.seriesOf(members)],
        refused: series,
      },
    };
  }

  /** Of candidates with other customers or routes, one is kept. */
  private sharedFor(resolution: Resolution): Shared {
    if (this.shared?.calls.isOf(resolution)) return this.shared;
    const { traffic, limits } = this.tried;
    const calls = new ClientCalls(traffic, resolution);
    const usedBefore = (client: number) => this.usedBefore(resolution.clients[client] as ReplayClient);
    this.shared = {
      calls,
      demand: new Demand(calls, this.intervals, limits, usedBefore),
      own: new OwnRefusals(calls, this.intervals, limits, usedBefore),
      refusing: new Map(),
    };
    return this.shared;
  }

  private refusalsOf(resolution: Resolution, { own, refusing }: Shared): Refusals {
    const { traffic, limits } = this.tried;
    const { clients, lanes, laneOf } = resolution;
    // Plans that begin with a request of anybody are one client's business no more than a limit of a stage.
    const throttles = JSON.stringify(lanes.map(({ request }) => request.stageThrottle ?? null));
    const isShared = refusing.get(throttles) ?? sharedLimitsRefuse(traffic, resolution, limits);
    refusing.set(throttles, isShared);
    const areAlone = limits.plansBegan !== "with the first request" && !isShared;
    if (areAlone) {
      const requestOf = (lane: number) => (lanes[lane] as Resolution["lanes"][number]).request;
      return { clients: clients.map((_, client) => own.of(client, requestOf)), openRoutes: { low: 0, high: 0 } };
    }
    const earlier = clients.flatMap((each, client) => this.usedBefore(each).map((use) => ({ client, ...use })));
    return refusalsOfAll({ traffic, lanes, laneOf, options: limits, earlier }, clients.length, this.intervals);
  }

  /** A key that moves to another usage plan begins with nothing used there. */
  private usedBefore({ logged, plan }: ReplayClient) {
    const isIn = (use: UseInPlan) => (plan.awsId === undefined ? use.tier === tierOf(plan) : use.plan === plan.awsId);
    return [...logged].flatMap((key) => (this.tried.earlier?.ofKeys.get(key) ?? []).filter(isIn));
  }
}

const instant = (at: number): string => new Date(at).toISOString();

/** With fewer calls, more can be refused: a call that is not there lets another one through, which takes a token of a shared limit. */
const inOrder = ({ low, high }: Refused): Refused => ({ low: Math.min(low, high), high: Math.max(low, high) });

const sumOf = (each: readonly Refused[]): Refused => ({
  low: each.reduce((sum, { low }) => sum + low, 0),
  high: each.reduce((sum, { high }) => sum + high, 0),
});

function layersOf(refusals: readonly Pick<ClientRefusals, "by">[]): Partial<Record<Layer, number>> {
  const layers: Partial<Record<Layer, number>> = {};
  for (const { by } of refusals) for (const [layer, count] of by) layers[layer] = (layers[layer] ?? 0) + count;
  return layers;
}
