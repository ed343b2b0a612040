import type { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { Construct } from "constructs";
import type { OwnApi } from "../../vocabulary/api";
import { methodsByPath, mockHeaders, preflightRoutes } from "../../vocabulary/cors-answers";
import type { ImportedApi } from "../../vocabulary/imports";
import { partsOf, type Route } from "../../vocabulary/route";
import { isKnownLater } from "../../vocabulary/schema";
import type { Stage } from "../../vocabulary/stage";
import { ApiRoute } from "./api-route";
import type { HandlerFunction } from "./handler-function";
import { allowInvocation } from "./lambda-invocation";
import { idOf, named } from "./named";
import type { NamedModels } from "./named-models";
import { RequestValidators } from "./request-validators";
import { addServiceRole } from "./service-role";
import { addVpcLinks } from "./vpc-links";

/** The routes of an API by key, with the preflight routes of CORS; and the resources of their paths, by path. */
export interface ApiRoutes {
  readonly routes: ReadonlyMap<string, ApiRoute>;
  readonly resources: ReadonlyMap<string, ApiGatewayResource>;
}

export interface ApiRoutesProps {
  readonly api: OwnApi;
  readonly restApi: ApiGatewayRestApi;
  /** Authorizers of the API, by their ids in the catalog. */
  readonly authorizers: ReadonlyMap<string, ApiGatewayAuthorizer>;
  /** Functions of the API's handlers, by the handlers' names. */
  readonly functions: ReadonlyMap<string, HandlerFunction>;
  /** Models of the API that have names. */
  readonly models: NamedModels;
  readonly imported: ImportedApi | undefined;
}

/** Adds an API's routes to its definition. */
export function addRoutes(
  definition: Construct,
  { api, restApi, authorizers, functions, models, imported }: ApiRoutesProps,
): ApiRoutes {
  const resources = new Map<string, ApiGatewayResource>();
  const resourceIdAt = (parts: readonly string[]): string => {
    if (parts.length === 0) return restApi.rootResourceId;
    const path = `/${parts.join("/")}`;
    const known = resources.get(path);
    if (known) return known.id;
    const resource = named(ApiGatewayResource, definition, idOf("path", ...parts), {
      restApiId: restApi.id,
      parentId: resourceIdAt(parts.slice(0, -1)),
      pathPart: parts.at(-1) as string,
    });
    resources.set(path, resource);
    return resource.id;
  };

  const { cors } = api;
  const methods = methodsByPath(api.routes);
  const validators = new RequestValidators(definition, idOf("validators"), { restApiId: restApi.id });
  const all = cors ? [...api.routes, ...preflightRoutes(api.routes)] : api.routes;
  const vpcLinks = addVpcLinks(definition, api.vpcLinks);
  const serviceRole = addServiceRole(definition, api.id, api.routes);
  const routes = all.map((route): [string, ApiRoute] => {
    const parts = partsOf(route.path);
    const made = new ApiRoute(definition, idOf("route", route.method, ...parts), {
      route,
      restApiId: restApi.id,
      resourceId: resourceIdAt(parts),
      authorizers,
      functions,
      models,
      vpcLinks,
      serviceRole: serviceRole?.arn,
      mockHeaders: cors && mockHeaders(cors, route, methods.get(route.path) ?? []),
      requestValidator: route.request && validators.for(route.request),
    });
    return [route.key, made];
  });
  const permitted = api.routes
    .filter(({ key }) => !imported?.routes[key])
    .flatMap((route) => permissionsOf(route, api.stages));
  for (const { arn, parts } of new Map(permitted.map((each) => [each.parts.join(" "), each])).values())
    allowInvocation(definition, parts, arn, `${restApi.executionArn}/*/*/*`);
  return { routes: new Map(routes), resources };
}

/** What a route's function is called in the permission to call it: routes of one function share it. */
function permissionsOf(
  { method, path, integration }: Route,
  stages: readonly Stage[],
): { readonly arn: string; readonly parts: string[] }[] {
  // With a role of its own API Gateway needs no permission.
  if (integration.type !== "lambda" || integration.settings?.credentials !== undefined) return [];
  const { arn } = integration;
  if (!arn.includes("${stageVariables.")) return [permission(arn, [method, ...partsOf(path)])];
  return stages
    .filter(({ retired }) => !retired)
    .flatMap(({ name, variables, canary }) =>
      // A canary may call another function.
      [variables, { ...variables, ...canary?.variables }].map((each) =>
        permission(withVariables(arn, each), [method, ...partsOf(path), name]),
      ),
    );
}

/** A reference is not a lasting name, so each of its routes has a permission of its own. */
const permission = (arn: string, route: string[]) => ({ arn, parts: isKnownLater(arn) ? route : [arn] });

/** What API Gateway makes of a text on a stage. */
const withVariables = (text: string, variables: Stage["variables"]): string =>
  text.replace(/\$\{stageVariables\.(\w+)\}/g, (reference, name: string) => variables[name] ?? reference);
