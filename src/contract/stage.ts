import { ACCESS_LOG_FORMAT } from "../vocabulary/access-log";
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

export interface StageReferences {
  /** ARN of the log group or stream that gets the access log; `undefined` for none. */
  readonly accessLogArn: string | undefined;
  /** Whether the API has handlers, of which the stage calls the aliases with its name. */
  readonly hasHandlers: boolean;
}

export function encodeStage(
  { name, description, variables, tags, tracing, clientCertificateId }: StageEntry & Pick<Stage, "name">,
  { accessLogArn, hasHandlers }: StageReferences,
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
    access_log_settings:
      accessLogArn === undefined ? undefined : { destination_arn: accessLogArn, format: ACCESS_LOG_FORMAT },
  } satisfies Written<typeof STAGE.fields>;
}

export interface DecodedStage {
  readonly entry: StageEntry & Pick<Stage, "name">;
  /** `undefined` for none, and for one whose lines are not the catalog's. */
  readonly accessLogArn: string | undefined;
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
    accessLogArn: log?.format === ACCESS_LOG_FORMAT ? log.destination_arn : undefined,
  };
}
