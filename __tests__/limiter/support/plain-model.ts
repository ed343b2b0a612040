import type { LimitChoices } from "../../../src/limiter/choices";
import type { LimitedPlan, LimitedRequest } from "../../../src/limiter/limiter";

// Jest looks up a global such as Math again each time, which takes longer than all that is counted here.
const { floor, max, min } = Math;

type Throttle = NonNullable<LimitedPlan["throttle"]>;
type Quota = NonNullable<LimitedPlan["quota"]>;

/** What the model says of a request, in a line: `pass`, or why not, and what is left. */
export interface Answer {
  readonly outcome: string;
  readonly tokens: number | undefined;
  readonly quota: number | undefined;
}

/** A moment at which a bucket was looked at: the limits that it had from then, and how many tokens were taken. */
interface Look {
  readonly time: number;
  readonly size: number;
  readonly addedPerMillisecond: number;
  taken: number;
}

interface Use {
  readonly plan: string;
  readonly key: string;
  readonly date: string;
}

/**
 * What the limiter must say, told in the plainest way: it keeps all that has ever happened, and counts it again for each
 * answer. Nothing is forgotten, and it shares no code with the limiter.
 */
export class PlainModel {
  private readonly readings: number[] = [];
  private readonly looks = new Map<string, Look[]>();
  private readonly uses: Use[] = [];
  private readonly beginnings = new Map<string, string>();

  constructor(
    private readonly choices: LimitChoices,
    private readonly accountThrottle: Throttle,
  ) {}

  decide({ client, method, stageThrottle }: LimitedRequest, at: number): Answer {
    this.readings.push(at);
    const time = this.steadyTime();
    const date = dateOf(at);
    const plan = client?.plan;
    if (plan && !this.beginnings.has(plan.id)) this.beginnings.set(plan.id, date);

    const isInstead = client?.methodThrottle && this.choices.methodThrottle === "instead";
    const layers: [name: string, bucket: string, Throttle | undefined][] = [
      ["plan method", `${plan?.id} ${client?.key} ${method}`, client?.methodThrottle],
      ["plan", `${plan?.id} ${client?.key}`, isInstead ? undefined : plan?.throttle],
      ["stage method", method, stageThrottle],
      ["account", "account", this.accountThrottle],
    ];
    const looks = layers.map(([, bucket, throttle]) => throttle && this.look(bucket, throttle, time));
    const left = looks.map((look, index) => look && this.tokens(layers[index]?.[1] ?? ""));
    const quotaLeft = () => client && plan?.quota && this.quotaLeft(plan.id, client.key, plan.quota, date);

    const passed: string[] = [];
    let refused: string | undefined;
    const check = (name: string, isLeft: boolean) => {
      if (refused !== undefined) return;
      if (isLeft) passed.push(name);
      else refused = name;
    };
    if (this.choices.checkedFirst === "quota") check("quota", quotaLeft() !== 0);
    layers.forEach(([name], index) => {
      check(name, left[index] !== 0);
    });
    if (this.choices.checkedFirst === "throttle") check("quota", quotaLeft() !== 0);

    if (refused === undefined || this.choices.refusedRequestTakesTokens)
      layers.forEach(([name], index) => {
        const look = looks[index];
        if (look && passed.includes(name)) look.taken += 1;
      });
    const wasThrottled = refused !== undefined && refused !== "quota";
    const counts =
      refused === undefined || (wasThrottled && this.choices.throttledRequestUsesQuota && quotaLeft() !== 0);
    if (client && plan && counts) this.uses.push({ plan: plan.id, key: client.key, date });

    const tokens = [0, 1].flatMap((index) => (looks[index] ? [this.tokens(layers[index]?.[1] ?? "")] : []));
    return {
      outcome: refused ?? "pass",
      tokens: tokens.length === 0 ? undefined : min(...tokens),
      quota: quotaLeft() || (plan?.quota ? 0 : undefined),
    };
  }

  /** For each of the dates, what was used on it and what remained when it ended. */
  usage({ id, quota }: LimitedPlan, key: string, dates: readonly string[]): readonly (readonly [number, number])[] {
    return dates.map((date) => {
      const uses = this.uses.filter((use) => use.plan === id && use.key === key);
      const used = uses.filter((use) => use.date === date).length;
      if (!quota) return [used, this.choices.remainingWithoutQuota];
      const inPeriod = uses.filter(
        (use) => use.date <= date && this.period(quota, use.date) === this.period(quota, date),
      );
      return [used, max(0, this.allowance(id, quota, date) - inPeriod.length)];
    });
  }

  /** All steps forward, and none back; a step back beyond the tolerance moves the mark from which steps are counted. */
  private steadyTime(): number {
    let time = 0;
    let mark: number | undefined;
    for (const reading of this.readings) {
      mark ??= reading;
      if (reading > mark) time += reading - mark;
      if (reading > mark || mark - reading > this.choices.clockTolerance) mark = reading;
    }
    return time;
  }

  private look(bucket: string, throttle: Throttle, time: number): Look {
    const look = { time, size: sizeOf(throttle), addedPerMillisecond: billionthsPerMillisecond(throttle), taken: 0 };
    const looks = this.looks.get(bucket);
    if (looks) looks.push(look);
    else this.looks.set(bucket, [look]);
    return look;
  }

  /** Whole tokens in a bucket now. */
  private tokens(bucket: string): number {
    let level = 0;
    let before: Look | undefined;
    for (const look of this.looks.get(bucket) ?? []) {
      if (before === undefined) level = look.size;
      else {
        level = min(level + (look.time - before.time) * before.addedPerMillisecond, before.size);
        level = max(0, level + look.size - before.size);
      }
      level -= look.taken * TOKEN;
      before = look;
    }
    return floor(level / TOKEN);
  }

  private quotaLeft(plan: string, key: string, quota: Quota, date: string): number {
    const period = this.period(quota, date);
    const used = this.uses.filter(
      (use) => use.plan === plan && use.key === key && this.period(quota, use.date) === period,
    );
    return max(0, this.allowance(plan, quota, date) - used.length);
  }

  private allowance(plan: string, quota: Quota, date: string): number {
    const began = this.beginnings.get(plan);
    const isFirst = began !== undefined && this.period(quota, began) === this.period(quota, date);
    return quota.limit - (isFirst && this.choices.offsetCounts === "requests" ? (quota.offset ?? 0) : 0);
  }

  /** A name of the period in which a date lies, found by walking back day by day to where it began. */
  private period({ period, offset = 0 }: Quota, date: string): string {
    const { weekBegins, offsetCounts } = this.choices;
    const name = `${period} ${offset} ${weekBegins} ${offsetCounts} ${date}`;
    const known = PERIODS.get(name);
    if (known !== undefined) return known;
    const first = new Date(`${date}T12:00:00Z`);
    const back = (days: number) => first.setUTCDate(first.getUTCDate() - days);
    if (offsetCounts === "days") back(offset);
    if (period === "WEEK") while (first.getUTCDay() !== (weekBegins === "SUNDAY" ? 0 : 1)) back(1);
    if (period === "MONTH") while (first.getUTCDate() !== 1) back(1);
    const found = `${period} of ${first.toISOString()}`;
    PERIODS.set(name, found);
    return found;
  }
}

/**
 * Buckets are counted in billionths of a token, in whole numbers: those of a bucket are below 2^53, where such are exact, and
 * whatever is above is more than any bucket holds.
 */
const TOKEN = 1_000_000_000;

/** Found once, not again: the calendar does not change. */
const PERIODS = new Map<string, string>();

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function sizeOf({ rateLimit, burstLimit }: Throttle): number {
  return rateLimit === 0 ? 0 : burstLimit * TOKEN;
}

/** A millionth of a token a second, the least that counts, is a billionth of one a millisecond. */
function billionthsPerMillisecond({ rateLimit }: Throttle): number {
  return max(1, Number(rateLimit.toFixed(6).replace(".", "")));
}
