import { z } from "zod";
import { fieldsOf, isKnownLater, shortOrLong, wrong } from "./schema";

/** A part of the requests of a minute. */
export interface ShareAlarmInput {
  /**
   * Percent of a minute's requests, over which the alarm goes off; above 0, at most 100.
   * @unit percent
   * @default 5
   */
  readonly percent?: number;
  /**
   * Minutes in a row, 1 to 1,440.
   * @unit minutes
   * @default 5
   */
  readonly minutes?: number;
}

/** How long all but the slowest requests of a minute take. */
export interface LatencyAlarmInput {
  /**
   * Milliseconds, over which the alarm goes off.
   * @unit milliseconds
   * @default 2500
   */
  readonly milliseconds?: number;
  /**
   * Percent of the requests that must be as fast: 90 leaves the slowest tenth out of account. At least 50, below 100.
   * @unit percent
   * @default 90
   */
  readonly percentile?: number;
  /**
   * Minutes in a row, 1 to 1,440.
   * @unit minutes
   * @default 5
   */
  readonly minutes?: number;
}

/** How much of the account's rate in its Region all REST APIs use together. */
export interface AccountRateAlarmInput {
  /**
   * The account's throttle in this Region, as Service Quotas shows it.
   * @unit requests per second
   * @default 10000
   */
  readonly requestsPerSecond?: number;
  /**
   * Percent of this rate, over which the alarm goes off; above 0, at most 100.
   * @unit percent
   * @default 80
   */
  readonly percent?: number;
  /**
   * Minutes in a row, 1 to 1,440.
   * @unit minutes
   * @default 5
   */
  readonly minutes?: number;
}

/**
 * Alarms of CloudWatch for a stage, those that are named here alone; `true` stands for the defaults, which AWS
 * recommends where it recommends some. Each looks at whole minutes, and a minute without requests is a good one.
 *
 * API Gateway's metrics know an API by its name, so two APIs of one name in an account and Region count together.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ApiGateway
 */
export interface AlarmsInput {
  /** ARN of the SNS topic that hears when an alarm goes off and when it is over; in the Region of the API. */
  readonly topicArn: string;
  /**
   * Answers 400 to 499, those to customers over their limits among them.
   * @default - none
   */
  readonly clientErrors?: true | ShareAlarmInput;
  /**
   * Answers 500 to 599.
   * @default - none
   */
  readonly serverErrors?: true | ShareAlarmInput;
  /**
   * Answers 429: customers over their rate or quota, or the stage or the account over its throttle. API Gateway has no metric for
   * them, so they are counted in the stage's own log: `accessLog` must be `true` or have no `destinationArn`.
   * @default - none
   */
  readonly tooManyRequests?: true | ShareAlarmInput;
  /**
   * From the request to the answer, as clients wait for it.
   * @default - none
   */
  readonly latency?: true | LatencyAlarmInput;
  /**
   * The same without API Gateway's own part: how long backends and functions take; 2,000 milliseconds by default.
   * @default - none
   */
  readonly integrationLatency?: true | LatencyAlarmInput;
  /**
   * Requests of all REST APIs of the account in the Region. It concerns no stage, so one stage of the Region is enough. HTTP and
   * WebSocket APIs use up the same rate and are not counted, and a peak within a minute is not seen.
   * @default - none
   */
  readonly accountRate?: true | AccountRateAlarmInput;
}

/** An alarm of a part of the requests, checked. */
export type ShareAlarm = Readonly<Required<ShareAlarmInput>>;
/** An alarm of slow answers, checked. */
export type LatencyAlarm = Readonly<Required<LatencyAlarmInput>>;
/** An alarm of the account's rate, checked. */
export type AccountRateAlarm = Readonly<Required<AccountRateAlarmInput>>;

/** Alarms of a stage, checked. */
export interface Alarms {
  readonly topicArn: string;
  readonly clientErrors: ShareAlarm | undefined;
  readonly serverErrors: ShareAlarm | undefined;
  readonly tooManyRequests: ShareAlarm | undefined;
  readonly latency: LatencyAlarm | undefined;
  readonly integrationLatency: LatencyAlarm | undefined;
  readonly accountRate: AccountRateAlarm | undefined;
}

const SHARE: ShareAlarm = { percent: 5, minutes: 5 };
const LATENCY: LatencyAlarm = { milliseconds: 2_500, percentile: 90, minutes: 5 };
const DEFAULTS = {
  clientErrors: SHARE,
  serverErrors: { ...SHARE, minutes: 3 },
  tooManyRequests: SHARE,
  latency: LATENCY,
  integrationLatency: { ...LATENCY, milliseconds: 2_000 },
  accountRate: { requestsPerSecond: 10_000, percent: 80, minutes: 5 },
} satisfies Omit<Alarms, "topicArn">;

const number = (allowed: string, isAllowed: (value: number) => boolean, remedy?: string) => {
  const error = wrong(`must be ${allowed}`, remedy);
  return z.number({ error }).refine(isAllowed, { error }).optional();
};
const percent = number("a percentage above 0, at most 100", (value) => value > 0 && value <= 100, "write 5 for 5 %");
const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;
const minutes = number("a whole number of minutes, 1 to 1440", (value) => isWhole(value, 1, 1_440), "write 5");

/** `true` for the defaults. */
const withDefaults = <Written extends object>(schema: z.ZodType<Written>) =>
  shortOrLong(
    z.literal(true, { error: wrong("must be true or an object", "leave it out for no alarm") }) as z.ZodType<true>,
    schema,
  ).optional();
export const shareAlarmSchema = fieldsOf<ShareAlarmInput>()({ percent, minutes });
export const latencyAlarmSchema = fieldsOf<LatencyAlarmInput>()({
  milliseconds: number("a whole number of milliseconds, 1 or more", (value) => isWhole(value, 1, 3_600_000)),
  percentile: number(
    "at least 50 and below 100, with two decimals at most",
    (value) => /^[5-9]\d(\.\d{1,2})?$/.test(String(value)),
    "write 90",
  ),
  minutes,
});
export const accountRateAlarmSchema = fieldsOf<AccountRateAlarmInput>()({
  requestsPerSecond: number(
    "a number above 0",
    (value) => value > 0,
    "aws service-quotas list-service-quotas --service-code apigateway shows it",
  ),
  percent,
  minutes,
});

const TOPIC = {
  error: wrong("must be the ARN of an SNS topic", "write it as arn:aws:sns:<region>:<account>:<name>"),
};
const NAMES = Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[];

export const alarmsSchema = fieldsOf<AlarmsInput>()({
  topicArn: z
    .string(TOPIC)
    .refine(
      (arn) => isKnownLater(arn) || /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/.test(arn),
      TOPIC,
    ),
  clientErrors: withDefaults(shareAlarmSchema),
  serverErrors: withDefaults(shareAlarmSchema),
  tooManyRequests: withDefaults(shareAlarmSchema),
  latency: withDefaults(latencyAlarmSchema),
  integrationLatency: withDefaults(latencyAlarmSchema),
  accountRate: withDefaults(accountRateAlarmSchema),
}).superRefine((alarms, context) => {
  if (NAMES.some((name) => alarms[name] !== undefined)) return;
  const message = `asks for no alarm; name some of ${NAMES.join(", ")}, or leave alarms out`;
  context.addIssue({ code: "custom", message, input: alarms });
});

/** The checked form of a stage's alarms. */
export function toAlarms(written: z.infer<typeof alarmsSchema> | undefined): Alarms | undefined {
  if (!written) return undefined;
  const { topicArn } = written;
  const alarm = <Name extends keyof typeof DEFAULTS>(name: Name): (typeof DEFAULTS)[Name] | undefined => {
    const given: object | true | undefined = written[name];
    if (given === undefined) return undefined;
    const said = given === true ? [] : Object.entries(given).filter(([, value]) => value !== undefined);
    return { ...DEFAULTS[name], ...Object.fromEntries(said) };
  };
  return {
    topicArn,
    clientErrors: alarm("clientErrors"),
    serverErrors: alarm("serverErrors"),
    tooManyRequests: alarm("tooManyRequests"),
    latency: alarm("latency"),
    integrationLatency: alarm("integrationLatency"),
    accountRate: alarm("accountRate"),
  };
}
