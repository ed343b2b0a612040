import { type Integration, toIntegration } from "../vocabulary/integration";
import { parametersOf, type Route } from "../vocabulary/route";
import { RELEASE_VARIABLE } from "../vocabulary/stage-variables";
import { DEFAULT_PASSTHROUGH_BEHAVIOR, INTEGRATION_TIMEOUT_MILLISECONDS } from "./defaults";
import { decodeFunctionUri, encodeFunctionUri } from "./function-uri";
import { encodeMockRequest } from "./mock";
import {
  block,
  flag,
  kept,
  list,
  number,
  optionalText,
  ResourceType,
  strings,
  text,
  type ValuesOf,
  type Written,
} from "./resource-type";
import { type Decoded, refused } from "./unsupported";

/** What is behind a method. */
export const INTEGRATION = new ResourceType("aws_api_gateway_integration", {
  rest_api_id: optionalText,
  resource_id: optionalText,
  http_method: text(),
  type: text(),
  uri: optionalText,
  integration_http_method: optionalText,
  connection_type: text("INTERNET"),
  connection_id: optionalText,
  content_handling: optionalText,
  credentials: optionalText,
  cache_key_parameters: list,
  cache_namespace: kept(optionalText),
  passthrough_behavior: kept(text(DEFAULT_PASSTHROUGH_BEHAVIOR)),
  request_parameters: strings,
  request_templates: strings,
  timeout_milliseconds: number(INTEGRATION_TIMEOUT_MILLISECONDS),
  tls_config: block({ insecure_skip_verification: flag() }),
});
export type IntegrationAttributes = ValuesOf<typeof INTEGRATION.fields>;

/**
 * @param functionUri the `uri` that calls a handler's function, by the handler's name
 */
export function encodeIntegration(
  { method, path, integration }: Pick<Route, "method" | "path" | "integration">,
  functionUri: (handler: string) => string,
): Written<typeof INTEGRATION.fields> & { type: string } {
  switch (integration.type) {
    case "mock":
      return { type: "MOCK", ...encodeMockRequest(integration.status) };
    case "http":
      return {
        type: "HTTP_PROXY",
        integration_http_method: method,
        uri: integration.url,
        request_parameters: pathParameters(path),
      };
    // AWS calls a function by POST, whatever the method of the route.
    case "lambda":
      return { type: "AWS_PROXY", integration_http_method: "POST", uri: encodeFunctionUri(integration.arn) };
    case "handler":
      return { type: "AWS_PROXY", integration_http_method: "POST", uri: functionUri(integration.name) };
  }
}

function pathParameters(path: string): Record<string, string> | undefined {
  const parameters = parametersOf(path).map((name) => [
    `integration.request.path.${name}`,
    `method.request.path.${name}`,
  ]);
  return parameters.length > 0 ? Object.fromEntries(parameters) : undefined;
}

const VARIABLE = `:\${stageVariables.${RELEASE_VARIABLE}}`;

/**
 * What is behind a method, but for a mock, whose status and body stand in its answer. What is not in the result stands in
 * attributes that `encodeIntegration` writes otherwise.
 *
 * @param handlerOf the handler of a function, by the function's ARN without the alias of the stage
 */
export function decodeIntegration(
  { type, uri = "", connection_type }: IntegrationAttributes,
  handlerOf: (functionArn: string) => string | undefined = () => undefined,
): Decoded<Exclude<Integration, { type: "mock" }>> {
  const refuse = (...what: [kind: Parameters<typeof refused>[0], attribute: string, value: unknown]) =>
    refused<Exclude<Integration, { type: "mock" }>>(what[0], INTEGRATION.type, what[1], what[2]);
  if (connection_type === "VPC_LINK") return refuse("private-integration", "connection_type", connection_type);
  if (type === "AWS_PROXY") {
    const arn = decodeFunctionUri(uri);
    if (arn === undefined) return refuse("no-function", "uri", uri);
    if (arn.endsWith(VARIABLE)) {
      const name = handlerOf(arn.slice(0, -VARIABLE.length));
      if (name !== undefined) return { entry: { type: "handler", name, options: undefined }, unsupported: [] };
    }
    if (arn.includes("${")) return refuse("function-by-stage-variable", "uri", uri);
    return { entry: { type: "lambda", arn }, unsupported: [] };
  }
  if (type !== "HTTP_PROXY") return refuse("integration-type", "type", type);
  if (!toIntegration({ http: uri }) || uri === "") return refuse("not-a-url", "uri", uri);
  return { entry: { type: "http", url: uri }, unsupported: [] };
}
