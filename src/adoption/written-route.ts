import type { RequestRules } from "../vocabulary/request";
import type { Route, RouteInput } from "../vocabulary/route";

/** A route as a person would write it: without what is the default. */
export function writtenRoute({ method, apiKeyRequired, integration, request }: Route): RouteInput {
  const byDefault = method !== "OPTIONS";
  return {
    ...writtenIntegration(integration),
    ...(apiKeyRequired === byDefault ? {} : { apiKeyRequired }),
    ...(request ? { request: writtenRequest(request) } : {}),
  } as RouteInput;
}

function writtenIntegration(integration: Route["integration"]) {
  switch (integration.type) {
    case "mock":
      return { mock: integration.body === undefined ? integration.status : { ...mockAnswer(integration) } };
    case "http":
      return { http: integration.url };
    case "lambda":
      return { lambda: integration.arn };
    case "handler":
      return { handler: integration.name };
  }
}

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
