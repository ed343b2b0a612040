import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { literalJson } from "../../catalog/canonical-json";
import type { Integration } from "../../catalog/integration";
import { parametersOf, type Route } from "../../catalog/route";
import { headerParameters } from "./gateway-responses";
import type { HandlerFunction } from "./handler-function";
import { invocationUri } from "./lambda-invocation";
import { fingerprint, resolvedAttributes } from "./snapshot";

export interface ApiRouteProps {
  readonly route: Route;
  readonly restApiId: string;
  readonly resourceId: string;
  /**
   * Asked about every request to a route that needs a key.
   * @default - nobody is asked
   */
  readonly authorizerId?: string | undefined;
  /**
   * Functions of the handlers, by name.
   * @default - the route has no handler
   */
  readonly functions?: ReadonlyMap<string, HandlerFunction>;
  /**
   * Fixed headers of the answer, by name, where API Gateway answers by itself.
   * @default - none
   */
  readonly mockHeaders?: Readonly<Record<string, string>> | undefined;
}

/** One method on one path, and who answers it. */
export class ApiRoute extends Construct {
  readonly method: ApiGatewayMethod;
  readonly integration: ApiGatewayIntegration;
  /** Only where API Gateway answers by itself. */
  readonly response: ApiGatewayMethodResponse | undefined;
  /** Only where API Gateway answers by itself. */
  readonly answer: ApiGatewayIntegrationResponse | undefined;
  /** Everything of the route that a deployment contains. */
  readonly resources: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: ApiRouteProps) {
    super(scope, id);
    const { route, restApiId, resourceId, authorizerId, functions, mockHeaders = {} } = props;
    const authorized = authorizerId !== undefined && route.apiKeyRequired;
    // An `http` backend gets path parameters only if the method declares them and the integration maps them.
    const parameters = route.integration.type === "http" ? parametersOf(route.path) : [];
    this.method = new ApiGatewayMethod(this, "method", {
      restApiId,
      resourceId,
      httpMethod: route.method,
      apiKeyRequired: route.apiKeyRequired,
      authorization: authorized ? "CUSTOM" : "NONE",
      authorizerId: authorized ? authorizerId : undefined,
      requestParameters:
        parameters.length > 0
          ? Object.fromEntries(parameters.map((name) => [`method.request.path.${name}`, true]))
          : undefined,
    });
    // The reference to the method, not its name, so that Terraform creates the method first.
    const target = { restApiId, resourceId, httpMethod: this.method.httpMethod };
    this.integration = new ApiGatewayIntegration(this, "integration", {
      ...target,
      ...integrationConfig(route, parameters, functions),
    });
    const { response, answer } = this.mockResponses(route.integration, target, mockHeaders);
    this.response = response;
    this.answer = answer;
    this.resources = [this.method, this.integration, response, answer].filter((each) => each !== undefined);
  }

  /** Changes with anything that the synthesized JSON says of this route, and with nothing else. */
  fingerprint(): string {
    return fingerprint(this.resources.map(resolvedAttributes));
  }

  private mockResponses(
    integration: Integration,
    target: { readonly restApiId: string; readonly resourceId: string; readonly httpMethod: string },
    headers: Readonly<Record<string, string>>,
  ): { readonly response?: ApiGatewayMethodResponse; readonly answer?: ApiGatewayIntegrationResponse } {
    if (integration.type !== "mock") return {};
    const responseParameters = headerParameters("method.response", headers);
    // The status is the identity of both: AWS cannot change it in place, so another status is another resource.
    const response = new ApiGatewayMethodResponse(this, `response:${integration.status}`, {
      ...target,
      statusCode: `${integration.status}`,
      responseParameters:
        responseParameters && Object.fromEntries(Object.keys(responseParameters).map((name) => [name, true])),
    });
    const answer = new ApiGatewayIntegrationResponse(this, `answer:${integration.status}`, {
      ...target,
      statusCode: response.statusCode,
      responseParameters,
      responseTemplates:
        integration.body === undefined ? undefined : { "application/json": literalJson(integration.body) },
      // AWS takes an integration response only for an integration that exists.
      dependsOn: [this.integration],
    });
    return { response, answer };
  }
}

function integrationConfig(
  { key, integration, method }: Route,
  parameters: readonly string[],
  functions: ReadonlyMap<string, HandlerFunction> = new Map(),
) {
  switch (integration.type) {
    case "mock":
      return {
        type: "MOCK",
        // The status in the template selects the integration response. Without the right content type there is no
        // template: then 415 is clearer than the 500 of a mock that got no status.
        requestTemplates: { "application/json": JSON.stringify({ statusCode: integration.status }) },
        passthroughBehavior: "WHEN_NO_TEMPLATES",
      };
    case "http":
      return {
        type: "HTTP_PROXY",
        integrationHttpMethod: method,
        uri: integration.url,
        requestParameters:
          parameters.length > 0
            ? Object.fromEntries(
                parameters.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
              )
            : undefined,
      };
    case "lambda":
      // AWS calls a function by POST, whatever the method of the route.
      return { type: "AWS_PROXY", integrationHttpMethod: "POST", uri: invocationUri(integration.arn) };
    case "handler": {
      const called = functions.get(integration.name);
      if (!called)
        throw new Error(`route "${key}" needs the function of handler "${integration.name}"; add it to functions`);
      return { type: "AWS_PROXY", integrationHttpMethod: "POST", uri: called.invocationUri };
    }
  }
}
