import type { Json } from "../../support/synthesize";
import { type DescribedApi, type DescribedRoute, plain, plainIntegration, shapeOf } from "./described-api";

/** The API of a synthesized stack (`cdk.tf.json`), which has one. */
export function synthesizedApi(stack: Json): DescribedApi {
  const all = (type: string): Record<string, Json> => stack.resource?.[type] ?? {};
  const [api] = Object.values(all("aws_api_gateway_rest_api"));
  const responses = Object.values(all("aws_api_gateway_gateway_response"));
  const methods = Object.values(all("aws_api_gateway_method"));
  const settings = plain({
    name: asText(api.name),
    keySource: api.api_key_source ?? "HEADER",
    binaryMediaTypes: api.binary_media_types && [...api.binary_media_types].sort(),
    minimumCompressionSize:
      api.minimum_compression_size === undefined ? undefined : Number(api.minimum_compression_size),
    policy: policyOf(all),
    types: api.endpoint_configuration?.types,
    vpcEndpointIds: api.endpoint_configuration?.vpc_endpoint_ids,
    disableExecuteApiEndpoint: api.disable_execute_api_endpoint || undefined,
    gatewayResponses: Object.fromEntries(
      responses.map((each) => [
        each.response_type,
        {
          status: each.status_code === undefined ? undefined : String(each.status_code),
          parameters: asText(each.response_parameters),
          templates: asText(each.response_templates),
        },
      ]),
    ),
  });
  return {
    settings,
    routes: Object.fromEntries(
      methods.map((method) => [`${method.http_method} ${pathOf(all, method.resource_id)}`, routeOf(all, method)]),
    ),
  };
}

type All = (type: string) => Record<string, Json>;

/** What a reference such as `${aws_api_gateway_resource.pets.id}` names. */
const nameIn = (reference: unknown) => /^\$\{[a-z_]+\.([^.]+)\.[a-z_]+\}$/.exec(String(reference))?.[1];
const referred = (all: All, type: string, reference: unknown): Json => all(type)[nameIn(reference) ?? ""];

function pathOf(all: All, reference: unknown): string {
  const resource = referred(all, "aws_api_gateway_resource", reference);
  if (!resource) return "/";
  const parent = pathOf(all, resource.parent_id);
  return `${parent === "/" ? "" : parent}/${asText(resource.path_part)}`;
}

/** Text as Terraform evaluates it: a doubled sign stands for itself. */
function asText(value: Json): Json {
  if (typeof value === "string") return value.replaceAll(/([$%])\1\{/g, "$1{");
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asText(each)]));
}

function policyOf(all: All): Json {
  const [api] = Object.values(all("aws_api_gateway_rest_api"));
  const [own] = Object.values(all("aws_api_gateway_rest_api_policy"));
  const policy = api.policy ?? own?.policy;
  return policy === undefined ? undefined : JSON.parse(asText(policy));
}

function routeOf(all: All, method: Json): DescribedRoute {
  const validator = referred(all, "aws_api_gateway_request_validator", method.request_validator_id);
  const authorizer = referred(all, "aws_api_gateway_authorizer", method.authorizer_id);
  const checks = validator?.validate_request_parameters === true;
  const parameters = Object.entries(method.request_parameters ?? {}).flatMap(
    ([name, required]): [string, boolean][] => {
      const [, place = ""] = /^method\.request\.((?:querystring|header)\..+)$/.exec(name) ?? [];
      return place === "" ? [] : [[place, checks && required === true]];
    },
  );
  const isSame = (each: Json) => each.resource_id === method.resource_id && methodOf(all, each) === method.http_method;
  const integration = Object.values(all("aws_api_gateway_integration")).find(isSame);
  const answers = Object.values(all("aws_api_gateway_integration_response")).filter(isSame);
  return {
    apiKeyRequired: method.api_key_required === true,
    authorization: method.authorization,
    scopes: [...(method.authorization_scopes ?? [])].sort(),
    authorizer:
      authorizer &&
      plain({
        type: authorizer.type,
        uri: asText(authorizer.authorizer_uri),
        pools: authorizer.provider_arns && [...authorizer.provider_arns].sort(),
        source: authorizer.identity_source?.replaceAll(/\s*,\s*/g, ","),
        ttl: authorizer.authorizer_result_ttl_in_seconds ?? 300,
        expression: asText(authorizer.identity_validation_expression),
        credentials: authorizer.authorizer_credentials,
      }),
    parameters: plain(Object.fromEntries(parameters)),
    body: validator?.validate_request_body === true ? bodyOf(all, method) : undefined,
    integration: integrationOf(all, integration, answers),
  };
}

const methodOf = (all: All, { http_method }: Json): string =>
  referred(all, "aws_api_gateway_method", http_method)?.http_method ?? http_method;

/** The shape of the method's model, with models that it refers to by their address in its place. */
function bodyOf(all: All, method: Json): Json {
  const name = method.request_models?.["application/json"];
  if (name === undefined) return undefined;
  const models = Object.values(all("aws_api_gateway_model"));
  const schemaOf = (wanted: string): Json => {
    const found = models.find((each) => each.name === wanted);
    return found && JSON.parse(asText(found.schema));
  };
  const named = (reference: unknown) => referred(all, "aws_api_gateway_model", reference)?.name ?? String(reference);
  interface At {
    readonly root: Json;
    readonly value: Json;
  }
  const follow = (at: At): At => {
    const reference = at.value?.$ref;
    if (typeof reference !== "string") return at;
    const [, definition] = /^#\/definitions\/(.+)$/.exec(reference) ?? [];
    const root = definition === undefined ? schemaOf(/\/models\/([A-Za-z0-9]+)$/.exec(reference)?.[1] ?? "") : at.root;
    return follow({ root, value: definition === undefined ? root : at.root.definitions[definition] });
  };
  const schema = schemaOf(named(name));
  return shapeOf(
    follow({ root: schema, value: schema }),
    ({ value }) => value,
    ({ root, value }, path) => {
      const found = path.startsWith("properties/") ? value.properties?.[path.slice(11)] : value[path];
      if (found === undefined) return [];
      return (["allOf", "anyOf"].includes(path) ? found : [found]).map((each: Json) => follow({ root, value: each }));
    },
  );
}

function integrationOf(all: All, integration: Json, answers: readonly Json[]): Json {
  if (!integration) return undefined;
  return plainIntegration(
    asText({
      type: integration.type,
      method: integration.integration_http_method,
      uri: integration.uri,
      credentials: integration.credentials,
      requestParameters: integration.request_parameters,
      requestTemplates: integration.request_templates,
      passthrough: integration.passthrough_behavior,
      timeout: integration.timeout_milliseconds,
      contentHandling: integration.content_handling,
      cacheKeys: integration.cache_key_parameters,
      connection: integration.connection_type === "VPC_LINK" ? integration.connection_id : undefined,
      insecure: integration.tls_config?.insecure_skip_verification,
      responses: Object.fromEntries(
        answers.map((each) => [
          referred(all, "aws_api_gateway_method_response", each.status_code)?.status_code ?? each.status_code,
          {
            pattern: each.selection_pattern,
            parameters: each.response_parameters,
            templates: each.response_templates,
            contentHandling: each.content_handling,
          },
        ]),
      ),
    }),
  );
}
