import type { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import { ApiGatewayModel } from "@cdktf/provider-aws/lib/api-gateway-model";
import type { ApiGatewayRequestValidator } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { BODY_MODEL, type encodeBodyModel } from "../../contract/body-model";
import { fingerprint } from "../../contract/fingerprint";
import { INTEGRATION } from "../../contract/integration";
import { METHOD } from "../../contract/method";
import { INTEGRATION_RESPONSE, METHOD_RESPONSE } from "../../contract/mock";
import { encodeRoute } from "../../contract/route";
import { authorizerOf } from "../../vocabulary/authorization";
import { AUTHORIZER_OF_API } from "../../vocabulary/authorizer";
import type { AnswerHeaders } from "../../vocabulary/cors-answers";
import { CHECKED_CONTENT_TYPE } from "../../vocabulary/request";
import type { Route } from "../../vocabulary/route";
import { config } from "./config";
import type { HandlerFunction } from "./handler-function";
import { stageVariablesAsText } from "./literal";
import { idOf, named } from "./named";
import { deployedAttributesOf } from "./snapshot";

export interface ApiRouteProps {
  readonly route: Route;
  readonly restApiId: string;
  readonly resourceId: string;
  /**
   * Authorizers of the API, by their ids in the catalog.
   * @default - the route asks none
   */
  readonly authorizers?: ReadonlyMap<string, ApiGatewayAuthorizer>;
  /**
   * Functions of the handlers, by name.
   * @default - the route has no handler
   */
  readonly functions?: ReadonlyMap<string, HandlerFunction>;
  /**
   * Headers of the answer of a mock, by name.
   * @default - none
   */
  readonly mockHeaders?: AnswerHeaders | undefined;
  /**
   * Checks what the route's `request` asks for.
   * @default - nothing is checked, and what is declared is declared only
   */
  readonly requestValidator?: ApiGatewayRequestValidator | undefined;
}

/** One method on one path, and who answers it. */
export class ApiRoute extends Construct {
  /** The id of the authorizer that it asks; `undefined` where it asks none. */
  readonly authorizer: string | undefined;
  readonly method: ApiGatewayMethod;
  readonly integration: ApiGatewayIntegration;
  /** What a JSON body must be; only where the route's `request` says so. */
  readonly bodyModel: ApiGatewayModel | undefined;
  /** What checks requests, shared with other routes; only where something is checked. */
  readonly requestValidator: ApiGatewayRequestValidator | undefined;
  /** Only where API Gateway answers by itself. */
  readonly response: ApiGatewayMethodResponse | undefined;
  /** Only where API Gateway answers by itself. */
  readonly answer: ApiGatewayIntegrationResponse | undefined;
  /** Everything of the route that a deployment contains. */
  readonly resources: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: ApiRouteProps) {
    super(scope, id);
    const { route, restApiId, resourceId, authorizers, functions = new Map(), mockHeaders, requestValidator } = props;
    this.authorizer = authorizerOf(route.authorization);
    const authorizer = this.authorizer === undefined ? undefined : authorizers?.get(this.authorizer);
    if (this.authorizer !== undefined && !authorizer)
      throw new Error(`route "${route.key}" asks the authorizer "${this.authorizer}"; add it to authorizers`);
    this.requestValidator = requestValidator;
    const written = encodeRoute(route, {
      authorizerId: authorizer?.id,
      requestValidatorId: requestValidator?.id,
      mockHeaders,
      functionUri: (handler) => {
        const called = functions.get(handler);
        if (called) return called.invocationUri;
        throw new Error(`route "${route.key}" needs the function of handler "${handler}"; add it to functions`);
      },
    });
    this.bodyModel = written.bodyModel && this.addBodyModel(written.bodyModel, restApiId);
    this.method = named(ApiGatewayMethod, this, "method", {
      restApiId,
      resourceId,
      ...config(METHOD, written.method),
      requestModels: this.bodyModel && { [CHECKED_CONTENT_TYPE]: this.bodyModel.name },
    });
    // The reference to the method, not its name, so that Terraform creates the method first.
    const target = { restApiId, resourceId, httpMethod: this.method.httpMethod };
    this.integration = named(ApiGatewayIntegration, this, "integration", {
      ...config(INTEGRATION, { ...written.integration, uri: stageVariablesAsText(written.integration.uri) }),
      ...target,
    });
    const { response, answer } = written;
    // The status is the identity of both: AWS cannot change it in place, so another status is another resource.
    this.response =
      response &&
      named(ApiGatewayMethodResponse, this, idOf("response", response.status_code), {
        ...config(METHOD_RESPONSE, response),
        ...target,
      });
    this.answer =
      answer &&
      named(ApiGatewayIntegrationResponse, this, idOf("answer", answer.status_code), {
        ...config(INTEGRATION_RESPONSE, answer),
        ...target,
        statusCode: this.response?.statusCode ?? answer.status_code,
        // AWS takes an integration response only for an integration that exists.
        dependsOn: [this.integration],
      });
    const parts = [this.method, this.integration, this.response, this.answer, this.bodyModel, requestValidator];
    this.resources = parts.filter((each) => each !== undefined);
  }

  /** Changes with anything that the synthesized JSON says of this route, and with nothing else. */
  fingerprint(): string {
    const parts: unknown[] = this.resources.map(deployedAttributesOf);
    // The address of an authorizer is not part of a snapshot; which one a route asks is.
    if (this.authorizer !== undefined && this.authorizer !== AUTHORIZER_OF_API) parts.push(this.authorizer);
    return fingerprint(parts);
  }

  private addBodyModel(written: ReturnType<typeof encodeBodyModel>, restApiId: string): ApiGatewayModel {
    return named(ApiGatewayModel, this, "body-model", {
      restApiId,
      ...config(BODY_MODEL, written, ["description", "schema"]),
      // A method that checks no body any more lets go of its model before that is deleted; AWS refuses the other order.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
