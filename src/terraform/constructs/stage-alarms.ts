import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { Alarms, LatencyAlarm, ShareAlarm } from "../../vocabulary/alarms";
import { regionOfArn } from "../../vocabulary/certificate";
import type { Tags } from "../../vocabulary/tags";
import { idOf, named } from "./named";
import { regionOfStack } from "./region-of-stack";
import { exact, type Metric, REQUESTS_OF_ACCOUNT, requestsOfMinute, type StageMetrics } from "./stage-metrics";

export interface StageAlarmsProps {
  readonly metrics: StageMetrics;
  readonly alarms: Alarms;
  /**
   * Tags of the alarms.
   * @default - none
   */
  readonly tags?: Tags;
}

export type AlarmName = Exclude<keyof Alarms, "topicArn">;

/** What an alarm looks at, and from when on it goes off. */
type Watched = Pick<
  CloudwatchMetricAlarmConfig,
  "metricName" | "namespace" | "dimensions" | "statistic" | "extendedStatistic" | "period" | "metricQuery"
> & {
  readonly threshold: number;
  readonly minutes: number;
  /** Completes "… of API/stage". */
  readonly what: string;
};

/** Alarms of a stage: each looks at whole minutes, and says to a topic when it goes off and when it is over. */
export class StageAlarms extends Construct {
  readonly byName: ReadonlyMap<AlarmName, CloudwatchMetricAlarm>;

  constructor(scope: Construct, id: string, { metrics, alarms, tags }: StageAlarmsProps) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.problemsOfRegion(alarms.topicArn, metrics.title) });
    const watched = Object.entries(watchedBy(alarms, metrics)) as [AlarmName, Watched | undefined][];
    this.byName = new Map(
      watched.flatMap(([name, each]) => {
        if (!each) return [];
        const { minutes, what, ...metric } = each;
        const alarm = named(CloudwatchMetricAlarm, this, idOf("alarm", name), {
          // The API's id keeps two copies of a catalog in one account apart.
          alarmName: `${metrics.title}: ${name} (${metrics.restApiId})`,
          alarmDescription: `${what}, ${minutes === 1 ? "within a minute" : `${minutes} minutes in a row`}.`,
          comparisonOperator: "GreaterThanThreshold",
          evaluationPeriods: minutes,
          treatMissingData: "notBreaching",
          alarmActions: [alarms.topicArn],
          okActions: [alarms.topicArn],
          tags,
          ...metric,
        });
        return [[name, alarm] as const];
      }),
    );
  }

  /** CloudWatch calls topics of its own Region alone; that Region is known here only if the stack says it. */
  private problemsOfRegion(topicArn: string, title: string): string[] {
    const [here, there] = [regionOfStack(this), regionOfArn(topicArn)];
    if (here === undefined || there === undefined || there === here) return [];
    return [`the topic of the alarms of ${title} is in ${there}, but the stage is in ${here}; name a topic there`];
  }
}

const PERIOD = 60;

function watchedBy(alarms: Alarms, metrics: StageMetrics): Record<AlarmName, Watched | undefined> {
  const { clientErrors, serverErrors, tooManyRequests, latency, integrationLatency, accountRate } = alarms;
  const of = metrics.title;
  return {
    clientErrors: clientErrors && share(clientErrors, metrics.own("4XXError", "Average"), `answers of ${of} are 4XX`),
    serverErrors: serverErrors && share(serverErrors, metrics.own("5XXError", "Average"), `answers of ${of} are 5XX`),
    tooManyRequests: tooManyRequests && refused(tooManyRequests, metrics),
    latency: latency && slow(latency, metrics.own("Latency", `p${latency.percentile}`), `requests to ${of}`),
    integrationLatency:
      integrationLatency &&
      slow(
        integrationLatency,
        metrics.own("IntegrationLatency", `p${integrationLatency.percentile}`),
        `calls of backends and functions by ${of}`,
      ),
    accountRate: accountRate && {
      metricQuery: [{ id: "requests", expression: REQUESTS_OF_ACCOUNT, period: PERIOD, returnData: true }],
      threshold: requestsOfMinute(accountRate),
      minutes: accountRate.minutes,
      what: `REST APIs of the account use more than ${accountRate.percent} % of its ${accountRate.requestsPerSecond} requests per second`,
    },
  };
}

const single = ({ metricName, namespace, dimensions, stat }: Metric) => ({
  metricName,
  namespace,
  dimensions: { ...dimensions },
  period: PERIOD,
  ...(stat.startsWith("p") ? { extendedStatistic: stat } : { statistic: stat }),
});

/** The metric is 1 for a request that is one of those, and 0 for another. */
const share = ({ percent, minutes }: ShareAlarm, metric: Metric, which: string): Watched => ({
  ...single(metric),
  threshold: exact(percent / 100),
  minutes,
  what: `More than ${percent} % of the ${which}`,
});

const slow = ({ milliseconds, percentile, minutes }: LatencyAlarm, metric: Metric, which: string): Watched => ({
  ...single(metric),
  threshold: milliseconds,
  minutes,
  what: `The slowest ${exact(100 - percentile)} % of the ${which} take more than ${milliseconds} ms`,
});

function refused({ percent, minutes }: ShareAlarm, metrics: StageMetrics): Watched {
  const { tooManyRequests } = metrics;
  if (!tooManyRequests)
    throw new Error(
      `${metrics.title}: tooManyRequests counts lines of the stage's own access log by their status; give it such an accessLog`,
    );
  const query = (id: string, { stat, metricName, namespace, dimensions }: Metric) => ({
    id,
    metric: { metricName, namespace, dimensions: { ...dimensions }, period: PERIOD, stat },
  });
  return {
    metricQuery: [
      query("refused", tooManyRequests),
      query("requests", metrics.own("Count", "SampleCount")),
      { id: "percent", expression: "100 * refused / requests", label: "Answers 429 in percent", returnData: true },
    ],
    threshold: percent,
    minutes,
    what: `More than ${percent} % of the answers of ${metrics.title} are 429`,
  };
}
