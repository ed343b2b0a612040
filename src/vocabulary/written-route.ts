import { isDeepStrictEqual } from "node:util";
import { type Authorization, type AuthorizationInput, authorizerOf } from "./authorization";
import type { AwsService } from "./aws-service";
import type { Integration, IntegrationInput } from "./integration";
import type { RequestRules } from "./request";
import type { Route, RouteInput } from "./route";

/**
 * A route as a person would write it: without what is the default.
 *
 * @param authorization what its API's routes ask that need a key and do not say
 */
export function writtenRoute(route: Route, authorization: Authorization): RouteInput<string> {
  const { method, apiKeyRequired, integration, request, operationName } = route;
  const byDefault = method !== "OPTIONS";
  return {
    ...writtenIntegration(integration),
    ...(apiKeyRequired === byDefault ? {} : { apiKeyRequired }),
    ...writtenAuthorization(route.authorization, apiKeyRequired ? authorization : { type: "NONE" }),
    ...(request ? { request: writtenRequest(request) } : {}),
    ...(operationName === undefined ? {} : { operationName }),
  } as RouteInput<string>;
}

function writtenAuthorization(asked: Authorization, byDefault: Authorization): AuthorizationInput<string> {
  if (isDeepStrictEqual(asked, byDefault)) return {};
  const scopes = asked.type === "COGNITO_USER_POOLS" ? asked.scopes : [];
  const authorizer = asked.type === "NONE" ? false : (authorizerOf(asked) ?? asked.type);
  return {
    ...(authorizerOf(asked) !== undefined && authorizerOf(asked) === authorizerOf(byDefault) ? {} : { authorizer }),
    ...(scopes.length > 0 ? { authorizationScopes: scopes } : {}),
  };
}

/** Who answers, as a person would write it; a service in its general form. */
export function writtenIntegration(integration: Integration): IntegrationInput {
  const { settings } = integration;
  return { ...writtenAnswerer(integration), ...(settings ? { integration: settings } : {}) } as IntegrationInput;
}

function writtenAnswerer(integration: Integration) {
  switch (integration.type) {
    case "mock":
      return { mock: integration.body === undefined ? integration.status : mockAnswer(integration) };
    case "http":
      return { http: integration.url };
    case "lambda":
      return { lambda: integration.arn };
    case "handler":
      return { handler: integration.name };
    case "aws":
      return { aws: writtenService(integration) };
  }
}

const writtenService = ({ service, region, action, path, httpMethod, statements }: AwsService) => ({
  service,
  region,
  ...(action === undefined ? { path } : { action }),
  ...(httpMethod === "POST" ? {} : { httpMethod }),
  ...(statements.length > 0 ? { statements } : {}),
});

const mockAnswer = ({ status, body }: { readonly status: number; readonly body?: unknown }) => ({ status, body });

function writtenRequest({ query, headers, body }: RequestRules) {
  const presence = (parameters: RequestRules["query"]) =>
    Object.fromEntries(parameters.map(({ name, required }) => [name, required ? "required" : "optional"]));
  return {
    ...(query.length > 0 ? { query: presence(query) } : {}),
    ...(headers.length > 0 ? { headers: presence(headers) } : {}),
    ...(body === undefined ? {} : { body }),
  };
}
