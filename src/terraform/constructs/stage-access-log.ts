import type { ApiGatewayStageAccessLogSettings } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import type { AccessLog } from "../../vocabulary/access-log";
import type { Tags } from "../../vocabulary/tags";
import { literal } from "./literal";
import { named } from "./named";

export interface StageAccessLogProps {
  readonly restApiId: string;
  readonly stageName: string;
  readonly accessLog: AccessLog;
  /**
   * Tags of the log group.
   * @default - none
   */
  readonly tags?: Tags;
}

/**
 * Where a stage writes a line for each request: a log group of its own, or what already exists. A log group
 * needs a role of the account's, which `ApiGatewayAccountLogging` gives.
 */
export class StageAccessLog extends Construct {
  /** Only where it is the stage's own. */
  readonly logGroup: CloudwatchLogGroup | undefined;
  /** ARN of the log group or stream that gets the lines. */
  readonly destinationArn: string;
  /** What a line says, as API Gateway takes it. */
  readonly format: string;

  constructor(scope: Construct, id: string, { restApiId, stageName, accessLog, tags }: StageAccessLogProps) {
    super(scope, id);
    this.format = accessLog.format;
    if (accessLog.kind === "existing") {
      this.destinationArn = accessLog.destinationArn;
      return;
    }
    this.logGroup = named(CloudwatchLogGroup, this, "log-group", {
      // The API's id in its name keeps two copies of a catalog in one account apart.
      name: `/aws/apigateway/${restApiId}/${stageName}/access`,
      retentionInDays: accessLog.retentionDays,
      tags,
    });
    this.destinationArn = this.logGroup.arn;
  }

  /** What a stage is given as `accessLogSettings`. */
  get settings(): ApiGatewayStageAccessLogSettings {
    return { destinationArn: this.destinationArn, format: literal(this.format) };
  }
}
