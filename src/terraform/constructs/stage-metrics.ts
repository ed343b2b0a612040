import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import { tooManyRequestsPattern } from "../../vocabulary/access-log-format";
import type { AccountRateAlarm } from "../../vocabulary/alarms";
import { literal } from "./literal";
import { named } from "./named";
import type { StageAccessLog } from "./stage-access-log";

/** A metric of CloudWatch, and what of a minute is looked at: `Average`, `p90`. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stat: string;
}

export interface StageMetricsProps {
  /** Name of the API in AWS, by which its metrics are found. */
  readonly apiName: string;
  readonly restApiId: string;
  readonly stageName: string;
  /** @default - nothing counts the answers 429 */
  readonly accessLog?: StageAccessLog | undefined;
}

/**
 * The metrics of a stage: API Gateway's own, and how many requests were answered 429, which API Gateway does not count and
 * lines of the stage's own log group do.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export class StageMetrics extends Construct {
  /** What the stage is called where people read it. */
  readonly title: string;
  readonly restApiId: string;
  readonly stageName: string;
  /** Only where lines of the stage's own log group say it. */
  readonly tooManyRequests: Metric | undefined;
  readonly filter: CloudwatchLogMetricFilter | undefined;
  private readonly dimensions: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { apiName, restApiId, stageName, accessLog }: StageMetricsProps) {
    super(scope, id);
    // Names of alarms have 255 characters at most, and those of APIs 1,024.
    this.title = `${literal([...apiName].slice(0, 80).join(""))}/${stageName}`;
    this.restApiId = restApiId;
    this.stageName = stageName;
    this.dimensions = { ApiName: literal(apiName), Stage: stageName };
    const pattern = accessLog && tooManyRequestsPattern(accessLog.format);
    if (!accessLog?.logGroup || pattern === undefined) return;
    const namespace = "ApiTiers";
    const metricName = `TooManyRequests ${restApiId} ${stageName}`;
    this.filter = named(CloudwatchLogMetricFilter, this, "too-many-requests", {
      name: "too-many-requests",
      logGroupName: accessLog.logGroup.name,
      pattern,
      metricTransformation: { namespace, name: metricName, value: "1", defaultValue: "0" },
    });
    this.tooManyRequests = { namespace, metricName, dimensions: {}, stat: "Sum" };
  }

  /** One of the metrics that API Gateway has for each stage. */
  own(metricName: "Count" | "4XXError" | "5XXError" | "Latency" | "IntegrationLatency", stat: string): Metric {
    return { namespace: "AWS/ApiGateway", metricName, dimensions: this.dimensions, stat };
  }
}

/** How many requests all REST APIs of the account had in a minute. The samples of this metric are the requests. */
export const REQUESTS_OF_ACCOUNT = 'SELECT COUNT("Count") FROM SCHEMA("AWS/ApiGateway", ApiName)';

/** How many requests all REST APIs of an account may have in a minute, before they use more of its rate than is allowed. */
export const requestsOfMinute = ({ percent, requestsPerSecond }: AccountRateAlarm): number =>
  exact((percent / 100) * requestsPerSecond * 60);

/** Without what binary fractions add: 0.57 / 100 is 0.005699999999999999. */
export const exact = (value: number): number => Number(value.toPrecision(12));
