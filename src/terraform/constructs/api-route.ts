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
import { INTEGRATION } from "../../contract/integration-resource";
import { METHOD } from "../../contract/method";
import { INTEGRATION_RESPONSE, METHOD_RESPONSE } from "../../contract/mock";
import { encodeRoute } from "../../contract/route";
import { authorizerOf } from "../../vocabulary/authorization";
import { AUTHORIZER_OF_API } from "../../vocabulary/authorizer";
import type { AnswerHeaders } from "../../vocabulary/cors-answers";
import { CHECKED_CONTENT_TYPE } from "../../vocabulary/request";
import type { Route } from "../../vocabulary/route";
import { modelsIn, referredModel } from "../../vocabulary/schema-references";
import { config } from "./config";
import type { HandlerFunction } from "./handler-function";
import { literally, stageVariablesAsText } from "./literal";
import { idOf, named } from "./named";
import type { NamedModels } from "./named-models";
import { deployedAttributesOf, fingerprints } from "./snapshot";

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
   * VPC links of the API, by their names in the catalog.
   * @default - the route uses none
   */
  readonly vpcLinks?: ReadonlyMap<string, VpcLinkTarget>;
  /**
   * ARN of the role with which an AWS service is called that names none.
   * @default - the route calls none
   */
  readonly serviceRole?: string | undefined;
  /**
   * Fixed headers of answers that API Gateway makes, by name.
   * @default - none
   */
  readonly mockHeaders?: AnswerHeaders | undefined;
  /**
   * Models of the API that have names, to which the schema of a body refers.
   * @default - the route's body refers to none
   */
  readonly models?: NamedModels;
  /**
   * Checks what the route's `request` asks for.
   * @default - nothing is checked, and what is declared is declared only
   */
  readonly requestValidator?: ApiGatewayRequestValidator | undefined;
}

/** A VPC link as a route uses it. */
export interface VpcLinkTarget {
  /** The link's id, or the reference to it. */
  readonly id: string;
  /** Where it leads; `undefined` where somebody else manages it. */
  readonly target: string | undefined;
}

/** One method on one path, and who answers it. */
export class ApiRoute extends Construct {
  /** The id of the authorizer that it asks; `undefined` where it asks none. */
  readonly authorizer: string | undefined;
  /** The VPC link by which its backend is reached; `undefined` where it is reached over the internet. */
  readonly vpcLink: VpcLinkTarget | undefined;
  readonly method: ApiGatewayMethod;
  readonly integration: ApiGatewayIntegration;
  /** What a JSON body must be; only where the route's `request` has a schema of its own for it. */
  readonly bodyModel: ApiGatewayModel | undefined;
  /** Models with names that its body needs, also by way of others. */
  readonly namedModels: readonly ApiGatewayModel[];
  /** What checks requests, shared with other routes; only where something is checked. */
  readonly requestValidator: ApiGatewayRequestValidator | undefined;
  /** What the method declares of its answers, by status; only where API Gateway makes them. */
  readonly responses: ReadonlyMap<string, ApiGatewayMethodResponse>;
  /** How its answers are made, by status; only where API Gateway makes them. */
  readonly answers: ReadonlyMap<string, ApiGatewayIntegrationResponse>;
  /** Everything of the route that a deployment contains. */
  readonly resources: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: ApiRouteProps) {
    super(scope, id);
    const { route, restApiId, resourceId, authorizers, functions = new Map(), mockHeaders, requestValidator } = props;
    const { vpcLinks, serviceRole, models } = props;
    this.authorizer = authorizerOf(route.authorization);
    const authorizer = this.authorizer === undefined ? undefined : authorizers?.get(this.authorizer);
    if (this.authorizer !== undefined && !authorizer)
      throw new Error(`route "${route.key}" asks the authorizer "${this.authorizer}"; add it to authorizers`);
    this.requestValidator = requestValidator;
    const responses = new Map<string, ApiGatewayMethodResponse>();
    const answers = new Map<string, ApiGatewayIntegrationResponse>();
    this.responses = responses;
    this.answers = answers;
    this.vpcLink = linkOf(route, vpcLinks);
    const written = encodeRoute(withLiteralSettings(route), {
      authorizerId: authorizer?.id,
      requestValidatorId: requestValidator?.id,
      mockHeaders,
      vpcLinkId: () => this.vpcLink?.id,
      serviceRole,
      ...(models && { models: models.schemas }),
      functionUri: (handler) => {
        const called = functions.get(handler);
        if (called) return called.invocationUri;
        throw new Error(`route "${route.key}" needs the function of handler "${handler}"; add it to functions`);
      },
    });
    this.namedModels = neededModels(route, models);
    const referred = models?.referredBy(route.request?.body ?? {}) ?? [];
    this.bodyModel = written.bodyModel && this.addBodyModel(written.bodyModel, restApiId, referred);
    const namedModel = referredModel(route.request?.body);
    const bodyModel = namedModel === undefined ? this.bodyModel : models?.model(namedModel);
    this.method = named(ApiGatewayMethod, this, "method", {
      restApiId,
      resourceId,
      ...config(METHOD, written.method, ["operation_name", "authorization_scopes"]),
      requestModels: bodyModel && { [CHECKED_CONTENT_TYPE]: bodyModel.name },
    });
    // The reference to the method, not its name, so that Terraform creates the method first.
    const target = { restApiId, resourceId, httpMethod: this.method.httpMethod };
    this.integration = named(ApiGatewayIntegration, this, "integration", {
      ...config(INTEGRATION, { ...written.integration, uri: stageVariablesAsText(written.integration.uri) }),
      ...target,
    });
    for (const { response, answer } of written.answers) {
      const status = response.status_code;
      // The status is the identity of both: AWS cannot change it in place, so another status is another resource.
      const declared = named(ApiGatewayMethodResponse, this, idOf("response", status), {
        ...config(METHOD_RESPONSE, response),
        ...target,
        statusCode: status,
      });
      const made = named(ApiGatewayIntegrationResponse, this, idOf("answer", status), {
        ...config(INTEGRATION_RESPONSE, answer),
        ...target,
        statusCode: declared.statusCode,
        // AWS takes an integration response only for an integration that exists.
        dependsOn: [this.integration],
      });
      responses.set(status, declared);
      answers.set(status, made);
    }
    const answered = [...responses].flatMap(([status, declared]) => [declared, answers.get(status)]);
    const parts = [this.method, this.integration, ...answered, this.bodyModel, ...this.namedModels, requestValidator];
    this.resources = parts.filter((each) => each !== undefined);
  }

  /**
   * Changes with anything that the synthesized JSON says of this route, and with nothing else.
   *
   * @param ofModel fingerprint of a model, which many routes may need
   */
  fingerprint(ofModel: (model: ApiGatewayModel) => string = fingerprints()): string {
    const named = new Set<TerraformResource>(this.namedModels);
    const own = this.resources.filter((each) => !named.has(each));
    const parts: unknown[] = [...own.map(deployedAttributesOf), ...this.namedModels.map(ofModel)];
    // The address of an authorizer is not part of a snapshot; which one a route asks is.
    if (this.authorizer !== undefined && this.authorizer !== AUTHORIZER_OF_API) parts.push(this.authorizer);
    // AWS cannot change where a link leads: another place is another link, under the same address.
    if (this.vpcLink?.target !== undefined) parts.push(this.vpcLink.target);
    return fingerprint(parts);
  }

  private addBodyModel(
    written: ReturnType<typeof encodeBodyModel>,
    restApiId: string,
    referred: readonly ApiGatewayModel[],
  ): ApiGatewayModel {
    return named(ApiGatewayModel, this, "body-model", {
      restApiId,
      ...config(BODY_MODEL, written, ["description", "schema"]),
      ...(referred.length > 0 && { dependsOn: [...referred] }),
      // A method that checks no body any more lets go of its model before that is deleted; AWS refuses the other order.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/** All of the API that a route's body needs, that which it names itself first among them. */
function neededModels({ key, request }: Route, models: NamedModels | undefined): ApiGatewayModel[] {
  const body = request?.body;
  if (body === undefined || modelsIn(body).length === 0) return [];
  if (!models) throw new Error(`route "${key}" refers to models in its body; add them to models`);
  const named = referredModel(body);
  return [...new Set([...(named === undefined ? [] : [models.model(named)]), ...models.neededBy(body)])];
}

function linkOf({ key, integration }: Route, links: ApiRouteProps["vpcLinks"]): VpcLinkTarget | undefined {
  const name = integration.settings?.vpcLink;
  const link = name === undefined ? undefined : links?.get(name);
  if (name !== undefined && !link) throw new Error(`route "${key}" uses the VPC link "${name}"; add it to vpcLinks`);
  return link;
}

/** Templates, mappings and patterns are what users write: Terraform must not evaluate them. */
function withLiteralSettings(route: Route): Route {
  const { settings } = route.integration;
  if (!settings) return route;
  const { credentials } = settings;
  const texts = literally(settings);
  return {
    ...route,
    integration: { ...route.integration, settings: credentials === undefined ? texts : { ...texts, credentials } },
  };
}
