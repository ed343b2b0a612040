import type * as sdk from "@aws-sdk/client-api-gateway";
import type { Attributes } from "../contract/attributes";
import type { RouteResources } from "../contract/route";
import { withoutReservedTags } from "../contract/tags";
import type { AccountKey, AccountPlan } from "./account";
import type { AccountDefinition } from "./definition";

/** What AWS gives, under the names of Terraform attributes: the one place that knows both. */

export const restApiAttributes = (api: sdk.RestApi): Attributes => ({
  name: api.name,
  description: api.description,
  api_key_source: api.apiKeySource,
  binary_media_types: api.binaryMediaTypes,
  disable_execute_api_endpoint: api.disableExecuteApiEndpoint,
  endpoint_configuration: api.endpointConfiguration && {
    types: api.endpointConfiguration.types,
    ip_address_type: api.endpointConfiguration.ipAddressType,
    vpc_endpoint_ids: api.endpointConfiguration.vpcEndpointIds,
  },
  minimum_compression_size: api.minimumCompressionSize,
  policy: api.policy,
  tags: withoutReservedTags(api.tags ?? {}),
});

export const authorizerAttributes = (authorizer: sdk.Authorizer): Attributes => ({
  name: authorizer.name,
  type: authorizer.type,
  authorizer_uri: authorizer.authorizerUri,
  authorizer_credentials: authorizer.authorizerCredentials,
  identity_source: authorizer.identitySource,
  identity_validation_expression: authorizer.identityValidationExpression,
  authorizer_result_ttl_in_seconds: authorizer.authorizerResultTtlInSeconds,
  provider_arns: authorizer.providerARNs,
});

export const gatewayResponseAttributes = (response: sdk.GatewayResponse): Attributes => ({
  response_type: response.responseType,
  status_code: response.statusCode,
  response_parameters: response.responseParameters,
  response_templates: response.responseTemplates,
});

export const stageAttributes = (stage: sdk.Stage): Attributes => ({
  stage_name: stage.stageName,
  description: stage.description,
  variables: stage.variables,
  access_log_settings: stage.accessLogSettings && {
    destination_arn: stage.accessLogSettings.destinationArn,
    format: stage.accessLogSettings.format,
  },
  cache_cluster_enabled: stage.cacheClusterEnabled,
  // AWS goes on to give the size of a cache that is switched off.
  cache_cluster_size: stage.cacheClusterEnabled ? stage.cacheClusterSize : undefined,
  client_certificate_id: stage.clientCertificateId,
  documentation_version: stage.documentationVersion,
  xray_tracing_enabled: stage.tracingEnabled,
  canary_settings: stage.canarySettings && {
    deployment_id: stage.canarySettings.deploymentId,
    percent_traffic: stage.canarySettings.percentTraffic,
    stage_variable_overrides: stage.canarySettings.stageVariableOverrides,
    use_stage_cache: stage.canarySettings.useStageCache,
  },
  tags: withoutReservedTags(stage.tags ?? {}),
});

export const domainNameAttributes = (domain: sdk.DomainName): Attributes => ({
  domain_name: domain.domainName,
  certificate_arn: domain.certificateArn,
  certificate_name: domain.certificateName,
  regional_certificate_arn: domain.regionalCertificateArn,
  regional_certificate_name: domain.regionalCertificateName,
  endpoint_configuration: domain.endpointConfiguration && {
    types: domain.endpointConfiguration.types,
    ip_address_type: domain.endpointConfiguration.ipAddressType,
  },
  security_policy: domain.securityPolicy,
  mutual_tls_authentication: domain.mutualTlsAuthentication?.truststoreUri
    ? {
        truststore_uri: domain.mutualTlsAuthentication.truststoreUri,
        truststore_version: domain.mutualTlsAuthentication.truststoreVersion,
      }
    : undefined,
  ownership_verification_certificate_arn: domain.ownershipVerificationCertificateArn,
  policy: domain.policy,
  tags: withoutReservedTags(domain.tags ?? {}),
});

export const basePathAttributes = (name: string, mapping: sdk.BasePathMapping): Attributes => ({
  domain_name: name,
  base_path: mapping.basePath,
  api_id: mapping.restApiId,
  // AWS's word for all stages.
  stage_name: mapping.stage === "(none)" ? undefined : mapping.stage,
});

/** Settings of methods, with AWS's path of each: `pets/GET`, or one that matches all. */
export const methodSettingsAttributes = (path: string, setting: sdk.MethodSetting): Attributes => ({
  method_path: path,
  settings: {
    metrics_enabled: setting.metricsEnabled,
    logging_level: setting.loggingLevel,
    data_trace_enabled: setting.dataTraceEnabled,
    caching_enabled: setting.cachingEnabled,
    cache_ttl_in_seconds: setting.cacheTtlInSeconds,
    cache_data_encrypted: setting.cacheDataEncrypted,
    require_authorization_for_cache_control: setting.requireAuthorizationForCacheControl,
    unauthorized_cache_control_header_strategy: setting.unauthorizedCacheControlHeaderStrategy,
    throttling_rate_limit: setting.throttlingRateLimit,
    throttling_burst_limit: setting.throttlingBurstLimit,
  },
});

export const modelAttributes = (model: sdk.Model): Attributes => ({
  name: model.name,
  description: model.description,
  content_type: model.contentType,
  schema: model.schema,
});

const validatorAttributes = (validator: sdk.RequestValidator): Attributes => ({
  name: validator.name,
  validate_request_body: validator.validateRequestBody,
  validate_request_parameters: validator.validateRequestParameters,
});

/** AWS gives `null` for an empty template, which the provider reads as an empty string. */
const templates = (byType: Readonly<Record<string, string | null>> | undefined) =>
  byType && Object.fromEntries(Object.entries(byType).map(([type, template]) => [type, template ?? ""]));

/** A method with its integration, its answers, and what it names of the API's models and validators. */
export function routeResources(
  method: sdk.Method,
  { models, validators }: Pick<AccountDefinition, "models" | "validators">,
): RouteResources {
  const { methodIntegration: integration, methodResponses, requestModels, requestValidatorId } = method;
  const named = Object.values(requestModels ?? {});
  const bodyModel = models.find(({ name = "" }) => named.includes(name));
  const validator = validators.find(({ id }) => id !== undefined && id === requestValidatorId);
  return {
    method: {
      http_method: method.httpMethod,
      authorization: method.authorizationType,
      authorizer_id: method.authorizerId,
      authorization_scopes: method.authorizationScopes,
      api_key_required: method.apiKeyRequired,
      operation_name: method.operationName,
      request_models: requestModels,
      request_parameters: method.requestParameters,
      request_validator_id: requestValidatorId,
    },
    integration: integration && {
      type: integration.type,
      uri: integration.uri,
      integration_http_method: integration.httpMethod,
      connection_type: integration.connectionType,
      connection_id: integration.connectionId,
      content_handling: integration.contentHandling,
      credentials: integration.credentials,
      cache_key_parameters: integration.cacheKeyParameters,
      cache_namespace: integration.cacheNamespace,
      passthrough_behavior: integration.passthroughBehavior,
      request_parameters: integration.requestParameters,
      request_templates: templates(integration.requestTemplates),
      // As the provider reads it: AWS always gives one, an emulator may not.
      timeout_milliseconds: integration.timeoutInMillis ?? 0,
      tls_config: integration.tlsConfig && {
        insecure_skip_verification: integration.tlsConfig.insecureSkipVerification,
      },
    },
    responses: Object.entries(methodResponses ?? {}).map(([status, response]) => ({
      status_code: status,
      response_models: response.responseModels,
      response_parameters: response.responseParameters,
    })),
    answers: Object.entries(integration?.integrationResponses ?? {}).map(([status, answer]) => ({
      status_code: status,
      content_handling: answer.contentHandling,
      response_parameters: answer.responseParameters,
      response_templates: templates(answer.responseTemplates),
      selection_pattern: answer.selectionPattern,
    })),
    bodyModel: bodyModel && modelAttributes(bodyModel),
    validator: validator && validatorAttributes(validator),
  };
}

export const keyAttributes = (key: AccountKey): Attributes => ({
  name: key.name,
  description: key.description,
  enabled: key.enabled,
  customer_id: key.customerId,
  tags: withoutReservedTags(key.tags),
});

export const planAttributes = (plan: AccountPlan): Attributes => ({
  name: plan.name,
  description: plan.description,
  product_code: plan.productCode,
  api_stages: plan.stages.map(({ apiId, stage, methodThrottles }) => ({
    api_id: apiId,
    stage,
    throttle: Object.entries(methodThrottles).map(([path, limits]) => ({ path, ...throttleAttributes(limits) })),
  })),
  throttle_settings: plan.throttle && throttleAttributes(plan.throttle),
  quota_settings: plan.quota,
  tags: plan.tags,
});

const throttleAttributes = ({ rateLimit, burstLimit }: AccountPlan["throttle"] & {}) => ({
  rate_limit: rateLimit,
  burst_limit: burstLimit,
});
