import { isDeepStrictEqual } from "node:util";
import type * as sdk from "@aws-sdk/client-api-gateway";
import { INTEGRATION_TIMEOUT_MILLISECONDS } from "../contract/defaults";
import { decodeFunctionUri } from "../contract/function-uri";
import { literalJson } from "../text/canonical-json";
import type { RoutePart } from "../vocabulary/imports";
import { toIntegration } from "../vocabulary/integration";
import { parametersOf, type RouteInput, routeSchema, toRoute } from "../vocabulary/route";

export interface AdoptedRoute {
  readonly route: RouteInput;
  /** Attributes that the catalog has no word for, by the part of the route. */
  readonly keep: Readonly<Partial<Record<RoutePart, readonly string[]>>>;
}

/**
 * A method as a route. What Terraform would be told of it, and what AWS has, are compared attribute by attribute; those
 * that differ are kept. A text says why a method cannot be a route: it then stays in AWS, and nobody manages it.
 */
export function adoptRoute(path: string, method: sdk.Method, authorizerId: string | undefined): AdoptedRoute | string {
  const { httpMethod = "", methodIntegration: integration } = method;
  if (!integration) return "has no integration, so AWS deploys it not";
  const adopted = adoptIntegration(path, method, integration);
  if (typeof adopted === "string") return adopted;
  const needsKey = method.apiKeyRequired ?? false;
  const byDefault = httpMethod !== "OPTIONS";
  const route = { ...adopted.route, ...(needsKey === byDefault ? {} : { apiKeyRequired: needsKey }) } as RouteInput;
  const key = `${httpMethod} ${path}`;
  const written = routeSchema.safeParse(route);
  const result = written.success
    ? toRoute(key, written.data)
    : { problems: written.error.issues.map((issue) => issue.message) };
  if ("problems" in result) return result.problems.join("; ");

  const authorized = authorizerId !== undefined && needsKey;
  const methodKeep = [
    ...unless(
      authorized
        ? method.authorizationType === "CUSTOM" && method.authorizerId === authorizerId
        : (method.authorizationType ?? "NONE") === "NONE",
      "authorization",
      "authorizer_id",
    ),
    ...unless(isEmpty(method.authorizationScopes), "authorization_scopes"),
    ...unless(isEmpty(method.requestModels), "request_models"),
    ...unless(isDeepStrictEqual({ ...method.requestParameters }, adopted.methodParameters), "request_parameters"),
    ...unless(!method.requestValidatorId, "request_validator_id"),
    ...unless(!method.operationName, "operation_name"),
  ];
  const keep = { ...adopted.keep, method: methodKeep };
  return {
    route,
    keep: Object.fromEntries(Object.entries(keep).filter(([, attributes]) => attributes.length > 0)),
  };
}

interface AdoptedIntegration {
  readonly route: RouteInput;
  readonly methodParameters: Readonly<Record<string, boolean>>;
  readonly keep: AdoptedRoute["keep"];
}

function adoptIntegration(path: string, method: sdk.Method, integration: sdk.Integration): AdoptedIntegration | string {
  // Terraform would take it for a reference of its own.
  if (integration.uri?.includes("${")) return "calls what a stage variable names, which the catalog has no word for";
  if (integration.connectionType === "VPC_LINK") return "goes through a VPC link, which the catalog has no word for";
  switch (integration.type) {
    case "MOCK":
      return adoptMock(method, integration);
    case "HTTP_PROXY":
      return adoptHttp(path, method, integration);
    case "AWS_PROXY":
      return adoptLambda(integration);
    default:
      return `has an integration of type ${integration.type}, which the catalog has no word for`;
  }
}

function adoptMock(method: sdk.Method, integration: sdk.Integration): AdoptedIntegration | string {
  const answers = Object.entries(integration.integrationResponses ?? {});
  const [answer, ...others] = answers;
  if (!answer || others.length > 0) return `is a mock with ${answers.length} answers, and the catalog's have one`;
  const [status, { responseTemplates = {}, responseParameters = {}, selectionPattern, contentHandling }] = answer;
  const response = method.methodResponses?.[status];
  if (!response) return `is a mock that answers ${status}, which the method does not declare`;
  const { "application/json": text, ...otherTemplates } = responseTemplates ?? {};
  const body = text === undefined || Object.keys(otherTemplates).length > 0 ? undefined : bodyOf(text);
  const templates = { "application/json": JSON.stringify({ statusCode: Number(status) }) };
  return {
    route: { mock: body === undefined ? Number(status) : { status: Number(status), body } },
    methodParameters: {},
    keep: {
      integration: [
        ...unless(isDeepStrictEqual({ ...integration.requestTemplates }, templates), "request_templates"),
        ...unless(integration.passthroughBehavior === "WHEN_NO_TEMPLATES", "passthrough_behavior"),
        ...unless(isEmpty(integration.requestParameters), "request_parameters"),
        ...unless(!integration.uri, "uri"),
        ...unless(!integration.httpMethod, "integration_http_method"),
        ...settingsToKeep(integration),
      ],
      response: [
        ...unless(isEmpty(response.responseParameters), "response_parameters"),
        ...unless(isEmpty(response.responseModels), "response_models"),
      ],
      answer: [
        ...unless(isEmpty(responseTemplates) || body !== undefined, "response_templates"),
        ...unless(isEmpty(responseParameters), "response_parameters"),
        ...unless(!selectionPattern, "selection_pattern"),
        ...unless(!contentHandling, "content_handling"),
      ],
    },
  };
}

/** The JSON that a template is, if the catalog would write it alike. */
function bodyOf(template: string): unknown {
  try {
    const body: unknown = JSON.parse(template);
    return literalJson(body) === template ? body : undefined;
  } catch {
    return undefined;
  }
}

function adoptHttp(path: string, method: sdk.Method, integration: sdk.Integration): AdoptedIntegration | string {
  const { uri = "", httpMethod, requestParameters } = integration;
  if (!toIntegration({ http: uri })) return "has no URL";
  const names = parametersOf(path);
  const mapped = Object.fromEntries(
    names.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
  );
  return {
    route: { http: uri },
    methodParameters: Object.fromEntries(names.map((name) => [`method.request.path.${name}`, true])),
    keep: {
      integration: [
        ...unless(httpMethod === method.httpMethod, "integration_http_method"),
        ...unless(isDeepStrictEqual({ ...requestParameters }, mapped), "request_parameters"),
        ...unless(isEmpty(integration.requestTemplates), "request_templates"),
        ...settingsToKeep(integration),
      ],
    },
  };
}

/** ARN of the function behind the URI by which API Gateway calls it. */
export const functionOf = (uri = ""): string | undefined => (uri.includes("${") ? undefined : decodeFunctionUri(uri));

function adoptLambda(integration: sdk.Integration): AdoptedIntegration | string {
  const lambda = functionOf(integration.uri);
  if (lambda === undefined) return "calls a service of AWS's that is no function, which the catalog has no word for";
  return {
    route: { lambda },
    methodParameters: {},
    keep: {
      integration: [
        ...unless(integration.httpMethod === "POST", "integration_http_method"),
        ...unless(isEmpty(integration.requestParameters), "request_parameters"),
        ...unless(isEmpty(integration.requestTemplates), "request_templates"),
        ...settingsToKeep(integration),
      ],
    },
  };
}

function settingsToKeep(integration: sdk.Integration): string[] {
  return [
    ...unless(integration.timeoutInMillis === INTEGRATION_TIMEOUT_MILLISECONDS, "timeout_milliseconds"),
    ...unless(!integration.credentials, "credentials"),
    ...unless(!integration.contentHandling, "content_handling"),
    ...unless(!integration.tlsConfig, "tls_config"),
    ...unless(isEmpty(integration.cacheKeyParameters), "cache_key_parameters"),
  ];
}

const unless = (isSame: boolean, ...attributes: string[]) => (isSame ? [] : attributes);
const isEmpty = (value: object | undefined) => value === undefined || value === null || Object.keys(value).length === 0;
