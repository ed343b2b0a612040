import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import type { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import type { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { AUTHORIZER, encodeAuthorizer } from "../../contract/authorizer";
import { deployedAttributes } from "../../contract/deployed-parts";
import { fingerprint } from "../../contract/fingerprint";
import { functionName } from "../../contract/function-name";
import { encodeRestApi, REST_API } from "../../contract/rest-api";
import type { OwnApi } from "../../vocabulary/api";
import { AUTHORIZER_OF_API, type Authorizer } from "../../vocabulary/authorizer";
import { type Cors, ORIGINS_VARIABLE } from "../../vocabulary/cors";
import { errorHeaders, gatewayResponsesOf } from "../../vocabulary/cors-answers";
import type { EndpointType } from "../../vocabulary/endpoint";
import type { Handler } from "../../vocabulary/handler";
import type { ImportedApi } from "../../vocabulary/imports";
import type { ApiRoute } from "./api-route";
import { addRoutes } from "./api-routes";
import { config } from "./config";
import { GatewayResponses } from "./gateway-responses";
import { HandlerFolder } from "./handler-folder";
import { HandlerFunction } from "./handler-function";
import { IdentityOutput } from "./identity-output";
import { allowInvocation } from "./lambda-invocation";
import { idOf, named } from "./named";
import { NamedModels } from "./named-models";
import { deployedAttributesOf, fingerprints } from "./snapshot";

export interface ApiDefinitionProps {
  readonly api: OwnApi;
  /**
   * Where the handlers of the routes are.
   * @default - the folder `handlers` in which the program runs
   */
  readonly handlers?: HandlerFolder;
  /**
   * What handlers that authorize need to know and may do, so that they find keys where they are handed over.
   * @default - nothing
   */
  readonly keyLookup?: KeyLookup;
  /**
   * What of the API is in the account already: its functions may be called already, so no permission is made for them.
   * @default - nothing
   */
  readonly imported?: ImportedApi | undefined;
}

/** Environment and rights by which a handler looks keys up. */
export type KeyLookup = Pick<Handler, "environment" | "statements">;

/** The definition of an API: what developers change. Nothing of it is live before an `ApiRelease` deploys it. */
export class ApiDefinition extends Construct {
  /** Id of the API in the catalog. */
  readonly api: string;
  /** Name of the API in AWS, by which its metrics are found. */
  readonly apiName: string;
  readonly restApi: ApiGatewayRestApi;
  readonly endpointType: EndpointType;
  /** Authorizers by id; the one that stands in the API's `authorizer` itself is called `"authorizer"`. */
  readonly authorizers: ReadonlyMap<string, ApiGatewayAuthorizer>;
  /** Names of the handlers that authorize. */
  readonly authorizerHandlers: ReadonlySet<string>;
  /** Functions of the API's handlers, by the handlers' names. */
  readonly functions: ReadonlyMap<string, HandlerFunction>;
  /** Models that have names in the catalog. */
  readonly models: NamedModels;
  /** Resources by path, such as `"/pets"`; without the root, which comes with the API. */
  readonly resources: ReadonlyMap<string, ApiGatewayResource>;
  /** Routes by key, such as `"GET /pets"`; with the preflight routes of CORS, such as `"OPTIONS /pets"`. */
  readonly routes: ReadonlyMap<string, ApiRoute>;
  /** Gateway responses by type, such as `"THROTTLED"`; with those that only bear the headers of CORS. */
  readonly gatewayResponses: ReadonlyMap<string, ApiGatewayGatewayResponse>;

  constructor(
    scope: Construct,
    id: string,
    { api, handlers = new HandlerFolder(), keyLookup, imported }: ApiDefinitionProps,
  ) {
    super(scope, id);
    this.api = api.id;
    this.apiName = api.name;
    this.endpointType = api.endpointType;
    this.restApi = named(
      ApiGatewayRestApi,
      this,
      "rest-api",
      config(REST_API, encodeRestApi(api), ["name", "description", "policy"]),
    );
    IdentityOutput.of(this).addApi(api.id, this.restApi);
    this.authorizerHandlers = new Set(api.authorizers.flatMap(({ handler }) => handler ?? []));
    handlers.bundle(api.handlers.map(({ name }) => name));
    this.functions = new Map(
      api.handlers.map((handler) => [
        handler.name,
        new HandlerFunction(this, idOf("handler", handler.name), {
          handler: withOrigins(
            this.authorizerHandlers.has(handler.name) ? withKeyLookup(handler, keyLookup) : handler,
            api.cors,
          ),
          functionName: functionName(api.id, handler.name),
          folder: handlers,
        }),
      ]),
    );
    this.authorizers = new Map(api.authorizers.map((each) => [each.id, this.addAuthorizer(each, imported)]));
    this.models = new NamedModels(this, "models", { restApiId: this.restApi.id, models: api.models });
    const { routes, resources } = addRoutes(this, {
      api,
      restApi: this.restApi,
      authorizers: this.authorizers,
      functions: this.functions,
      models: this.models,
      imported,
    });
    this.routes = routes;
    this.resources = resources;
    this.gatewayResponses = new GatewayResponses(this, idOf("responses"), {
      restApiId: this.restApi.id,
      responses: gatewayResponsesOf(api),
      headers: api.cors && errorHeaders(api.cors),
    }).byType;
  }

  /** Id of the REST API, for other constructs. */
  get restApiId(): string {
    return this.restApi.id;
  }

  /** @throws Error for a route that the API does not have, with those that it has */
  route(key: string): ApiRoute {
    const route = this.routes.get(key);
    if (!route) throw new Error(`unknown route "${key}" of this API; it has ${[...this.routes.keys()].join(", ")}`);
    return route;
  }

  /** Everything that must be there, and in its place, before a deployment is made. */
  deployedResources(): TerraformResource[] {
    const ofRoutes = [...this.routes.values()].flatMap((route) => route.resources);
    // Routes share validators.
    return [...new Set(ofRoutes), ...this.gatewayResponses.values()];
  }

  /**
   * A fingerprint for each part of what a deployment contains, by the part's name: `"GET /pets"`, `"api_key_source"`.
   * It hashes what the synthesized JSON will say, so it is complete only at synth, after overrides and aspects.
   *
   * Ids of methods would not do: an id stays when `api_key_required` flips, and the stage would go on as before.
   */
  snapshot(): Record<string, string> {
    const ofModel = fingerprints();
    const parts: [string, string][] = [...this.routes].map(([key, route]) => [key, route.fingerprint(ofModel)]);
    for (const [type, response] of this.gatewayResponses)
      parts.push([`gateway response ${type}`, fingerprint(deployedAttributesOf(response))]);
    const settings = deployedAttributesOf(this.restApi);
    for (const name of deployedAttributes(this.restApi.terraformResourceType))
      if (settings[name] !== undefined) parts.push([name, fingerprint(settings[name])]);
    for (const [id, authorizer] of this.authorizers)
      parts.push([partOf(id).join(" "), fingerprint(deployedAttributesOf(authorizer))]);
    return Object.fromEntries(parts);
  }

  private addAuthorizer(authorizer: Authorizer, imported: ImportedApi | undefined): ApiGatewayAuthorizer {
    const { id, lambda, credentials } = authorizer;
    // Each release lets API Gateway call its own alias of a handler.
    if (lambda !== undefined && credentials === undefined && !imported?.authorizers?.[id])
      allowInvocation(this, partOf(id), lambda, `${this.restApi.executionArn}/authorizers/*`);
    const functionUri = (name: string) => (this.functions.get(name) as HandlerFunction).invocationUri;
    return named(ApiGatewayAuthorizer, this, id === AUTHORIZER_OF_API ? id : idOf("authorizer", id), {
      restApiId: this.restApi.id,
      ...config(AUTHORIZER, encodeAuthorizer(authorizer, functionUri), TEXTS),
    });
  }
}

/** What users write of an authorizer, and Terraform must not evaluate. */
const TEXTS = ["identity_source", "identity_validation_expression", "name"] as const;

/** What an authorizer is called among the parts of a snapshot and among permissions. */
const partOf = (id: string): readonly string[] => (id === AUTHORIZER_OF_API ? [id] : ["authorizer", id]);

/** A handler must answer the origin that asks itself; one origin it can say without asking. */
function withOrigins(handler: Handler, cors: Cors | undefined): Handler {
  if (!cors || cors.allowOrigins.length === 1) return handler;
  return { ...handler, environment: { [ORIGINS_VARIABLE]: cors.allowOrigins.join(","), ...handler.environment } };
}

/** What the catalog itself says to the handler goes first. */
function withKeyLookup(handler: Handler, lookup: KeyLookup = { environment: {}, statements: [] }): Handler {
  return {
    ...handler,
    environment: { ...lookup.environment, ...handler.environment },
    statements: [...lookup.statements, ...handler.statements],
  };
}
