import { isOwnApi } from "../../catalog/catalog";
import type { Api, OwnApi } from "../../vocabulary/api";
import type { Stage } from "../../vocabulary/stage";

/** A stage that is not retired, of an API that is not. */
export interface LiveStage {
  readonly api: OwnApi;
  readonly stage: Stage;
}

const createsName = ({ stage }: LiveStage) => stage.domain?.certificateArn !== undefined;

/** The stages of the catalog's own APIs that are not retired. */
export function liveStages(apis: readonly Api[]): readonly LiveStage[] {
  return apis
    .filter(isOwnApi)
    .flatMap((api) => api.stages.filter((stage) => !stage.retired).map((stage) => ({ api, stage })));
}

/** The live stages of APIs in the order of their releases: those that create a domain name before those that use one. */
export function releaseOrder(apis: readonly OwnApi[]): readonly LiveStage[] {
  const all = liveStages(apis);
  return [...all.filter(createsName), ...all.filter((each) => !createsName(each))];
}

/** The stage that creates the domain name which another one uses, if the catalog has it. */
export function creatorOfName(stage: Stage, all: readonly LiveStage[]): LiveStage | undefined {
  const { domain } = stage;
  if (!domain || domain.certificateArn !== undefined) return undefined;
  return all.find((each) => createsName(each) && each.stage.domain?.name === domain.name);
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
