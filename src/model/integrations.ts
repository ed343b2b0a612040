import { stringOf } from "../contract/attributes";
import { callsFunction } from "../contract/function-uri";
import { INTEGRATION, type IntegrationAttributes } from "../contract/integration-resource";
import { INTEGRATION_RESPONSE } from "../contract/mock";
import { decodeServiceUri } from "../contract/service-uri";
import { STAGE } from "../contract/stage";
import { HTTP_METHODS, type HttpMethod } from "../vocabulary/http-method";
import { backendUrl } from "./backend-url";
import { headersOf } from "./fixed-headers";
import { cannotCall, functionCalledBy } from "./functions";
import type { IntegrationByStage, IntegrationModel, IntegrationResponseModel, Mapping } from "./model";
import type { ResourceIndex } from "./resource-index";
import { isKnown, readable, type TerraformResource } from "./terraform-resource";
import type { UnsupportedCall } from "./unsupported";

type SingleIntegration = Exclude<IntegrationModel, IntegrationByStage>;

/** What is behind a method. */
export function integrationOf(
  method: TerraformResource,
  [resource]: readonly TerraformResource[],
  answers: readonly TerraformResource[],
  api: TerraformResource,
  index: ResourceIndex,
): IntegrationModel {
  if (!resource) return leftOut(method, { kind: "no-integration" }, index);
  const integration = INTEGRATION.read(resource.attributes);
  const {
    type,
    uri = "",
    timeout_milliseconds: timeoutMilliseconds,
    request_parameters: requestParameters,
  } = integration;
  if (integration.content_handling !== undefined)
    index.leaveOut(resource, { kind: "content-handling", strategy: integration.content_handling });
  const mapping = type.endsWith("_PROXY") ? undefined : mappingOf(integration, answers, index);
  switch (type) {
    case "MOCK":
      return { type: "mock", ...mappingOf(integration, answers, index) };
    case "HTTP":
    case "HTTP_PROXY": {
      const url = backendUrl(uri);
      const needsBackend = integration.connection_type === "VPC_LINK" || !isKnown(uri);
      if (url === undefined) return leftOut(resource, { kind: "unknown-url", url: readable(uri) }, index);
      const method = httpMethodOf(integration.integration_http_method);
      return { type: "http", url, method, requestParameters, timeoutMilliseconds, mapping, needsBackend };
    }
    case "AWS":
    case "AWS_PROXY":
      if (mapping && !callsFunction(uri) && index.referredIn(uri, "aws_lambda_function").length === 0)
        return serviceOf(integration, mapping) ?? leftOut(resource, { kind: "aws-service", uri: readable(uri) }, index);
      return functionIntegration(resource, integration, mapping, api, index);
    default:
      return leftOut(resource, { kind: "integration-type", type }, index);
  }
}

function leftOut(at: TerraformResource, because: UnsupportedCall, index: ResourceIndex): SingleIntegration {
  index.leaveOut(at, { kind: "integration", because });
  return cannotCall(because);
}

function serviceOf(integration: IntegrationAttributes, mapping: Mapping): SingleIntegration | undefined {
  const { uri = "", integration_http_method, request_parameters, timeout_milliseconds } = integration;
  const target = decodeServiceUri(uri);
  if (!target || !isKnown(uri)) return undefined;
  return {
    type: "service",
    service: target.service,
    region: target.region,
    action: target.action,
    path: target.path?.replace(/^\//, "") ?? "",
    method: httpMethodOf(integration_http_method),
    requestParameters: request_parameters,
    timeoutMilliseconds: timeout_milliseconds,
    mapping,
  };
}

const STAGE_VARIABLE = /\$\{stageVariables\.([\w-]+)\}/g;

/** Where a stage variable names the function, each stage has its own. */
function functionIntegration(
  resource: TerraformResource,
  integration: IntegrationAttributes,
  mapping: Mapping | undefined,
  api: TerraformResource,
  index: ResourceIndex,
): IntegrationModel {
  const { uri = "" } = integration;
  const of = (filled: string): SingleIntegration => {
    const called = functionCalledBy(filled, api, index);
    if ("because" in called) return leftOut(resource, called.because, index);
    const { credentials, integration_http_method: method, request_parameters: requestParameters } = integration;
    return {
      type: "lambda",
      ...called,
      ...(credentials !== undefined && { permissions: undefined }),
      method,
      requestParameters,
      timeoutMilliseconds: integration.timeout_milliseconds,
      mapping,
    };
  };
  // An alias may stand in a variable: it is looked at with each request.
  if (!/:function:[^:/]*\$\{stageVariables\./.test(uri)) return of(uri);
  const stages = index.partsOf(STAGE.type, api).map(({ attributes }) => STAGE.read(attributes));
  return {
    type: "by-stage",
    stages: new Map(
      stages.map(({ stage_name, variables }) => {
        const filled = uri.replace(/:function:[^/]*/, (part) =>
          part.replace(STAGE_VARIABLE, (_, name: string) => stringOf(variables[name])),
        );
        return [stage_name, of(filled)];
      }),
    ),
  };
}

const mappingOf = (
  integration: IntegrationAttributes,
  answers: readonly TerraformResource[],
  index: ResourceIndex,
): Mapping => ({
  requestTemplates: integration.request_templates,
  passthroughBehavior: passthroughOf(integration.passthrough_behavior),
  responses: answers.map((each) => integrationResponse(each, index)),
});

const passthroughOf = (value: string) => (value === "NEVER" || value === "WHEN_NO_TEMPLATES" ? value : "WHEN_NO_MATCH");

const httpMethodOf = (value: string | undefined): HttpMethod | undefined =>
  HTTP_METHODS.find((known) => known === value && known !== "ANY");

function integrationResponse(resource: TerraformResource, index: ResourceIndex): IntegrationResponseModel {
  const answer = INTEGRATION_RESPONSE.read(resource.attributes);
  if (answer.content_handling !== undefined)
    index.leaveOut(resource, { kind: "content-handling", strategy: answer.content_handling });
  return {
    statusCode: Number(answer.status_code),
    selectionPattern: answer.selection_pattern,
    ...headersOf("method.response", answer.response_parameters, resource, index),
    templates: answer.response_templates,
  };
}
