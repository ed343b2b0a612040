import type { LimitChoices } from "../../../src/limits/choices";
import type { LimitedPlan, LimitedRequest } from "../../../src/limits/limiter";

type Throttle = NonNullable<LimitedPlan["throttle"]>;
type Quota = NonNullable<LimitedPlan["quota"]>;

/** What the model says of a request, in a line: `pass`, or why not, and what is left. */
export interface Answer {
  readonly outcome: string;
  readonly tokens: number | undefined;
  readonly quota: number | undefined;
}

/** A moment at which a bucket was looked at: the limits that were said then, and how many tokens were taken. */
interface Look {
  readonly time: bigint;
  readonly throttle: Throttle;
  taken: bigint;
}

/**
 * What the limiter must say, told in the plainest way: it keeps all that has ever happened, and counts it again for each
 * answer. No number is rounded, nothing is forgotten, and it shares no code with the limiter.
 */
export class PlainModel {
  private readonly readings: number[] = [];
  private readonly looks = new Map<string, Look[]>();
  private readonly uses: { readonly plan: string; readonly key: string; readonly date: string }[] = [];
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

    const layers: [name: string, bucket: string, Throttle | undefined][] = [
      ["plan method", `${plan?.id} ${client?.key} ${method}`, client?.methodThrottle],
      ["plan", `${plan?.id} ${client?.key}`, plan?.throttle],
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
        if (look && passed.includes(name)) look.taken += 1n;
      });
    const wasThrottled = refused !== undefined && refused !== "quota";
    const counts =
      refused === undefined || (wasThrottled && this.choices.throttledRequestUsesQuota && quotaLeft() !== 0);
    if (client && plan && counts) this.uses.push({ plan: plan.id, key: client.key, date });

    const tokens = [0, 1].flatMap((index) => (looks[index] ? [this.tokens(layers[index]?.[1] ?? "")] : []));
    return {
      outcome: refused ?? "pass",
      tokens: tokens.length === 0 ? undefined : Math.min(...tokens),
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
      return [used, Math.max(0, this.allowance(id, quota, date) - inPeriod.length)];
    });
  }

  /** All steps forward, and none back; a step back beyond the tolerance moves the mark from which steps are counted. */
  private steadyTime(): bigint {
    let time = 0n;
    let mark: number | undefined;
    for (const reading of this.readings) {
      mark ??= reading;
      if (reading > mark) time += BigInt(reading - mark);
      if (reading > mark || mark - reading > this.choices.clockTolerance) mark = reading;
    }
    return time;
  }

  private look(bucket: string, throttle: Throttle, time: bigint): Look {
    const look = { time, throttle, taken: 0n };
    const looks = this.looks.get(bucket);
    if (looks) looks.push(look);
    else this.looks.set(bucket, [look]);
    return look;
  }

  /** Whole tokens in a bucket now. A millionth of a token a second is a billionth a millisecond, in which all is counted. */
  private tokens(bucket: string): number {
    let level = 0n;
    let before: Look | undefined;
    for (const look of this.looks.get(bucket) ?? []) {
      const size = sizeOf(look.throttle);
      if (before === undefined) level = size;
      else {
        const sizeBefore = sizeOf(before.throttle);
        level = smaller(level + (look.time - before.time) * billionthsPerMillisecond(before.throttle), sizeBefore);
        level = larger(0n, level + size - sizeBefore);
      }
      level -= look.taken * 1_000_000_000n;
      before = look;
    }
    return Number(level / 1_000_000_000n);
  }

  private quotaLeft(plan: string, key: string, quota: Quota, date: string): number {
    const period = this.period(quota, date);
    const used = this.uses.filter(
      (use) => use.plan === plan && use.key === key && this.period(quota, use.date) === period,
    );
    return Math.max(0, this.allowance(plan, quota, date) - used.length);
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

/** Only to be told once what was found once: the calendar does not change. */
const PERIODS = new Map<string, string>();

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function sizeOf({ rateLimit, burstLimit }: Throttle): bigint {
  return rateLimit === 0 ? 0n : BigInt(burstLimit) * 1_000_000_000n;
}

function billionthsPerMillisecond({ rateLimit }: Throttle): bigint {
  const [whole = "0", fraction = ""] = rateLimit.toFixed(6).split(".");
  const millionths = BigInt(whole + fraction);
  return millionths > 0n ? millionths : 1n;
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
