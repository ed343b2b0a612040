import type { Throttle } from "../vocabulary/throttle";
import { DEFAULT_CHOICES, type LimitChoices } from "./choices";
import { Client } from "./client";
import { type DayNumber, dayOf } from "./day-number";
import { type Layers, takeTokens } from "./layers";
import { ACCOUNT_THROTTLE, type Caller, type LimitedRequest, type LimiterOptions } from "./limiter";
import type { MeteredPlan } from "./quota-meter";
import { chargeRefused, refusingLayer } from "./refusal";
import { TokenBucket } from "./token-bucket";
import { UsageRecord } from "./usage-record";
import type { Layer } from "./verdict";

export interface LanesOptions extends LimiterOptions {
  /**
   * When usage plans began, for the initial period of a quota with an offset: before all requests, or with their first one, as
   * `Limiter` has it.
   * @default "earlier"
   */
  readonly plansBegan?: "earlier" | "with the first request";
  /**
   * Whether the limits that clients share are asked: those of stages and of the account.
   * @default true
   */
  readonly asksShared?: boolean;
}

/** What a lane needs of the limiter's state, found once. */
interface Lane extends Layers {
  readonly client: Client | undefined;
  readonly caller: Caller | undefined;
  readonly metered: BeginningPlan | undefined;
}

interface BeginningPlan extends MeteredPlan {
  began: DayNumber | undefined;
}

/** Far more days than any quota's period has. */
const REMEMBERED_DAYS = 100;

/**
 * The limiter for requests that are known beforehand but for their times, such as those of a log: who calls what is a lane, found
 * once, so a decision takes no look at a map. It decides as `Limiter` does, of which it uses the buckets, meters and layers; times
 * must not go back.
 */
export class Lanes {
  private readonly choices: LimitChoices;
  private readonly record = new UsageRecord(REMEMBERED_DAYS);
  private readonly plans = new Map<string, BeginningPlan>();
  private readonly plansBegin: boolean;
  private readonly clients = new Map<string, Client>();
  private readonly lanes: readonly Lane[];
  private day = Number.NaN;
  private uses = this.record.on(Number.NaN);

  constructor(requests: readonly LimitedRequest[], options: LanesOptions = {}) {
    const { accountThrottle = ACCOUNT_THROTTLE, plansBegan = "earlier", asksShared = true, ...choices } = options;
    this.choices = { ...DEFAULT_CHOICES, ...choices };
    this.plansBegin = plansBegan !== "earlier";
    const stages = new Map<string, TokenBucket>();
    const account = asksShared ? new TokenBucket(accountThrottle, 0) : undefined;
    this.lanes = requests.map(({ client: caller, method, stageThrottle }) => {
      const metered = caller && this.planOf(caller.plan.id);
      const client = caller && metered && this.clientOf(caller, metered);
      const isInstead = caller?.methodThrottle !== undefined && this.choices.methodThrottle === "instead";
      const planThrottle = isInstead ? undefined : caller?.plan.throttle;
      return {
        client,
        caller,
        metered,
        planMethod: caller?.methodThrottle && client?.bucketOfMethod(method, caller.methodThrottle, 0),
        plan: planThrottle && client?.bucketOfPlan(planThrottle, 0),
        stageMethod: asksShared && stageThrottle ? bucketIn(stages, method, stageThrottle) : undefined,
        account,
      };
    });
  }

  /** Counts requests that a key made before those of the lanes. */
  startWith({ plan, key }: Pick<Caller, "plan" | "key">, day: DayNumber, used: number): void {
    this.record.on(day).of(plan.id, key).used += used;
  }

  /**
   * Which limit refuses a request of a lane; `undefined` where it passes.
   *
   * @param at milliseconds since the epoch, not before the last one
   */
  decide(lane: number, at: number): Layer | undefined {
    const here = this.lanes[lane] as Lane;
    const { client, planMethod, plan, stageMethod, account } = here;
    if (client) {
      this.turnTo(dayOf(at));
      if (this.plansBegin && here.metered) here.metered.began ??= this.day;
      client.turnTo(here.caller?.plan.quota, this.uses);
    }
    planMethod?.refill(planMethod.throttle, at);
    plan?.refill(plan.throttle, at);
    stageMethod?.refill(stageMethod.throttle, at);
    account?.refill(account.throttle, at);
    const refusing = refusingLayer(here, client?.left, this.choices);
    if (refusing === undefined) {
      takeTokens(here);
      client?.use();
    } else chargeRefused(refusing, here, client, this.choices);
    return refusing;
  }

  private turnTo(day: DayNumber): void {
    if (day === this.day) return;
    this.day = day;
    this.uses = this.record.on(day);
  }

  private planOf(id: string): BeginningPlan {
    const plan = this.plans.get(id) ?? { id, began: undefined, record: this.record, choices: this.choices };
    this.plans.set(id, plan);
    return plan;
  }

  private clientOf({ key }: Caller, plan: BeginningPlan): Client {
    const place = JSON.stringify([plan.id, key]);
    const known = this.clients.get(place);
    if (known) return known;
    const client = new Client(plan, key, 0);
    this.clients.set(place, client);
    return client;
  }
}

function bucketIn(buckets: Map<string, TokenBucket>, name: string, throttle: Throttle): TokenBucket {
  const bucket = buckets.get(name) ?? new TokenBucket(throttle, 0);
  buckets.set(name, bucket);
  return bucket;
}
