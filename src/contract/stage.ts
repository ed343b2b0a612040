import type { Stage, StageEntry } from "../vocabulary/stage";
import { RELEASE_VARIABLE } from "../vocabulary/stage-variables";
import type { Attributes } from "./attributes";
import { block, flag, optionalText, ResourceType, strings, text, type ValuesOf, type Written } from "./resource-type";
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
    percent_traffic: text("0"),
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
}

export function encodeStage(
  { name, description, variables, tags, tracing, clientCertificateId }: StageEntry & Pick<Stage, "name">,
  { accessLog, hasHandlers }: StageReferences,
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
    access_log_settings: accessLog && { destination_arn: accessLog.destinationArn, format: accessLog.format },
  } satisfies Written<typeof STAGE.fields>;
}

export interface DecodedStage {
  readonly entry: StageEntry & Pick<Stage, "name">;
  readonly accessLog: AccessLogSettings | undefined;
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
    },
    accessLog: log && { destinationArn: log.destination_arn, format: log.format },
  };
}
