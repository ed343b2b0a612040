import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Construct } from "constructs";
import { canonicalJson } from "../../text/canonical-json";
import type { AccountRateAlarm } from "../../vocabulary/alarms";
import { named } from "./named";
import { type Metric, REQUESTS_OF_ACCOUNT, requestsOfMinute, type StageMetrics } from "./stage-metrics";

export interface StageDashboardProps {
  readonly metrics: StageMetrics;
  /** @default - none */
  readonly alarms?: readonly CloudwatchMetricAlarm[];
  /**
   * How much of its rate the account may use before an alarm goes off.
   * @default - the requests of the account are not shown
   */
  readonly accountRate?: AccountRateAlarm | undefined;
}

/** A dashboard of CloudWatch: how many requests a stage has, how they are answered, and how long that takes. */
export class StageDashboard extends Construct {
  readonly dashboard: CloudwatchDashboard;

  constructor(scope: Construct, id: string, { metrics, alarms = [], accountRate }: StageDashboardProps) {
    super(scope, id);
    // Its id is its name, with every version of the provider.
    const { id: region } = named(DataAwsRegion, this, "region", {});
    const { title, restApiId, stageName, tooManyRequests } = metrics;
    const graph = (heading: string, metricsOfGraph: readonly unknown[][], unit: string, more: object = {}) => ({
      type: "metric",
      properties: {
        title: heading,
        region,
        view: "timeSeries",
        period: 60,
        metrics: metricsOfGraph,
        yAxis: { left: { label: unit, min: 0, showUnits: false } },
        ...more,
      },
    });
    const ofStage = (heading: string, lines: readonly Line[], unit: string) =>
      graph(`${title}: ${heading}`, lines.map(written), unit);
    const widgets = [
      ofStage("requests", [["requests", metrics.own("Count", "SampleCount")]], "a minute"),
      ofStage(
        "errors",
        [
          ["4XX", metrics.own("4XXError", "Sum")],
          ["5XX", metrics.own("5XXError", "Sum")],
          ...(tooManyRequests ? [["429", tooManyRequests] as const] : []),
        ],
        "a minute",
      ),
      ofStage("latency", percentiles(metrics, "Latency"), "ms"),
      ofStage("integration latency", percentiles(metrics, "IntegrationLatency"), "ms"),
      ...(accountRate ? [graph("All REST APIs of the account", [[QUERY]], "a minute", linesOf(accountRate))] : []),
      ...(alarms.length === 0
        ? []
        : [{ type: "alarm", properties: { title: `${title}: alarms`, alarms: alarms.map(({ arn }) => arn) } }]),
    ];
    this.dashboard = named(CloudwatchDashboard, this, "dashboard", {
      // Names take letters, digits, "-" and "_"; the ids keep two stages apart.
      dashboardName: `api-${restApiId}-${stageName}`,
      dashboardBody: canonicalJson({
        widgets: widgets.map((widget, index) => ({
          ...widget,
          x: (index % 2) * WIDTH,
          y: Math.floor(index / 2) * HEIGHT,
          width: WIDTH,
          height: HEIGHT,
        })),
      }),
    });
  }
}

/** Half of a dashboard's 24 columns. */
const WIDTH = 12;
const HEIGHT = 6;

const QUERY = { expression: REQUESTS_OF_ACCOUNT, label: "requests", period: 60 };

const linesOf = (accountRate: AccountRateAlarm) => ({
  annotations: {
    horizontal: [
      { label: "the account's rate", value: requestsOfMinute({ ...accountRate, percent: 100 }) },
      { label: "the alarm", value: requestsOfMinute(accountRate) },
    ],
  },
});

type Line = readonly [label: string, metric: Metric];

const percentiles = (metrics: StageMetrics, name: "Latency" | "IntegrationLatency"): Line[] =>
  ["p50", "p90", "p99"].map((stat) => [stat, metrics.own(name, stat)]);

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const written = ([label, { namespace, metricName, dimensions, stat }]: Line) => [
  namespace,
  metricName,
  ...Object.entries(dimensions).flat(),
  { label, stat },
];
