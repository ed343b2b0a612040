import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Construct } from "constructs";
import { canonicalJson } from "../../text/canonical-json";
import { named } from "./named";
import type { Metric, StageMetrics } from "./stage-metrics";

export interface StageDashboardProps {
  readonly metrics: StageMetrics;
  /** @default - none */
  readonly alarms?: readonly CloudwatchMetricAlarm[];
}

/** A dashboard of CloudWatch: how many requests a stage has, how they are answered, and how long that takes. */
export class StageDashboard extends Construct {
  readonly dashboard: CloudwatchDashboard;

  constructor(scope: Construct, id: string, { metrics, alarms = [] }: StageDashboardProps) {
    super(scope, id);
    // Its id is its name, with every version of the provider.
    const { id: region } = named(DataAwsRegion, this, "region", {});
    const { title, restApiId, stageName, tooManyRequests } = metrics;
    const graph = (heading: string, lines: readonly Line[], unit: string) => ({
      type: "metric",
      properties: {
        title: `${title}: ${heading}`,
        region,
        view: "timeSeries",
        period: 60,
        metrics: lines.map(written),
        yAxis: { left: { label: unit, min: 0, showUnits: false } },
      },
    });
    const widgets = [
      graph("requests", [["requests", metrics.own("Count", "SampleCount")]], "a minute"),
      graph(
        "errors",
        [
          ["4XX", metrics.own("4XXError", "Sum")],
          ["5XX", metrics.own("5XXError", "Sum")],
          ...(tooManyRequests ? [["429", tooManyRequests] as const] : []),
        ],
        "a minute",
      ),
      graph("latency", percentiles(metrics, "Latency"), "ms"),
      graph("integration latency", percentiles(metrics, "IntegrationLatency"), "ms"),
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
