import type * as sdk from "@aws-sdk/client-api-gateway";
import { decodeStage, encodeStage, STAGE } from "../contract/stage";
import { accessLogSchema, writtenAccessLog } from "../vocabulary/access-log";
import type { ImportedStage } from "../vocabulary/imports";
import { literalText } from "../vocabulary/schema";
import { type StageInput, writtenStage } from "../vocabulary/stage";
import { stageVariablesSchema } from "../vocabulary/stage-variables";
import { adoptTags } from "./adopt-tags";
import type { AccountDefinition } from "./definition";
import { stageAttributes } from "./terraform-attributes";

export interface AdoptedStage {
  readonly written: StageInput;
  readonly imported: ImportedStage;
}

/** What a deploy of the stage names: not something to keep. */
const REFERENCES = ["rest_api_id", "deployment_id"];

/**
 * A stage, and the deployment that it serves. Settings of its methods, its domain and the log group that it writes to stay
 * as they are.
 */
export function adoptStage(stage: sdk.Stage, { deployments }: AccountDefinition): AdoptedStage {
  const there = stageAttributes(stage);
  const { entry: found, accessLog: log } = decodeStage(there);
  const { tags = {} } = adoptTags(found.tags);
  const accessLog = log && accessLogSchema.safeParse(log).success ? log : undefined;
  const plain = literalText.safeParse(found.description).success;
  const taken = stageVariablesSchema.safeParse(stage.variables ?? {}).success;
  const entry = { ...found, ...(!plain && { description: "" }), ...(!taken && { variables: {} }), tags };
  const deployment = deployments.find(({ id }) => id === stage.deploymentId);
  const keep = [
    ...STAGE.differing(encodeStage(entry, { accessLog, hasHandlers: false }), there).filter(
      (attribute) => !REFERENCES.includes(attribute),
    ),
    ...(deployment?.description ? ["deployment.description"] : []),
  ];
  return {
    written: {
      ...writtenStage(entry),
      ...(accessLog && { accessLog: writtenAccessLog(accessLog) }),
    },
    imported: { deploymentId: stage.deploymentId ?? "", ...(keep.length > 0 && { keep }) },
  };
}
