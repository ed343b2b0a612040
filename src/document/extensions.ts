import { type Attributes, stringOf } from "../contract/attributes";
import { isObject } from "../vocabulary/objects";

/**
 * Names of the extensions by which an OpenAPI document speaks of API Gateway, and what they hold under the names of Terraform
 * attributes: the one place that knows both.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export const EXTENSIONS = {
  anyMethod: "x-amazon-apigateway-any-method",
  auth: "x-amazon-apigateway-auth",
  authorizer: "x-amazon-apigateway-authorizer",
  authorizerType: "x-amazon-apigateway-authtype",
  binaryMediaTypes: "x-amazon-apigateway-binary-media-types",
  endpointConfiguration: "x-amazon-apigateway-endpoint-configuration",
  gatewayResponses: "x-amazon-apigateway-gateway-responses",
  integration: "x-amazon-apigateway-integration",
  keySource: "x-amazon-apigateway-api-key-source",
  minimumCompressionSize: "x-amazon-apigateway-minimum-compression-size",
  policy: "x-amazon-apigateway-policy",
  requestValidator: "x-amazon-apigateway-request-validator",
  requestValidators: "x-amazon-apigateway-request-validators",
} as const;

/** Names of settings in the extension of an integration, by those of Terraform attributes. */
export const INTEGRATION_SETTINGS = {
  cache_key_parameters: "cacheKeyParameters",
  cache_namespace: "cacheNamespace",
  connection_id: "connectionId",
  connection_type: "connectionType",
  credentials: "credentials",
  timeout_milliseconds: "timeoutInMillis",
  tls_config: "tlsConfig",
} as const;

export function integrationAttributes(extension: Attributes): Attributes {
  return defined({
    ...Object.fromEntries(
      Object.entries(INTEGRATION_SETTINGS).map(([attribute, word]) => [attribute, extension[word]]),
    ),
    tls_config: isObject(extension.tlsConfig)
      ? { insecure_skip_verification: extension.tlsConfig.insecureSkipVerification }
      : extension.tlsConfig,
    type: stringOf(extension.type).toUpperCase(),
    uri: extension.uri,
    integration_http_method: upper(extension.httpMethod),
    content_handling: extension.contentHandling,
    passthrough_behavior: upper(extension.passthroughBehavior),
    request_parameters: extension.requestParameters,
    request_templates: extension.requestTemplates,
  });
}

/** @param pattern the name of the response in the extension: a selection pattern, or `default` */
export function integrationResponseAttributes(pattern: string, response: Attributes): Attributes {
  return defined({
    status_code: stringOf(response.statusCode),
    selection_pattern: pattern === "default" ? undefined : pattern,
    content_handling: response.contentHandling,
    response_parameters: response.responseParameters,
    response_templates: response.responseTemplates,
  });
}

/** @param header the header that the security scheme names, in which a token stands by default */
export function authorizerAttributes(name: string, header: string, extension: Attributes): Attributes {
  const type = stringOf(extension.type).toUpperCase();
  return defined({
    name,
    type,
    authorizer_uri: extension.authorizerUri,
    authorizer_credentials: extension.authorizerCredentials,
    identity_source: extension.identitySource ?? (type === "REQUEST" ? undefined : `method.request.header.${header}`),
    identity_validation_expression: extension.identityValidationExpression,
    authorizer_result_ttl_in_seconds: extension.authorizerResultTtlInSeconds,
    provider_arns: extension.providerARNs,
  });
}

export function gatewayResponseAttributes(type: string, response: Attributes): Attributes {
  return defined({
    response_type: type,
    status_code: response.statusCode === undefined ? undefined : stringOf(response.statusCode),
    response_parameters: response.responseParameters,
    response_templates: response.responseTemplates,
  });
}

export function requestValidatorAttributes(name: string, validator: Attributes): Attributes {
  return defined({
    name,
    validate_request_body: validator.validateRequestBody,
    validate_request_parameters: validator.validateRequestParameters,
  });
}

const upper = (value: unknown) => (typeof value === "string" ? value.toUpperCase() : undefined);

const defined = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
