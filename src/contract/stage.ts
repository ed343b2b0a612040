import { type Canary, canaryAlias } from "../vocabulary/canary";
import { cacheClusterSchema } from "../vocabulary/method-cache";
import type { Stage, StageEntry } from "../vocabulary/stage";
import { RELEASE_VARIABLE } from "../vocabulary/stage-variables";
import type { Attributes } from "./attributes";
import {
  block,
  flag,
  number,
  optionalText,
  ResourceType,
  strings,
  text,
  type ValuesOf,
  type Written,
} from "./resource-type";
import { withoutReservedTags } from "./tags";

/** A stage, which serves a deployment. */
export const STAGE = new ResourceType("aws_api_gateway_stage", {
  rest_api_id: optionalText,
  stage_name: text(),
  deployment_id: optionalText,
  description: text(),
  variables: strings,
  access_log_settings: block({ destination_arn: text(), format: text() }),
  cache_cluster_enabled: flag(),
  cache_cluster_size: optionalText,
  client_certificate_id: optionalText,
  documentation_version: optionalText,
  xray_tracing_enabled: flag(),
  canary_settings: block({
    deployment_id: optionalText,
    percent_traffic: number(0),
    stage_variable_overrides: strings,
    use_stage_cache: flag(),
  }),
  tags: strings,
});
export type StageAttributes = ValuesOf<typeof STAGE.fields>;

export interface AccessLogSettings {
  /** ARN of the log group or stream. */
  readonly destinationArn: string;
  readonly format: string;
}

export interface StageReferences {
  /** `undefined` for none. */
  readonly accessLog: AccessLogSettings | undefined;
  /** Whether the API has handlers, of which the stage calls the aliases with its name. */
  readonly hasHandlers: boolean;
  /** @default - none */
  readonly canary?: StageCanary | undefined;
}

/** What a part of the requests gets, and the id of the deployment that serves it. */
export interface StageCanary {
  readonly deploymentId: string;
  readonly of: Canary;
}

export function encodeStage(
  { name, description, variables, tags, tracing, clientCertificateId, cacheCluster }: StageEntry & Pick<Stage, "name">,
  { accessLog, hasHandlers, canary }: StageReferences,
) {
  return {
    stage_name: name,
    description,
    tags: { ...tags },
    variables:
      hasHandlers || Object.keys(variables).length > 0
        ? { ...variables, ...(hasHandlers && { [RELEASE_VARIABLE]: name }) }
        : undefined,
    xray_tracing_enabled: tracing || undefined,
    client_certificate_id: clientCertificateId,
    cache_cluster_enabled: cacheCluster === undefined ? undefined : true,
    cache_cluster_size: cacheCluster as string | undefined,
    canary_settings: canary && {
      deployment_id: canary.deploymentId,
      percent_traffic: canary.of.percent,
      stage_variable_overrides: overridesOf(canary.of.variables, hasHandlers ? name : undefined),
      use_stage_cache: canary.of.useStageCache,
    },
    access_log_settings: accessLog && { destination_arn: accessLog.destinationArn, format: accessLog.format },
  } satisfies Written<typeof STAGE.fields>;
}

/** The variables of a canary, with that by which it calls its own release of handlers. */
function overridesOf(
  variables: Canary["variables"],
  stage: string | undefined,
): Readonly<Record<string, string>> | undefined {
  const all = { ...variables, ...(stage !== undefined && { [RELEASE_VARIABLE]: canaryAlias(stage) }) };
  return Object.keys(all).length > 0 ? all : undefined;
}

export interface DecodedStage {
  readonly entry: StageEntry & Pick<Stage, "name">;
  readonly accessLog: AccessLogSettings | undefined;
  readonly canary: StageCanary | undefined;
}

export function decodeStage(attributes: Attributes): DecodedStage {
  const stage = STAGE.read(attributes);
  const { stage_name, description, tags, variables, access_log_settings: log } = stage;
  const { [RELEASE_VARIABLE]: _, ...others } = variables;
  return {
    entry: {
      name: stage_name,
      description,
      variables: others,
      tags: withoutReservedTags(tags),
      tracing: stage.xray_tracing_enabled,
      clientCertificateId: stage.client_certificate_id,
      cacheCluster: stage.cache_cluster_enabled
        ? cacheClusterSchema.safeParse(stage.cache_cluster_size).data
        : undefined,
    },
    canary: canaryIn(stage),
    accessLog: log && { destinationArn: log.destination_arn, format: log.format },
  };
}

function canaryIn({ canary_settings: canary }: StageAttributes): StageCanary | undefined {
  if (canary?.deployment_id === undefined) return undefined;
  const { [RELEASE_VARIABLE]: _, ...variables } = canary.stage_variable_overrides;
  const of = { percent: canary.percent_traffic, variables, useStageCache: canary.use_stage_cache };
  return { deploymentId: canary.deployment_id, of };
}
