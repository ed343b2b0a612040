import type * as sdk from "@aws-sdk/client-api-gateway";
import { decodeCors, encodeCors, type WithoutCors } from "../contract/cors";
import { type Finding, notice, warning } from "../text/finding";
import { byName } from "../text/order";
import { type CorsInput, writtenCors } from "../vocabulary/cors";
import type { AnswerHeaders } from "../vocabulary/cors-answers";
import type { GatewayResponse } from "../vocabulary/gateway-response";
import type { ImportedRoute } from "../vocabulary/imports";
import type { Route, RouteInput } from "../vocabulary/route";
import type { AdoptedAuthorizers } from "./adopt-authorizers";
import { type AdoptableRoute, adoptRoute, keptOf } from "./adopt-route";
import type { AccountDefinition } from "./definition";
import { routeResources } from "./terraform-attributes";

export interface AdoptedRoutes {
  /** The API's CORS, where its preflight routes, its mock answers and its gateway responses have just its headers. */
  readonly cors: CorsInput | undefined;
  /** Routes as they are checked, without those that are there for CORS alone. */
  readonly routes: readonly Route[];
  /** The same by key, as they are written. */
  readonly written: Readonly<Record<string, RouteInput<string>>>;
  /** Gateway responses, without those that are there for CORS alone. */
  readonly responses: readonly GatewayResponse[];
  /** Ids of the resources by path. */
  readonly resources: Readonly<Record<string, string>>;
  readonly imported: Readonly<Record<string, ImportedRoute>>;
  /** Ids of the validators that routes use, by name. */
  readonly validators: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
}

export function adoptRoutes(
  place: string,
  definition: AccountDefinition,
  authorizers: AdoptedAuthorizers,
  responses: readonly GatewayResponse[],
): AdoptedRoutes {
  const findings: Finding[] = [];
  const resources: Record<string, string> = {};
  const adopted: AdoptableRoute[] = [];
  for (const { path = "", id = "", resourceMethods = {} } of byPath(definition.resources)) {
    resources[path] = id;
    for (const [verb, method] of Object.entries(resourceMethods).sort(([a], [b]) => byName(a, b))) {
      const route = adoptRoute(path, routeResources({ ...method, httpMethod: verb }, definition), authorizers);
      if (!("reason" in route)) adopted.push(route);
      else {
        const message = `${route.reason}; it stays as it is in AWS, and no deploy touches it`;
        findings.push(warning(`${place}: ${verb} ${path}`, message));
      }
    }
  }
  const decoded = decodeCors({ routes: adopted.map(({ route, mockHeaders }) => ({ route, mockHeaders })), responses });
  const headers = decoded ? headersByKey(decoded) : new Map<string, AnswerHeaders>();
  const imported: Record<string, ImportedRoute> = {};
  for (const each of adopted) {
    const { key } = each.route;
    const keep = keptOf(each, headers.get(key) ?? {});
    imported[key] = {
      ...(Object.keys(keep).length > 0 ? { keep } : {}),
      ...(each.route.request?.body === undefined ? {} : { bodyModel: true }),
    };
    const kept = Object.entries(keep).map(([part, attributes]) => `${attributes.join(", ")} of the ${part}`);
    if (kept.length > 0) findings.push(notice(`${place}: ${key}`, `keeps ${kept.join("; ")} as in AWS`));
  }
  const own = decoded ? new Set<string>(decoded.routes.map(({ key }) => key)) : undefined;
  const written = adopted.filter(({ route }) => own?.has(route.key) ?? true);
  return {
    cors: decoded && writtenCors(decoded.cors),
    routes: written.map(({ route }) => route),
    written: Object.fromEntries(written.map(({ route, written: route_ }) => [route.key, route_])),
    responses: decoded?.responses ?? responses,
    resources,
    imported,
    validators: validatorsOf(adopted, definition),
    findings,
  };
}

const byPath = (resources: readonly sdk.Resource[]) =>
  [...resources].sort((a, b) => byName(a.path ?? "", b.path ?? ""));

const headersByKey = (decoded: WithoutCors) =>
  new Map(encodeCors(decoded).routes.map(({ route, mockHeaders }) => [route.key as string, mockHeaders]));

/** Only those whose rules are routes' own. */
function validatorsOf(routes: readonly AdoptableRoute[], { validators }: AccountDefinition): Record<string, string> {
  const used = new Set(
    routes.map(({ route, resources }) => (route.request ? resources.method.request_validator_id : undefined)),
  );
  return Object.fromEntries(
    validators
      .filter(({ id }) => id !== undefined && used.has(id))
      .map(({ name = "", id = "" }): [string, string] => [name, id])
      .sort(([a], [b]) => byName(a, b)),
  );
}
