import type * as sdk from "@aws-sdk/client-api-gateway";
import type { ImportedStage } from "../vocabulary/imports";
import type { StageInput } from "../vocabulary/stage";
import { adoptTags } from "./adopt-tags";
import type { AccountDefinition } from "./definition";

export interface AdoptedStage {
  readonly written: StageInput;
  readonly imported: ImportedStage;
}

/** A stage, and the deployment that it serves. Settings of its methods, its log and its domain stay as they are. */
export function adoptStage(stage: sdk.Stage, { deployments }: AccountDefinition): AdoptedStage {
  const { tags, isComplete } = adoptTags(stage.tags ?? {});
  const deployment = deployments.find(({ id }) => id === stage.deploymentId);
  const has = (isThere: unknown, attribute: string) => (isThere ? [attribute] : []);
  const keep = [
    ...has(!isComplete, "tags"),
    ...has(stage.accessLogSettings, "access_log_settings"),
    ...has(Object.keys(stage.variables ?? {}).length > 0, "variables"),
    ...has(stage.cacheClusterEnabled, "cache_cluster_enabled"),
    ...has(stage.cacheClusterEnabled, "cache_cluster_size"),
    ...has(stage.clientCertificateId, "client_certificate_id"),
    ...has(stage.documentationVersion, "documentation_version"),
    ...has(stage.tracingEnabled, "xray_tracing_enabled"),
    ...has(stage.canarySettings, "canary_settings"),
    ...has(deployment?.description, "deployment.description"),
  ];
  return {
    written: {
      ...(stage.description ? { description: stage.description } : {}),
      ...(tags && { tags }),
    },
    imported: { deploymentId: stage.deploymentId ?? "", ...(keep.length > 0 && { keep }) },
  };
}
