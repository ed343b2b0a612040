/** What becomes of the attributes of one resource type when an API is deployed. Each attribute is named once. */
interface Attributes {
  /** A deployment contains them: a change reaches a stage only with another deployment. */
  readonly deployed: readonly string[];
  /** A deployment does not contain them, and why. */
  readonly notDeployed: Readonly<Record<string, string>>;
  /** AWS or the provider gives them. */
  readonly computed: readonly string[];
}

/** Where a part stands: it says to which API or path the part belongs, not what it is. */
const OF_API = { rest_api_id: "names the API" };
const OF_PATH = { ...OF_API, resource_id: "names the path, which is part of the route's key" };

/**
 * What a deployment contains, by resource type. A test compares this with the schema of the AWS provider, so that each
 * attribute of these types is said to be one of the three.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 */
export const DEPLOYED_PARTS = {
  aws_api_gateway_rest_api: {
    deployed: [
      "api_key_source",
      "binary_media_types",
      "body",
      "disable_execute_api_endpoint",
      "minimum_compression_size",
      "parameters",
      "policy",
      "put_rest_api_mode",
    ],
    notDeployed: {
      name: "takes effect at once",
      description: "takes effect at once",
      endpoint_configuration: "takes effect at once",
      fail_on_warnings: "says how the provider imports a body",
      tags: "take effect at once",
      tags_all: "take effect at once",
    },
    computed: ["arn", "created_date", "execution_arn", "id", "root_resource_id"],
  },
  aws_api_gateway_rest_api_policy: { deployed: ["policy"], notDeployed: OF_API, computed: ["id"] },
  aws_api_gateway_resource: { deployed: ["parent_id", "path_part"], notDeployed: OF_API, computed: ["id", "path"] },
  aws_api_gateway_method: {
    deployed: [
      "api_key_required",
      "authorization",
      "authorization_scopes",
      "authorizer_id",
      "http_method",
      "operation_name",
      "request_models",
      "request_parameters",
      "request_validator_id",
    ],
    notDeployed: OF_PATH,
    computed: ["id"],
  },
  aws_api_gateway_method_response: {
    deployed: ["http_method", "response_models", "response_parameters", "status_code"],
    notDeployed: OF_PATH,
    computed: ["id"],
  },
  aws_api_gateway_integration: {
    deployed: [
      "cache_key_parameters",
      "cache_namespace",
      "connection_id",
      "connection_type",
      "content_handling",
      "credentials",
      "http_method",
      "integration_http_method",
      "passthrough_behavior",
      "request_parameters",
      "request_templates",
      "timeout_milliseconds",
      "tls_config",
      "type",
      "uri",
    ],
    notDeployed: OF_PATH,
    computed: ["id"],
  },
  aws_api_gateway_integration_response: {
    deployed: [
      "content_handling",
      "http_method",
      "response_parameters",
      "response_templates",
      "selection_pattern",
      "status_code",
    ],
    notDeployed: OF_PATH,
    computed: ["id"],
  },
  aws_api_gateway_model: {
    deployed: ["content_type", "description", "name", "schema"],
    notDeployed: OF_API,
    computed: ["id"],
  },
  aws_api_gateway_request_validator: {
    deployed: ["name", "validate_request_body", "validate_request_parameters"],
    notDeployed: OF_API,
    computed: ["id"],
  },
  aws_api_gateway_authorizer: {
    deployed: [
      "authorizer_credentials",
      "authorizer_result_ttl_in_seconds",
      "authorizer_uri",
      "identity_source",
      "identity_validation_expression",
      "name",
      "provider_arns",
      "type",
    ],
    notDeployed: OF_API,
    computed: ["arn", "id"],
  },
  aws_api_gateway_gateway_response: {
    deployed: ["response_parameters", "response_templates", "response_type", "status_code"],
    notDeployed: OF_API,
    computed: ["id"],
  },
} as const satisfies Readonly<Record<string, Attributes>>;

/** A resource type of which a deployment contains something. */
export type DeployedType = keyof typeof DEPLOYED_PARTS;

export const isDeployedType = (type: string): type is DeployedType => Object.hasOwn(DEPLOYED_PARTS, type);

/** The attributes of a type that a deployment contains, sorted; none of a type that it does not contain. */
export function deployedAttributes(type: string): readonly string[] {
  return isDeployedType(type) ? DEPLOYED_PARTS[type].deployed : [];
}
