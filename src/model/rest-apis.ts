import { blockOf, booleanOf, numberOf, stringOf, stringsOf } from "../contract/attributes";
import { INTEGRATION_TIMEOUT_MILLISECONDS } from "../contract/defaults";
import { decodeMethodPath } from "../contract/method-path";
import { byName } from "../text/order";
import { GATEWAY_RESPONSE_TYPES, type GatewayResponseType } from "../vocabulary/gateway-response";
import { HTTP_METHODS, type HttpMethod } from "../vocabulary/route";
import type { Throttle } from "../vocabulary/throttle";
import { descriptionOf } from "./description";
import { authorizerOf, functionCalledBy } from "./functions";
import type {
  ApiModel,
  AuthorizerModel,
  GatewayResponseModel,
  IntegrationModel,
  MockResponse,
  RouteModel,
  StageModel,
} from "./model";
import type { ResourceIndex } from "./resource-index";
import { isKnown, readable, type TerraformResource } from "./terraform-resource";
import { uniqueNames } from "./unique-names";

/** The REST APIs of all files, with all that belongs to each. */
export function restApis(index: ResourceIndex): ReadonlyMap<TerraformResource, ApiModel> {
  const resources = index.ofType("aws_api_gateway_rest_api");
  leaveOutExternal(index);
  const slugs = uniqueNames(resources, (api) => slugOf(stringOf(api.attributes.name)));
  return new Map(resources.map((api) => [api, restApi(api, slugs.get(api) ?? "", index)]));
}

/** What belongs to an API that someone else manages. */
function leaveOutExternal(index: ResourceIndex): void {
  const ids = index.byId("aws_api_gateway_rest_api");
  for (const part of PARTS)
    for (const resource of index.ofType(`aws_api_gateway_${part}`)) {
      const id = stringOf(resource.attributes.rest_api_id);
      if (!ids.has(id))
        index.leaveOut(resource, `belongs to API ${readable(id) || "unknown"}, which is not in these files`);
    }
}

const PARTS = ["method", "integration", "authorizer", "gateway_response", "stage", "method_settings", "resource"];

/** Only what needs no escape in a URL, and no `_` or `-` at its beginning, so that there is room for paths of our own. */
const slugOf = (name: string) =>
  name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[^A-Za-z0-9]+|-+$/g, "") || "api";

function restApi(api: TerraformResource, slug: string, index: ResourceIndex): ApiModel {
  const { attributes } = api;
  if (stringOf(attributes.body) !== "")
    index.leaveOut(api, "has a body (OpenAPI), which is not read: its routes are missing");
  if (stringOf(attributes.policy) !== "")
    index.leaveOut(api, "has a resource policy, which is not enforced here: whoever it keeps out on AWS is let in");
  return {
    ...index.originOf(api),
    name: stringOf(attributes.name),
    slug,
    description: descriptionOf(api),
    keySource: attributes.api_key_source === "AUTHORIZER" ? "AUTHORIZER" : "HEADER",
    binaryMediaTypes: textList(attributes.binary_media_types),
    routes: routesOf(api, index),
    gatewayResponses: gatewayResponsesOf(api, index),
    stages: stagesOf(api, index),
  };
}

const textList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

/** Those of a type that belong to an API. */
const partsOf = (type: string, api: TerraformResource, index: ResourceIndex) =>
  index.ofType(type).filter((each) => index.refersTo(each.attributes.rest_api_id, api));

function routesOf(api: TerraformResource, index: ResourceIndex): RouteModel[] {
  const paths = pathsOf(api, index);
  const authorizers = new Map(
    partsOf("aws_api_gateway_authorizer", api, index).map((each) => [each, authorizerOf(each, index)]),
  );
  const integrations = byMethod(partsOf("aws_api_gateway_integration", api, index));
  const responses = byMethod(partsOf("aws_api_gateway_integration_response", api, index));
  const models = modelsOf(api, index);
  const validators = index.byId("aws_api_gateway_request_validator");
  return partsOf("aws_api_gateway_method", api, index)
    .flatMap((method): RouteModel[] => {
      const { resource_id, http_method, authorization, authorizer_id } = method.attributes;
      const path = paths.get(stringOf(resource_id));
      const verb = HTTP_METHODS.find((known) => known === http_method);
      if (path === undefined || verb === undefined) {
        const what = path === undefined ? "path" : "method";
        index.leaveOut(method, `has a ${what} that is known only after a deploy: the route is missing`);
        return [];
      }
      if (stringOf(method.attributes.request_validator_id) !== "")
        index.leaveOut(method, "asks for a validation of requests, which is not done here");
      const target = methodKey(method);
      const custom = authorization === "CUSTOM";
      return [
        {
          ...index.originOf(method),
          key: `${verb} ${path}`,
          method: verb,
          path,
          apiKeyRequired: booleanOf(method.attributes.api_key_required),
          authorization: stringOf(authorization) || "NONE",
          authorizer: custom ? authorizerOfRoute(method, authorizer_id, authorizers, index) : undefined,
          requestParameters: flags(method.attributes.request_parameters),
          requestModels: Object.fromEntries(
            Object.entries(stringsOf(method.attributes.request_models)).flatMap(([type, name]) => {
              const schema = models.get(name);
              return schema === undefined ? [] : [[type, schema]];
            }),
          ),
          validates: validatedParts(validators.get(stringOf(method.attributes.request_validator_id))),
          integration: integrationOf(method, integrations.get(target) ?? [], responses.get(target) ?? [], index),
        },
      ];
    })
    .sort((a, b) => byName(a.path, b.path) || byName(a.method, b.method));
}

/** Schemas of an API's models by the models' names; one that is known only after a deploy is left out. */
function modelsOf(api: TerraformResource, index: ResourceIndex): ReadonlyMap<string, string> {
  const models = partsOf("aws_api_gateway_model", api, index);
  return new Map(
    models
      .map(({ attributes }) => [stringOf(attributes.name), stringOf(attributes.schema)] as const)
      .filter(([, schema]) => schema !== "" && isKnown(schema)),
  );
}

const validatedParts = (validator: TerraformResource | undefined) => ({
  body: booleanOf(validator?.attributes.validate_request_body),
  parameters: booleanOf(validator?.attributes.validate_request_parameters),
});

const flags = (value: unknown): Readonly<Record<string, boolean>> =>
  Object.fromEntries(Object.entries(value ?? {}).map(([name, required]) => [name, booleanOf(required)]));

const methodKey = ({ attributes }: TerraformResource) =>
  `${stringOf(attributes.resource_id)} ${stringOf(attributes.http_method)}`;

function byMethod(resources: readonly TerraformResource[]): ReadonlyMap<string, TerraformResource[]> {
  const groups = new Map<string, TerraformResource[]>();
  for (const each of resources) {
    const group = groups.get(methodKey(each));
    if (group) group.push(each);
    else groups.set(methodKey(each), [each]);
  }
  return groups;
}

function authorizerOfRoute(
  method: TerraformResource,
  id: unknown,
  authorizers: ReadonlyMap<TerraformResource, AuthorizerModel>,
  index: ResourceIndex,
): AuthorizerModel | undefined {
  for (const [resource, authorizer] of authorizers) if (index.refersTo(id, resource)) return authorizer;
  index.leaveOut(method, `asks the authorizer ${readable(stringOf(id))}, which is not in these files`);
  return undefined;
}

/** Paths by the id of their resource; the root's among them. */
function pathsOf(api: TerraformResource, index: ResourceIndex): ReadonlyMap<string, string> {
  const paths = new Map<string, string>(index.attributeTexts(api, "root_resource_id").map((id) => [id, "/"]));
  const waiting = new Set(partsOf("aws_api_gateway_resource", api, index));
  for (let found = true; found; ) {
    found = false;
    for (const resource of waiting) {
      const { parent_id, path_part, path } = resource.attributes;
      const parent = paths.get(stringOf(parent_id));
      const known =
        stringOf(path) || (parent === undefined ? undefined : `${parent === "/" ? "" : parent}/${path_part}`);
      if (known === undefined || !isKnown(known)) continue;
      for (const id of index.attributeTexts(resource, "id")) paths.set(id, known);
      waiting.delete(resource);
      found = true;
    }
  }
  for (const resource of waiting)
    index.leaveOut(resource, "has a path that is known only after a deploy: the routes on it are missing");
  return paths;
}

function integrationOf(
  method: TerraformResource,
  [integration]: readonly TerraformResource[],
  responses: readonly TerraformResource[],
  index: ResourceIndex,
): IntegrationModel {
  const other = (at: TerraformResource, reason: string): IntegrationModel => {
    index.leaveOut(at, `${reason}; the route answers 500 here`);
    return { type: "other", reason };
  };
  if (!integration) return other(method, "has no integration in these files");
  const { type, uri, timeout_milliseconds, integration_http_method, connection_type } = integration.attributes;
  const timeoutMilliseconds = numberOf(timeout_milliseconds) ?? INTEGRATION_TIMEOUT_MILLISECONDS;
  switch (type) {
    case "MOCK":
      return {
        type: "mock",
        requestTemplates: stringsOf(integration.attributes.request_templates),
        passthroughBehavior: passthroughOf(integration.attributes.passthrough_behavior),
        responses: responses.map((each) => mockResponse(each, index)),
      };
    case "HTTP_PROXY": {
      const url = stringOf(uri);
      if (connection_type === "VPC_LINK") return other(integration, "goes through a VPC link, which is not here");
      if (!isKnown(url)) return other(integration, `calls ${readable(url)}, which is known only after a deploy`);
      return {
        type: "http",
        url,
        method: httpMethodOf(integration_http_method),
        requestParameters: stringsOf(integration.attributes.request_parameters),
        timeoutMilliseconds,
      };
    }
    case "AWS_PROXY": {
      const called = functionCalledBy(uri, index);
      if ("reason" in called) return other(integration, called.reason);
      return { type: "lambda", function: called, timeoutMilliseconds };
    }
    default:
      return other(integration, `is of type ${type}, which is not run here (only MOCK, HTTP_PROXY and AWS_PROXY are)`);
  }
}

const passthroughOf = (value: unknown) =>
  value === "NEVER" || value === "WHEN_NO_TEMPLATES" ? value : "WHEN_NO_MATCH";

const httpMethodOf = (value: unknown): HttpMethod | undefined =>
  HTTP_METHODS.find((known) => known === value && known !== "ANY");

function mockResponse(resource: TerraformResource, index: ResourceIndex): MockResponse {
  const { status_code, selection_pattern, response_parameters, response_templates } = resource.attributes;
  return {
    statusCode: Number(status_code),
    selectionPattern: stringOf(selection_pattern) || undefined,
    headers: fixedHeaders("method.response.header.", response_parameters, resource, index),
    templates: stringsOf(response_templates),
  };
}

/** Headers that are written as a text between single quotes. */
function fixedHeaders(
  prefix: string,
  parameters: unknown,
  resource: TerraformResource,
  index: ResourceIndex,
): Readonly<Record<string, string>> {
  const headers: [string, string][] = [];
  for (const [name, value] of Object.entries(stringsOf(parameters))) {
    const [, text] = /^'(.*)'$/s.exec(value) ?? [];
    if (text === undefined || !name.startsWith(prefix))
      index.leaveOut(resource, `sets ${name} to ${readable(value)}, and only fixed headers ('…') are set here`);
    else headers.push([name.slice(prefix.length), text]);
  }
  return Object.fromEntries(headers);
}

function gatewayResponsesOf(
  api: TerraformResource,
  index: ResourceIndex,
): ReadonlyMap<GatewayResponseType, GatewayResponseModel> {
  const responses = new Map<GatewayResponseType, GatewayResponseModel>();
  for (const resource of partsOf("aws_api_gateway_gateway_response", api, index)) {
    const { response_type, status_code, response_parameters, response_templates } = resource.attributes;
    const type = GATEWAY_RESPONSE_TYPES.find((known) => known === response_type);
    if (type === undefined) {
      index.leaveOut(resource, `is for ${response_type}, which is no type that is known here`);
      continue;
    }
    responses.set(type, {
      ...index.originOf(resource),
      statusCode: numberOf(status_code),
      headers: fixedHeaders("gatewayresponse.header.", response_parameters, resource, index),
      templates: stringsOf(response_templates),
    });
  }
  return responses;
}

function stagesOf(api: TerraformResource, index: ResourceIndex): StageModel[] {
  const settings = partsOf("aws_api_gateway_method_settings", api, index);
  const stages = partsOf("aws_api_gateway_stage", api, index);
  // A deployment may make its stage by itself, as Terraform's older examples do.
  const made = partsOf("aws_api_gateway_deployment", api, index).filter(
    ({ attributes }) => stringOf(attributes.stage_name) !== "",
  );
  return [...stages, ...made]
    .flatMap((stage): StageModel[] => {
      const name = stringOf(stage.attributes.stage_name);
      if (!isKnown(name)) {
        index.leaveOut(stage, `has a name that is known only after a deploy (${readable(name)}): the stage is missing`);
        return [];
      }
      const own = settings.filter(({ attributes }) => attributes.stage_name === name);
      return [
        {
          ...index.originOf(stage),
          name,
          variables: stringsOf(stage.attributes.variables),
          methodThrottles: methodThrottlesOf(own, index),
          customUrls: customUrlsOf(api, name, index),
        },
      ];
    })
    .sort((a, b) => byName(a.name, b.name));
}

function customUrlsOf(api: TerraformResource, stage: string, index: ResourceIndex): string[] {
  return index
    .ofType("aws_api_gateway_base_path_mapping")
    .filter(({ attributes }) => index.refersTo(attributes.api_id, api) && attributes.stage_name === stage)
    .map(({ attributes: { domain_name, base_path } }) => `https://${stringOf(domain_name)}/${stringOf(base_path)}`)
    .filter(isKnown)
    .map((url) => url.replace(/\/$/, ""))
    .sort(byName);
}

function methodThrottlesOf(
  settings: readonly TerraformResource[],
  index: ResourceIndex,
): ReadonlyMap<string, Throttle> {
  const throttles = new Map<string, Throttle>();
  for (const resource of settings) {
    const values = blockOf(resource.attributes.settings);
    const rateLimit = numberOf(values.throttling_rate_limit);
    const burstLimit = numberOf(values.throttling_burst_limit);
    if (booleanOf(values.caching_enabled)) index.leaveOut(resource, "caches answers, which is not done here");
    // The provider writes -1 where there is no limit, and AWS has no limit without both.
    if (rateLimit === undefined || burstLimit === undefined || rateLimit < 0 || burstLimit < 0) continue;
    const method = decodeMethodPath(stringOf(resource.attributes.method_path));
    if (method === undefined)
      index.leaveOut(resource, `throttles ${resource.attributes.method_path}, which is no method path; it is ignored`);
    else throttles.set(method, { rateLimit, burstLimit });
  }
  return throttles;
}
