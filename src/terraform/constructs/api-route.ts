import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import { ApiGatewayModel } from "@cdktf/provider-aws/lib/api-gateway-model";
import type { ApiGatewayRequestValidator } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { encodeFunctionUri } from "../../contract/function-uri";
import { canonicalJson, literalJson } from "../../text/canonical-json";
import type { Integration } from "../../vocabulary/integration";
import { DRAFT_4 } from "../../vocabulary/json-schema";
import { CHECKED_CONTENT_TYPE, type RequestRules } from "../../vocabulary/request";
import { parametersOf, type Route } from "../../vocabulary/route";
import { headerParameters } from "./gateway-responses";
import type { HandlerFunction } from "./handler-function";
import { literal } from "./literal";
import { idOf, named } from "./named";
import { deployedAttributesOf, fingerprint } from "./snapshot";

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
  /**
   * Checks what the route's `request` asks for.
   * @default - nothing is checked, and what is declared is declared only
   */
  readonly requestValidator?: ApiGatewayRequestValidator | undefined;
}

/** One method on one path, and who answers it. */
export class ApiRoute extends Construct {
  readonly method: ApiGatewayMethod;
  readonly integration: ApiGatewayIntegration;
  /** What a JSON body must be; only where the route's `request` says so. */
  readonly bodyModel: ApiGatewayModel | undefined;
  /** Only where API Gateway answers by itself. */
  readonly response: ApiGatewayMethodResponse | undefined;
  /** Only where API Gateway answers by itself. */
  readonly answer: ApiGatewayIntegrationResponse | undefined;
  /** Everything of the route that a deployment contains. */
  readonly resources: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: ApiRouteProps) {
    super(scope, id);
    const { route, restApiId, resourceId, authorizerId, functions, mockHeaders = {}, requestValidator } = props;
    const authorized = authorizerId !== undefined && route.apiKeyRequired;
    // An `http` backend gets path parameters only if the method declares them and the integration maps them.
    const parameters = route.integration.type === "http" ? parametersOf(route.path) : [];
    this.bodyModel = this.addBodyModel(route, restApiId);
    this.method = named(ApiGatewayMethod, this, "method", {
      restApiId,
      resourceId,
      httpMethod: route.method,
      apiKeyRequired: route.apiKeyRequired,
      authorization: authorized ? "CUSTOM" : "NONE",
      authorizerId: authorized ? authorizerId : undefined,
      requestParameters: declaredParameters(parameters, route.request),
      requestModels: this.bodyModel && { [CHECKED_CONTENT_TYPE]: this.bodyModel.name },
      requestValidatorId: requestValidator?.id,
    });
    // The reference to the method, not its name, so that Terraform creates the method first.
    const target = { restApiId, resourceId, httpMethod: this.method.httpMethod };
    this.integration = named(ApiGatewayIntegration, this, "integration", {
      ...target,
      ...integrationConfig(route, parameters, functions),
    });
    const { response, answer } = this.mockResponses(route.integration, target, mockHeaders);
    this.response = response;
    this.answer = answer;
    this.resources = [this.method, this.integration, response, answer, this.bodyModel, requestValidator].filter(
      (each) => each !== undefined,
    );
  }

  /** Changes with anything that the synthesized JSON says of this route, and with nothing else. */
  fingerprint(): string {
    return fingerprint(this.resources.map(deployedAttributesOf));
  }

  private addBodyModel({ key, request }: Route, restApiId: string): ApiGatewayModel | undefined {
    if (request?.body === undefined) return undefined;
    return named(ApiGatewayModel, this, "body-model", {
      restApiId,
      name: modelName(key),
      description: literal(`Body of ${key}`),
      contentType: CHECKED_CONTENT_TYPE,
      schema: literal(canonicalJson({ $schema: DRAFT_4, ...request.body })),
      // A method that checks no body any more lets go of its model before that is deleted; AWS refuses the other order.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private mockResponses(
    integration: Integration,
    target: { readonly restApiId: string; readonly resourceId: string; readonly httpMethod: string },
    headers: Readonly<Record<string, string>>,
  ): { readonly response?: ApiGatewayMethodResponse; readonly answer?: ApiGatewayIntegrationResponse } {
    if (integration.type !== "mock") return {};
    const responseParameters = headerParameters("method.response", headers);
    // The status is the identity of both: AWS cannot change it in place, so another status is another resource.
    const response = named(ApiGatewayMethodResponse, this, idOf("response", `${integration.status}`), {
      ...target,
      statusCode: `${integration.status}`,
      responseParameters:
        responseParameters && Object.fromEntries(Object.keys(responseParameters).map((name) => [name, true])),
    });
    const answer = named(ApiGatewayIntegrationResponse, this, idOf("answer", `${integration.status}`), {
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

/** All that the method declares, and whether a request must have it; `undefined` where there is nothing. */
function declaredParameters(
  path: readonly string[],
  { query, headers }: Pick<RequestRules, "query" | "headers"> = { query: [], headers: [] },
): Record<string, boolean> | undefined {
  const declared = [
    ...path.map((name) => [`method.request.path.${name}`, true] as const),
    ...query.map(({ name, required }) => [`method.request.querystring.${name}`, required] as const),
    ...headers.map(({ name, required }) => [`method.request.header.${name}`, required] as const),
  ];
  return declared.length > 0 ? Object.fromEntries(declared) : undefined;
}

/** AWS takes letters and digits: those of the key, for people, and a hash, for keys that differ in other characters. */
const modelName = (key: string): string =>
  `${key.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 100)}${fingerprint(key).slice(0, 8)}`;

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
      return { type: "AWS_PROXY", integrationHttpMethod: "POST", uri: encodeFunctionUri(integration.arn) };
    case "handler": {
      const called = functions.get(integration.name);
      if (!called)
        throw new Error(`route "${key}" needs the function of handler "${integration.name}"; add it to functions`);
      return { type: "AWS_PROXY", integrationHttpMethod: "POST", uri: called.invocationUri };
    }
  }
}
