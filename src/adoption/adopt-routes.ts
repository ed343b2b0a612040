import type * as sdk from "@aws-sdk/client-api-gateway";
import type { AccountDefinition } from "../aws/definition";
import { modelAttributes, routeResources } from "../aws/terraform-attributes";
import { decodeNamedModels } from "../contract/body-model";
import { decodeCors } from "../contract/cors";
import { INTEGRATION } from "../contract/integration-resource";
import { type Finding, notice, warning } from "../text/finding";
import { byName } from "../text/order";
import { type CorsInput, writtenCors } from "../vocabulary/cors";
import { methodsByPath, mockHeaders } from "../vocabulary/cors-answers";
import type { GatewayResponse } from "../vocabulary/gateway-response";
import type { ImportedRoute } from "../vocabulary/imports";
import type { Route, RouteInput } from "../vocabulary/route";
import { referredModel } from "../vocabulary/schema-references";
import type { VpcLinkInput } from "../vocabulary/vpc-link";
import { writtenRoute } from "../vocabulary/written-route";
import type { AdoptedAuthorizers } from "./adopt-authorizers";
import { type AdoptedModels, adoptModels } from "./adopt-models";
import { type AdoptableRoute, type AdoptRouteOptions, adoptRoute, withKept } from "./adopt-route";
import { type AdoptedValidators, adoptValidators } from "./adopt-validators";
import { adoptVpcLinks } from "./adopt-vpc-links";
import { keptInWords } from "./kept-in-words";

export interface AdoptedRoutes {
  /** The API's CORS, where its preflight routes, its mock answers and its gateway responses have just its headers. */
  readonly cors: CorsInput | undefined;
  /** Routes as they are checked, without those that are there for CORS alone. */
  readonly routes: readonly Route[];
  /** The same by key, as they are written. */
  readonly written: Readonly<Record<string, RouteInput<string>>>;
  /** Gateway responses, without those that are there for CORS alone. */
  readonly responses: readonly GatewayResponse[];
  /** Models with names that they need. */
  readonly models: AdoptedModels;
  /** VPC links that they use, by name. */
  readonly vpcLinks: Readonly<Record<string, VpcLinkInput>>;
  /** Ids of the resources by path. */
  readonly resources: Readonly<Record<string, string>>;
  readonly imported: Readonly<Record<string, ImportedRoute>>;
  /** The validators that routes use, by their names in the catalog. */
  readonly validators: AdoptedValidators["imported"];
  readonly findings: readonly Finding[];
}

export function adoptRoutes(
  place: string,
  definition: AccountDefinition,
  authorizers: AdoptedAuthorizers,
  responses: readonly GatewayResponse[],
): AdoptedRoutes {
  const resources = Object.fromEntries(byPath(definition.resources).map(({ path = "", id = "" }) => [path, id]));
  const models = decodeNamedModels(definition.models.map(modelAttributes), definition.api.id ?? "");
  const asCors = adoptMethods(place, definition, authorizers, { models, ownHeaders: false });
  const decoded = decodeCors({
    routes: asCors.adopted.map(({ route, mockHeaders }) => ({ route, mockHeaders })),
    responses,
  });
  const { adopted: found, findings } = decoded
    ? asCors
    : adoptMethods(place, definition, authorizers, { models, ownHeaders: true });
  const methods = methodsByPath(decoded?.routes ?? []);
  const validators = adoptValidators(place, found, definition);
  const adopted = found.map((each) =>
    withKept(each, authorizers, {
      headersOf: (route) => (decoded ? mockHeaders(decoded.cors, route, methods.get(route.path) ?? []) : {}),
      validatorIdOf: validators.idOf,
    }),
  );
  const imported: Record<string, ImportedRoute> = {};
  for (const each of adopted) {
    const { keep } = each;
    const { key } = each.route;
    imported[key] = {
      ...(Object.keys(keep).length > 0 ? { keep } : {}),
      ...(hasOwnModel(each.route) ? { bodyModel: true } : {}),
    };
    const kept = Object.entries(keep).map(([part, attributes = []]) => `${keptInWords(attributes)} of the ${part}`);
    if (kept.length > 0) findings.push(notice(`${place}: ${key}`, `keeps ${kept.join("; ")} as in AWS`));
  }
  const own = new Map(decoded?.routes.map((route) => [route.key, route]));
  const written = adopted.flatMap((each) => {
    const route = decoded && !each.isExact ? own.get(each.route.key) : each.route;
    return route ? [{ ...each, route }] : [];
  });
  const routes = written.map(({ route }) => route);
  const named = adoptModels(place, models, routes, definition);
  return {
    cors: decoded && writtenCors(decoded.cors),
    routes,
    models: named,
    written: Object.fromEntries(written.map(({ route }) => [route.key, writtenRoute(route, authorizers.byDefault)])),
    responses: decoded?.responses ?? responses,
    vpcLinks: adoptVpcLinks(
      written.map(({ route, resources: there }) => ({
        route,
        connectionId: INTEGRATION.read(there.integration ?? {}).connection_id,
      })),
    ),
    resources,
    imported,
    validators: validators.imported,
    findings: [...findings, ...named.findings, ...validators.findings],
  };
}

/** Whether the schema of its body is its own, not one that has a name. */
const hasOwnModel = ({ request }: Route): boolean =>
  request?.body !== undefined && referredModel(request.body) === undefined;

function adoptMethods(
  place: string,
  definition: AccountDefinition,
  authorizers: AdoptedAuthorizers,
  options: AdoptRouteOptions,
): { readonly adopted: AdoptableRoute[]; readonly findings: Finding[] } {
  const findings: Finding[] = [];
  const adopted: AdoptableRoute[] = [];
  for (const { path = "", resourceMethods = {} } of byPath(definition.resources))
    for (const [verb, method] of Object.entries(resourceMethods).sort(([a], [b]) => byName(a, b))) {
      const resources = routeResources({ ...method, httpMethod: verb }, definition);
      const route = adoptRoute(path, resources, authorizers, options);
      if (!("reason" in route)) adopted.push(route);
      else {
        const message = `${route.reason}; it stays as it is in AWS, and no deploy touches it`;
        findings.push(warning(`${place}: ${verb} ${path}`, message));
      }
    }
  return { adopted, findings };
}

const byPath = (resources: readonly sdk.Resource[]) =>
  [...resources].sort((a, b) => byName(a.path ?? "", b.path ?? ""));
