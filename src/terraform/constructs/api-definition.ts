import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import type { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { deployedAttributes } from "../../contract/deployed-parts";
import { encodeFunctionUri } from "../../contract/function-uri";
import { canonicalJson } from "../../text/canonical-json";
import type { Authorizer, OwnApi } from "../../vocabulary/api";
import { answerHeaders, gatewayResponsesOf, methodsByPath, mockHeaders, preflightRoutes } from "../../vocabulary/cors";
import type { Handler } from "../../vocabulary/handler";
import type { ImportedApi } from "../../vocabulary/imports";
import { partsOf } from "../../vocabulary/route";
import { isKnownLater } from "../../vocabulary/schema";
import { ApiRoute } from "./api-route";
import { GatewayResponses } from "./gateway-responses";
import { HandlerFolder } from "./handler-bundle";
import { HandlerFunction } from "./handler-function";
import { allowInvocation } from "./lambda-invocation";
import { literal } from "./literal";
import { RequestValidators } from "./request-validators";
import { deployedAttributesOf, fingerprint } from "./snapshot";

export interface ApiDefinitionProps {
  readonly api: OwnApi;
  /**
   * Where the handlers of the routes are.
   * @default - the folder `handlers` in which the program runs
   */
  readonly handlers?: HandlerFolder;
  /**
   * What the authorizer's handler is told and allowed, so that it finds keys where they are handed over.
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
  readonly restApi: ApiGatewayRestApi;
  readonly endpointType: "REGIONAL" | "EDGE";
  /** Only where the API has an authorizer. */
  readonly authorizer: ApiGatewayAuthorizer | undefined;
  /** Name of the handler that authorizes, if one does. */
  readonly authorizerHandler: string | undefined;
  /** Functions of the API's handlers, by the handlers' names. */
  readonly functions: ReadonlyMap<string, HandlerFunction>;
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
    this.endpointType = api.endpointType;
    this.restApi = new ApiGatewayRestApi(this, "rest-api", {
      name: literal(api.name),
      description: literal(api.description),
      apiKeySource: api.keySource,
      endpointConfiguration: { types: [api.endpointType] },
      policy: api.policy && literal(canonicalJson(api.policy)),
      tags: api.tags,
    });
    handlers.bundle(api.handlers.map(({ name }) => name));
    this.functions = new Map(
      api.handlers.map((handler) => [
        handler.name,
        new HandlerFunction(this, `handler:${handler.name}`, {
          handler: handler.name === api.authorizer?.handler ? withKeyLookup(handler, keyLookup) : handler,
          functionName: `${api.id}-${handler.name}`,
          folder: handlers,
        }),
      ]),
    );
    this.authorizerHandler = api.authorizer?.handler;
    this.authorizer = api.authorizer && this.addAuthorizer(api.authorizer, imported);
    const resources = new Map<string, ApiGatewayResource>();
    this.routes = this.addRoutes(api, resources, imported);
    this.resources = resources;
    this.gatewayResponses = new GatewayResponses(this, "gateway-responses", {
      restApiId: this.restApi.id,
      responses: gatewayResponsesOf(api),
      headers: api.cors && answerHeaders(api.cors),
    }).byType;
  }

  /** Id of the REST API, for other constructs. */
  get restApiId(): string {
    return this.restApi.id;
  }

  /** @throws Error for a route that the API does not have, with those that it has */
  route(key: string): ApiRoute {
    const route = this.routes.get(key);
    if (!route) throw new Error(`"${key}" is no route of this API; it has ${[...this.routes.keys()].join(", ")}`);
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
    const parts: [string, string][] = [...this.routes].map(([key, route]) => [key, route.fingerprint()]);
    for (const [type, response] of this.gatewayResponses)
      parts.push([`gateway response ${type}`, fingerprint(deployedAttributesOf(response))]);
    const settings = deployedAttributesOf(this.restApi);
    for (const name of deployedAttributes(this.restApi.terraformResourceType))
      if (settings[name] !== undefined) parts.push([name, fingerprint(settings[name])]);
    if (this.authorizer) parts.push(["authorizer", fingerprint(deployedAttributesOf(this.authorizer))]);
    return Object.fromEntries(parts);
  }

  private addAuthorizer(authorizer: Authorizer, imported: ImportedApi | undefined): ApiGatewayAuthorizer {
    return new ApiGatewayAuthorizer(this, "authorizer", {
      restApiId: this.restApi.id,
      name: "key-authorizer",
      type: authorizer.type,
      authorizerUri: this.authorizerUri(authorizer, imported),
      identitySource: literal(authorizer.identitySource),
      authorizerResultTtlInSeconds: authorizer.resultTtlSeconds,
    });
  }

  private authorizerUri({ handler, lambda }: Authorizer, imported: ImportedApi | undefined): string {
    // Each release lets API Gateway call its own alias of a handler.
    if (handler !== undefined) return (this.functions.get(handler) as HandlerFunction).invocationUri;
    if (!imported?.authorizer)
      allowInvocation(this, "authorizer-permission", lambda, `${this.restApi.executionArn}/authorizers/*`);
    return encodeFunctionUri(lambda);
  }

  private addRoutes(
    api: OwnApi,
    byPath: Map<string, ApiGatewayResource>,
    imported: ImportedApi | undefined,
  ): Map<string, ApiRoute> {
    const restApiId = this.restApi.id;
    const resources = new Map<string, { readonly id: string; readonly scope: Construct }>();
    resources.set("", { id: this.restApi.rootResourceId, scope: this });
    const resourceAt = (parts: readonly string[]): { readonly id: string; readonly scope: Construct } => {
      const path = parts.join("/");
      const known = resources.get(path);
      if (known) return known;
      const parent = resourceAt(parts.slice(0, -1));
      const pathPart = parts.at(-1) as string;
      // The colon keeps a part that is called "GET" or "Default" apart from cdktf's own and from our ids.
      const resource = new ApiGatewayResource(parent.scope, `:${pathPart}`, {
        restApiId,
        parentId: parent.id,
        pathPart,
      });
      const made = { id: resource.id, scope: resource };
      resources.set(path, made);
      byPath.set(`/${path}`, resource);
      return made;
    };

    const functions = new Map<string, string>();
    const { cors } = api;
    const methods = methodsByPath(api.routes);
    const validators = new RequestValidators(this, "request-validators", { restApiId });
    const all = cors ? [...api.routes, ...preflightRoutes(api.routes)] : api.routes;
    const routes = all.map((route): [string, ApiRoute] => {
      const { id: resourceId, scope } = resourceAt(partsOf(route.path));
      const made = new ApiRoute(scope, route.method, {
        route,
        restApiId,
        resourceId,
        authorizerId: this.authorizer?.id,
        functions: this.functions,
        mockHeaders: cors && mockHeaders(cors, route, methods.get(route.path) ?? []),
        requestValidator: route.request && validators.for(route.request),
      });
      // A reference is no name that stays, so each of its routes has a permission of its own.
      if (route.integration.type === "lambda" && !imported?.routes[route.key]) {
        const { arn } = route.integration;
        functions.set(isKnownLater(arn) ? `${route.method} ${partsOf(route.path).join(":")}` : arn, arn);
      }
      return [route.key, made];
    });
    for (const [name, arn] of functions)
      allowInvocation(this, `permission:${name}`, arn, `${this.restApi.executionArn}/*/*/*`);
    return new Map(routes);
  }
}

/** What the catalog itself says to the handler goes first. */
function withKeyLookup(handler: Handler, lookup: KeyLookup = { environment: {}, statements: [] }): Handler {
  return {
    ...handler,
    environment: { ...lookup.environment, ...handler.environment },
    statements: [...lookup.statements, ...handler.statements],
  };
}
