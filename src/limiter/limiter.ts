import { ForgettingMap } from "../memory/forgetting-map";
import { DEFAULT_LIMITS } from "../vocabulary/aws-limits";
import type { Quota } from "../vocabulary/quota";
import type { Throttle } from "../vocabulary/throttle";
import { DEFAULT_CHOICES, type LimitChoices } from "./choices";
import { Client } from "./client";
import { type DayNumber, dayOf } from "./day-number";
import { type Forecast, forecastOf } from "./forecast";
import { clientTokens, type Layers, layersWith, limitsIn, takeTokens } from "./layers";
import { allowanceOfKey, type MeteredPlan, type QuotaGrant } from "./quota-meter";
import { windowOf } from "./quota-window";
import { chargeRefused, refusingLayer } from "./refusal";
import type { Standing } from "./standing";
import { SteadyClock } from "./steady-clock";
import { TokenBucket } from "./token-bucket";
import { UsageRecord } from "./usage-record";
import { LONGEST_REPORT, reportedDays, type UsageOnDay, type UsageReport } from "./usage-report";
import type { Layer, Verdict } from "./verdict";

/** A usage plan, as far as it limits. */
export interface LimitedPlan {
  readonly id: string;
  /**
   * How fast each key may call, over all stages of the plan.
   * @default - no limit
   */
  readonly throttle?: Throttle;
  /**
   * How much each key may call in a period, over all stages of the plan.
   * @default - no limit
   */
  readonly quota?: Quota;
}

/** Who calls, by which plan. */
export interface Caller {
  /** The API key's id, never its value. */
  readonly key: string;
  readonly plan: LimitedPlan;
  /**
   * How fast each key of the plan may call this method on this stage.
   * @default - no limit
   */
  readonly methodThrottle?: Throttle;
}

/** A request, with the limits that apply to it now. */
export interface LimitedRequest {
  /** @default - no known client: an open route has the limits of its stage and of the account alone */
  readonly client?: Caller;
  /** The method on its stage, by any name that no other has, such as `pets/prod/GET /pets`. */
  readonly method: string;
  /**
   * How fast all clients together may call this method on this stage.
   * @default - no limit
   */
  readonly stageThrottle?: Throttle;
}

export interface LimiterOptions extends Partial<LimitChoices> {
  /**
   * How fast all requests together may come.
   * @default - what AWS gives an account: 10,000 a second, 5,000 at once
   */
  readonly accountThrottle?: Throttle;
}

/** What AWS gives an account. */
export const ACCOUNT_THROTTLE: Throttle = {
  rateLimit: DEFAULT_LIMITS.accountRateLimit,
  burstLimit: DEFAULT_LIMITS.accountBurstLimit,
};

/** How many days with calls are remembered: those of a report, and those of the month that had begun before them. */
const REMEMBERED_DAYS = LONGEST_REPORT + 31;

/** What is known of a plan. There are as many as the gateway has plans. */
interface KnownPlan extends MeteredPlan {
  readonly clients: ForgettingMap<string, Client>;
  readonly grants: Map<string, QuotaGrant>;
}

/**
 * Decides which requests pass, as API Gateway would.
 *
 * A request needs a token of each throttle that applies to it, and quota. There is a bucket for each key, plan, stage and
 * method (the plan's method throttle), for each key and plan (the plan's throttle, over all of its stages), for each stage
 * and method (the stage's throttle), and one for the account. Quota is counted for each key and plan, over all stages.
 *
 * Time is whole milliseconds since the epoch, and may go backwards. Limits come with each request: changed ones apply at
 * once, and what was used stays used. Memory grows with the clients that are active (those whose buckets are full, and
 * who were silent for a minute, are forgotten), and with the days on which a key called, of which the last 121 are remembered.
 */
export class Limiter {
  private readonly choices: LimitChoices;
  private readonly clock: SteadyClock;
  private readonly record = new UsageRecord(REMEMBERED_DAYS);
  private readonly plans = new Map<string, KnownPlan>();
  private readonly stageMethods = new ForgettingMap<string, TokenBucket>();
  private readonly account: TokenBucket;
  private readonly accountThrottle: Throttle;

  constructor({ accountThrottle = ACCOUNT_THROTTLE, ...choices }: LimiterOptions = {}) {
    this.choices = { ...DEFAULT_CHOICES, ...choices };
    this.clock = new SteadyClock(this.choices.clockTolerance);
    this.account = new TokenBucket(accountThrottle, 0);
    this.accountThrottle = accountThrottle;
  }

  /** Whether a request passes; one that does has then taken its tokens and used its quota. */
  decide(request: LimitedRequest, at: number): Verdict {
    const now = this.clock.read(at);
    const client = request.client && this.clientOf(request.client, at, now);
    const layers = this.layersOf(request, client, now);
    const refusing = refusingLayer(layers, client?.left, this.choices);
    if (refusing !== undefined) return this.refuse(refusing, layers, client);
    takeTokens(layers);
    client?.use();
    return { allowed: true, tokens: clientTokens(layers), quota: client?.left };
  }

  /**
   * Which limits a request meets at a time, and which of them refuses first when it is repeated in that instant. It takes nothing.
   *
   * @param quotaLeft requests that are left of the quota, where somebody else has counted them; left out, as counted here
   */
  foresee(request: LimitedRequest, at: number, quotaLeft?: number): Forecast {
    const now = this.clock.read(at);
    const client = request.client && this.clientOf(request.client, at, now);
    const left = client?.left === undefined ? undefined : (quotaLeft ?? client.left);
    const throttles = limitsIn(this.layersOf(request, client, now));
    const quota = request.client?.plan.quota;
    const quotas = quota && left !== undefined ? [{ layer: "quota" as const, left, quota }] : [];
    const limits = this.choices.checkedFirst === "quota" ? [...quotas, ...throttles] : [...throttles, ...quotas];
    return forecastOf(limits, (each) => refusingLayer(layersWith(each), each.quota, this.choices));
  }

  /** Keys, each in each of its plans, of which more is remembered than their use: those that called of late. */
  get rememberedClients(): number {
    let count = 0;
    for (const { clients } of this.plans.values()) count += clients.size;
    return count;
  }

  /**
   * What the keys of a plan have used, day by day.
   *
   * @param startDate the first day, in UTC: `2024-02-29`
   * @param endDate the last one
   * @param keys whose use is reported; all that called on these days, if left out
   * @throws RangeError if the days are more than 90, not in order, or none of the calendar
   */
  usage(plan: LimitedPlan, startDate: string, endDate: string, keys?: readonly string[]): UsageReport {
    const days = reportedDays(startDate, endDate);
    const [first = 0, last = 0] = [days[0], days.at(-1)];
    const reported = keys ?? this.record.keys(plan.id, first, last);
    const values = reported.map((key) => [key, days.map((day) => this.usageOn(day, plan, key))] as const);
    return { usagePlanId: plan.id, startDate, endDate, values: Object.fromEntries(values) };
  }

  /**
   * Sets what a key may still use in the running period of its quota, as UpdateUsage does.
   *
   * @throws RangeError for a plan without a quota, and for what is not a number of requests
   */
  setRemaining(plan: LimitedPlan, key: string, remaining: number, at: number): void {
    if (plan.quota === undefined) throw new RangeError(`plan "${plan.id}" has no quota, so nothing of it remains`);
    if (!Number.isSafeInteger(remaining) || remaining < 0)
      throw new RangeError(`what remains must be a whole number of requests, got ${remaining}`);
    const known = this.plans.get(plan.id) ?? this.beginPlan(plan.id, dayOf(at));
    const { first, last } = windowOf(plan.quota, dayOf(at), this.choices);
    known.grants.set(key, { first, allowance: this.record.used(plan.id, key, first, last) + remaining });
    known.clients.get(key)?.renew();
  }

  /** What a key has left in a plan at a time. It takes nothing. */
  standing(plan: LimitedPlan, key: string, at: number): Standing {
    const now = this.clock.read(at);
    const client = this.plans.get(plan.id)?.clients.get(key);
    const [used, left] = this.usageOn(dayOf(at), plan, key);
    const { throttle } = plan;
    const bucket = throttle && (client?.bucketOfPlan(throttle, now) ?? new TokenBucket(throttle, now));
    const methods = [...(client?.bucketsOfMethods(now) ?? [])].map(([method, { tokens, throttle }]) => ({
      method,
      tokens,
      throttle,
    }));
    return { tokens: bucket?.tokens, quota: plan.quota && left, usedToday: used, methods };
  }

  private usageOn(day: DayNumber, { id, quota }: LimitedPlan, key: string): UsageOnDay {
    const used = this.record.used(id, key, day, day);
    if (quota === undefined) return [used, this.choices.remainingWithoutQuota];
    const window = windowOf(quota, day, this.choices);
    const known = this.plans.get(id) ?? { began: undefined, choices: this.choices };
    const allowance = allowanceOfKey(known, key, quota, window);
    return [used, Math.max(0, allowance - this.record.used(id, key, window.first, day))];
  }

  private clientOf({ key, plan }: Caller, at: number, now: number): Client {
    const known = this.plans.get(plan.id) ?? this.beginPlan(plan.id, dayOf(at));
    const client = known.clients.get(key) ?? known.clients.add(key, new Client(known, key, now), now);
    client.usedAt = now;
    client.turnTo(plan.quota, this.record.on(dayOf(at)));
    return client;
  }

  private beginPlan(id: string, began: DayNumber): KnownPlan {
    const plan = {
      id,
      began,
      record: this.record,
      choices: this.choices,
      clients: new ForgettingMap<string, Client>(),
      grants: new Map<string, QuotaGrant>(),
    };
    this.plans.set(id, plan);
    return plan;
  }

  private layersOf(
    { client: caller, method, stageThrottle }: LimitedRequest,
    client: Client | undefined,
    now: number,
  ): Layers {
    const isInstead = caller?.methodThrottle !== undefined && this.choices.methodThrottle === "instead";
    const planThrottle = isInstead ? undefined : caller?.plan.throttle;
    return {
      planMethod: caller?.methodThrottle && client?.bucketOfMethod(method, caller.methodThrottle, now),
      plan: planThrottle && client?.bucketOfPlan(planThrottle, now),
      stageMethod: stageThrottle && this.bucketOfStage(method, stageThrottle, now),
      account: this.account.refill(this.accountThrottle, now),
    };
  }

  private bucketOfStage(method: string, throttle: Throttle, now: number): TokenBucket {
    const bucket = this.stageMethods.get(method) ?? this.stageMethods.add(method, new TokenBucket(throttle, now), now);
    return bucket.refill(throttle, now);
  }

  private refuse(layer: Layer, layers: Layers, client: Client | undefined): Verdict {
    chargeRefused(layer, layers, client, this.choices);
    const tokens = clientTokens(layers);
    const quota = client?.left;
    if (layer === "quota") return { allowed: false, reason: "quota", layer, tokens, quota };
    return { allowed: false, reason: "throttled", layer, tokens, quota };
  }
}
