import type * as sdk from "@aws-sdk/client-api-gateway";
import type { AccountDefinition } from "../aws/definition";
import { stageAttributes } from "../aws/terraform-attributes";
import { decodeStage, encodeStage, STAGE } from "../contract/stage";
import { accessLogSchema, writtenAccessLog } from "../vocabulary/access-log";
import { canarySchema, writtenCanary } from "../vocabulary/canary";
import type { ImportedStage } from "../vocabulary/imports";
import { literalText } from "../vocabulary/schema";
import { type StageInput, writtenStage } from "../vocabulary/stage";
import { stageVariablesSchema } from "../vocabulary/stage-variables";
import { webAclArn } from "../vocabulary/web-acl";
import { adoptMethodSettings } from "./adopt-method-settings";
import { adoptTags } from "./adopt-tags";

export interface AdoptedStage {
  readonly written: StageInput;
  readonly imported: ImportedStage;
  /** Methods whose settings stay as they are, as AWS calls them. */
  readonly left: readonly string[];
}

/** What a deploy of the stage names: not something to keep. */
const REFERENCES = ["rest_api_id", "deployment_id"];

/** A stage with its settings, and the deployments that it serves. The log group that it writes to stays as it is. */
export function adoptStage(
  stage: sdk.Stage,
  { deployments }: AccountDefinition,
  routes: readonly string[],
): AdoptedStage {
  const there = stageAttributes(stage);
  const { entry: found, accessLog: log, canary: share } = decodeStage(there);
  const { tags = {} } = adoptTags(found.tags);
  const accessLog = log && accessLogSchema.safeParse(log).success ? log : undefined;
  const plain = literalText.safeParse(found.description).success;
  const variables = Object.fromEntries(
    Object.entries(found.variables).filter(
      ([name, value]) => stageVariablesSchema.safeParse({ [name]: value }).success,
    ),
  );
  const entry = { ...found, ...(!plain && { description: "" }), variables, tags };
  const canary = share && canarySchema.safeParse(writtenCanary(share.of)).success ? share : undefined;
  // Beside a canary, the description is that of what the canary serves; the other deployment stays as it is.
  const released = canary?.deploymentId ?? stage.deploymentId;
  const description = deployments.find(({ id }) => id === released)?.description || undefined;
  const releaseDescription = literalText.safeParse(description).success ? description : undefined;
  const isFiltered = webAclArn.safeParse(stage.webAclArn).success;
  const settings = adoptMethodSettings(stage, routes);
  const keep = [
    ...STAGE.differing(encodeStage(entry, { accessLog, hasHandlers: false, canary }), there).filter(
      (attribute) => !REFERENCES.includes(attribute),
    ),
    ...(description !== releaseDescription ? ["deployment.description"] : []),
  ];
  return {
    written: {
      ...writtenStage(entry),
      ...(accessLog && { accessLog: writtenAccessLog(accessLog) }),
      ...settings.written,
      ...(isFiltered && { webAclArn: stage.webAclArn }),
      ...(releaseDescription !== undefined && { releaseDescription }),
      ...(canary && { canary: writtenCanary(canary.of) }),
    },
    imported: {
      deploymentId: stage.deploymentId ?? "",
      ...(keep.length > 0 && { keep }),
      ...(canary && { canaryDeploymentId: canary.deploymentId }),
      ...(Object.keys(settings.imported).length > 0 && { methodSettings: settings.imported }),
      ...(isFiltered && { webAcl: true }),
    },
    left: settings.left,
  };
}
