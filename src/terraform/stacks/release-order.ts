import { isOwnApi } from "../../catalog/catalog";
import type { Api, OwnApi } from "../../vocabulary/api";
import type { Stage } from "../../vocabulary/stage";

/** A stage that is not retired, of an API that is not. */
export type LiveStage = AnyStage;

/** A stage of one of the catalog's own APIs. */
export interface AnyStage {
  readonly api: OwnApi;
  readonly stage: Stage;
}

/** The stages of the catalog's own APIs, those that are retired with them. */
export const ownStages = (apis: readonly Api[]): readonly AnyStage[] =>
  apis.filter(isOwnApi).flatMap((api) => api.stages.map((stage) => ({ api, stage })));

/** The stages of the catalog's own APIs that are not retired. */
export function liveStages(apis: readonly Api[]): readonly LiveStage[] {
  return ownStages(apis).filter(({ stage }) => !stage.retired);
}

/**
 * Whether a stage writes to CloudWatch, which AWS allows only where the account has a role for it. For a Firehose stream
 * API Gateway creates a role of its own.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-logging-to-kinesis.html
 */
export function needsAccountLogging({ accessLog, settings, methodSettings }: Stage): boolean {
  const toFirehose = accessLog?.kind === "existing" && /^arn:[^:]*:firehose:/.test(accessLog.destinationArn);
  const ofMethods = [settings, ...Object.values(methodSettings)];
  return (accessLog !== undefined && !toFirehose) || ofMethods.some((each) => each && each.logLevel !== "OFF");
}
