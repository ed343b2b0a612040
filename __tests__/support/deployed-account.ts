import type * as sdk from "@aws-sdk/client-api-gateway";
import type { Account, AccountApi, AccountPlan } from "../../src/aws/account";
import type { Attributes } from "../../src/contract/attributes";
import { fingerprint } from "../../src/contract/fingerprint";
import { mapStrings, reference, referencesIn, type TerraformResource } from "../../src/model/terraform-resource";
import type { Json } from "./synthesize";

/** An id as AWS gives one. */
const idOf = (address: string) => fingerprint(address).slice(0, 10);

/** Resources as a state has them once AWS has given all ids. */
export const deployedResources = (resources: readonly TerraformResource[]): TerraformResource[] =>
  resources.map((each) => {
    const attributes = deployed(each);
    const tags = { ...(attributes.tags as object | undefined), "managed-by": "cdktf-api-tiers" };
    const place = `${each.stack}|${each.address}`;
    const given = GIVEN[each.type]?.(attributes, place);
    return { ...each, attributes: { ...attributes, ...given, id: idOf(`${place}|id`), tags_all: tags } };
  });

/** What AWS adds to a resource, and the provider reads. */
const GIVEN: Readonly<Record<string, (attributes: Json, place: string) => Attributes>> = {
  aws_api_gateway_rest_api: ({ endpoint_configuration: endpoint }, place) => ({
    root_resource_id: idOf(`${place}|root_resource_id`),
    endpoint_configuration: {
      ...endpoint,
      ip_address_type: "ipv4",
      // One that another construct makes has an id of its own kind by now.
      vpc_endpoint_ids: endpoint.vpc_endpoint_ids?.map((id: string) => (id.startsWith("vpce-") ? id : `vpce-0${id}`)),
    },
  }),
  aws_api_gateway_integration: ({ resource_id }) => ({ cache_namespace: resource_id }),
};

/** Attributes as AWS has them once it has given all ids. */
function deployed({ attributes }: TerraformResource): Attributes {
  return mapStrings(attributes, (text) => {
    const [only] = referencesIn(text);
    if (only?.address.startsWith("aws_iam_role.")) return `arn:aws:iam::123456789012:role/${idOf(only.address)}`;
    return only ? idOf(`${only.stack}|${only.address}|${only.attribute}`) : text;
  }) as Attributes;
}

/** What AWS says of what these resources create. */
export function deployedAccount(resources: readonly TerraformResource[]): Account {
  const ofType = (type: string) =>
    resources
      .filter((each) => each.type === `aws_api_gateway_${type}` || each.type === `aws_wafv2_${type}`)
      .map((each): Json => ({ ...deployed(each), id: idOf(`${each.stack}|${each.address}|id`), at: each }));
  const mappings = ofType("base_path_mapping");
  const keys = ofType("api_key");
  const planKeys = ofType("usage_plan_key");
  return {
    apis: ofType("rest_api").map((api) => accountApi(api, ofType)),
    plans: ofType("usage_plan").map(accountPlan),
    domainNames: ofType("domain_name").map((domain) => ({
      attributes: { ...domain, endpoint_configuration: { ...domain.endpoint_configuration, ip_address_type: "ipv4" } },
      mappings: mappings
        .filter(({ domain_name }) => domain_name === domain.domain_name)
        .map((mapping) => ({ ...mapping, base_path: mapping.base_path ?? "(none)" })),
    })),
    keys: keys.map(({ id, name, description, enabled, customer_id, tags = {} }) => ({
      id,
      name,
      description,
      enabled,
      customerId: customer_id,
      createdAt: 0,
      tags,
    })),
    plansOfKeys: new Map(
      keys.map(({ id }) => [id, planKeys.filter(({ key_id }) => key_id === id).map((each) => each.usage_plan_id)]),
    ),
  };
}

function accountPlan({ id, name, description, ...plan }: Json): AccountPlan {
  const limits = ({ rate_limit, burst_limit }: Json) => ({ rateLimit: rate_limit, burstLimit: burst_limit });
  return {
    id,
    name,
    description,
    productCode: plan.product_code,
    throttle: plan.throttle_settings && limits(plan.throttle_settings),
    quota: plan.quota_settings,
    stages: (plan.api_stages ?? []).map(({ api_id, stage, throttle = [] }: Json) => ({
      apiId: api_id,
      stage,
      methodThrottles: Object.fromEntries(throttle.map((each: Json) => [each.path, limits(each)])),
    })),
    tags: plan.tags,
  };
}

function accountApi(api: Json, ofType: (type: string) => Json[]): AccountApi {
  const parts = (type: string) => ofType(type).filter(({ rest_api_id }) => rest_api_id === api.id);
  const stages = parts("stage");
  return {
    id: api.id,
    name: api.name,
    createdAt: 0,
    stages: stages.map(({ stage_name }) => stage_name),
    definition: {
      api: {
        id: api.id,
        name: api.name,
        description: api.description,
        apiKeySource: api.api_key_source,
        binaryMediaTypes: api.binary_media_types,
        minimumCompressionSize:
          Number(api.minimum_compression_size) >= 0 ? Number(api.minimum_compression_size) : undefined,
        // AWS says this of every API, whether it was asked for or not.
        endpointConfiguration: {
          types: api.endpoint_configuration.types,
          // One that another construct makes has an id of its own kind by now.
          vpcEndpointIds: api.endpoint_configuration.vpc_endpoint_ids?.map((id: string) =>
            id.startsWith("vpce-") ? id : `vpce-0${id}`,
          ),
          ipAddressType: "ipv4",
        },
        disableExecuteApiEndpoint: api.disable_execute_api_endpoint ?? false,
        policy: api.policy && JSON.stringify(api.policy).slice(1, -1),
        tags: { ...api.tags, "managed-by": "cdktf-api-tiers" },
      },
      resources: resourcesOf(api, parts),
      authorizers: parts("authorizer").map((each) => ({
        id: each.id,
        name: each.name,
        type: each.type,
        authType: "custom",
        authorizerUri: each.authorizer_uri,
        identitySource: each.identity_source,
        identityValidationExpression: each.identity_validation_expression,
        providerARNs: each.provider_arns,
        authorizerResultTtlInSeconds: each.authorizer_result_ttl_in_seconds,
        authorizerCredentials: each.authorizer_credentials,
      })),
      gatewayResponses: parts("gateway_response").map((each) => ({
        responseType: each.response_type,
        statusCode: each.status_code,
        responseParameters: each.response_parameters ?? {},
        responseTemplates: each.response_templates,
      })),
      models: parts("model").map(({ id, name, description, content_type, at }) => ({
        id,
        name,
        description,
        contentType: content_type,
        schema: at.attributes.schema.replaceAll(reference(api.at.stack, api.at.address, "id"), api.id),
      })),
      validators: parts("request_validator").map((each) => ({
        id: each.id,
        name: each.name,
        validateRequestBody: each.validate_request_body,
        validateRequestParameters: each.validate_request_parameters,
      })),
      stages: stages.map((each) => ({
        stageName: each.stage_name,
        deploymentId: each.deployment_id,
        description: each.description,
        variables: each.variables,
        cacheClusterEnabled: each.cache_cluster_enabled ?? false,
        cacheClusterSize: each.cache_cluster_size ?? "0.5",
        webAclArn: ofType("web_acl_association").find(
          ({ resource_arn }) => resource_arn === idOf(`${each.at.stack}|${each.at.address}|arn`),
        )?.web_acl_arn,
        canarySettings: each.canary_settings && {
          deploymentId: each.canary_settings.deployment_id,
          percentTraffic: each.canary_settings.percent_traffic,
          stageVariableOverrides: each.canary_settings.stage_variable_overrides,
          useStageCache: each.canary_settings.use_stage_cache,
        },
        methodSettings: Object.fromEntries(
          parts("method_settings")
            .filter(({ stage_name }) => stage_name === each.stage_name)
            .map(({ method_path, settings }) => [method_path, methodSetting(settings)]),
        ),
        tracingEnabled: each.xray_tracing_enabled ?? false,
        clientCertificateId: each.client_certificate_id,
        accessLogSettings: each.access_log_settings && {
          destinationArn: each.access_log_settings.destination_arn,
          format: each.access_log_settings.format,
        },
        tags: each.tags,
      })),
      deployments: parts("deployment").map(({ id, description }) => ({ id, description })),
    },
  };
}

/** AWS says all of it, whatever was written. */
const methodSetting = (settings: Json): sdk.MethodSetting => ({
  metricsEnabled: settings.metrics_enabled,
  loggingLevel: settings.logging_level,
  dataTraceEnabled: settings.data_trace_enabled,
  throttlingRateLimit: settings.throttling_rate_limit ?? -1,
  throttlingBurstLimit: settings.throttling_burst_limit ?? -1,
  cachingEnabled: settings.caching_enabled,
  cacheTtlInSeconds: settings.cache_ttl_in_seconds ?? 300,
  cacheDataEncrypted: settings.cache_data_encrypted ?? false,
  requireAuthorizationForCacheControl: settings.require_authorization_for_cache_control ?? true,
  unauthorizedCacheControlHeaderStrategy:
    settings.unauthorized_cache_control_header_strategy ?? "SUCCEED_WITH_RESPONSE_HEADER",
});

function resourcesOf(api: Json, parts: (type: string) => Json[]): sdk.Resource[] {
  const all = parts("resource");
  const rootId = idOf(`${api.at.stack}|${api.at.address}|root_resource_id`);
  const pathOf = (id: string): string => {
    const resource = all.find((each) => each.id === id);
    return resource ? `${pathOf(resource.parent_id)}/${resource.path_part}` : "";
  };
  return [rootId, ...all.map(({ id }) => id as string)].map((id) => ({
    id,
    path: pathOf(id) || "/",
    resourceMethods: methodsOf(id, parts),
  }));
}

function methodsOf(resourceId: string, parts: (type: string) => Json[]): Record<string, sdk.Method> {
  const here = (type: string) => parts(type).filter(({ resource_id }) => resource_id === resourceId);
  const methods = here("method").map((method): [string, sdk.Method] => {
    const own = (type: string) => here(type).filter(({ http_method }) => http_method === method.http_method);
    const [integration] = own("integration");
    return [
      method.http_method,
      {
        httpMethod: method.http_method,
        apiKeyRequired: method.api_key_required,
        authorizationType: method.authorization,
        authorizerId: method.authorizer_id,
        authorizationScopes: method.authorization_scopes,
        requestParameters: method.request_parameters,
        requestModels: method.request_models,
        requestValidatorId: method.request_validator_id,
        operationName: method.operation_name,
        methodResponses: Object.fromEntries(
          own("method_response").map((each) => [each.status_code, { responseParameters: each.response_parameters }]),
        ),
        methodIntegration: integration && {
          type: integration.type,
          uri: integration.uri,
          httpMethod: integration.integration_http_method,
          requestParameters: integration.request_parameters,
          requestTemplates: integration.request_templates,
          passthroughBehavior: integration.passthrough_behavior ?? "WHEN_NO_MATCH",
          timeoutInMillis: integration.timeout_milliseconds ?? 29_000,
          connectionType: integration.connection_type,
          connectionId: integration.connection_id,
          contentHandling: integration.content_handling,
          credentials: integration.credentials,
          tlsConfig: integration.tls_config && {
            insecureSkipVerification: integration.tls_config.insecure_skip_verification,
          },
          cacheNamespace: resourceId,
          cacheKeyParameters: integration.cache_key_parameters ?? [],
          integrationResponses: Object.fromEntries(
            own("integration_response").map((each) => [
              each.status_code,
              {
                responseParameters: each.response_parameters,
                responseTemplates: each.response_templates,
                selectionPattern: each.selection_pattern,
                contentHandling: each.content_handling,
              },
            ]),
          ),
        },
      },
    ];
  });
  return Object.fromEntries(methods);
}
