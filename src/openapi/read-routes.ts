import { decodeCors } from "../contract/cors";
import type { DecodedRoute } from "../contract/route";
import { vpcLinkName } from "../contract/vpc-link";
import { byName } from "../text/order";
import type { CorsInput } from "../vocabulary/cors";
import { writtenCors } from "../vocabulary/cors";
import { type GatewayResponse, type GatewayResponseInput, writtenResponse } from "../vocabulary/gateway-response";
import type { RequestInput } from "../vocabulary/request";
import type { Route, RouteInput } from "../vocabulary/route";
import type { VpcLinkInput } from "../vocabulary/vpc-link";
import { writtenIntegration } from "../vocabulary/written-route";
import { tellCacheNamespaces } from "./cache-namespaces";
import type { OperationAnswerer, OperationIntegrations } from "./operation-integrations";
import type { WrittenOperation } from "./operations";
import type { Remarks } from "./remarks";
import type { RouteSecurity } from "./security";

/** What was read of an operation but for who answers it. */
export interface ReadOperation {
  readonly operation: WrittenOperation;
  readonly security: RouteSecurity;
  readonly request: RequestInput | undefined;
}

export interface ReadRoutes {
  readonly routes: Readonly<Record<string, RouteInput<string>>>;
  readonly cors: CorsInput | undefined;
  readonly vpcLinks: Readonly<Record<string, VpcLinkInput>>;
  readonly gatewayResponses: Readonly<Record<string, GatewayResponseInput>>;
}

/**
 * The routes of a document, and what its API needs for them. Preflight mocks become the API's `cors` where they, its mocks and
 * its gateway responses have just the headers that `cors` gives; otherwise they are routes as the document says them.
 */
export function readRoutes(
  read: readonly ReadOperation[],
  integrations: OperationIntegrations,
  responses: readonly GatewayResponse[],
  takesCors: boolean,
  remarks: Remarks,
): ReadRoutes {
  const answered = (ownHeaders: boolean) =>
    read.map((each) => ({ ...each, answerer: integrations.of(each.operation, ownHeaders) }));
  const asCors = takesCors ? answered(false) : [];
  const decoded = decodeCors({ routes: asCors.map(decodedRoute), responses });
  const all = decoded ? asCors : answered(true);
  tellCacheNamespaces(
    read.map(({ operation }) => operation),
    remarks,
  );
  const kept = decoded && new Map(decoded.routes.map((route) => [route.key as string, route]));
  const written = all.flatMap(({ operation, security, request, answerer }): [string, RouteInput<string>][] => {
    const own = kept?.get(operation.key);
    if (!answerer || (kept && !own)) return [];
    const integration =
      "given" in answerer ? answerer.given : writtenIntegration(own?.integration ?? answerer.integration);
    const operationName = operation.operationId;
    const rest = { ...security, ...(request ? { request } : {}), ...(operationName ? { operationName } : {}) };
    return [[operation.key, { ...integration, ...withoutDefault(operation, rest) } as RouteInput<string>]];
  });
  return {
    routes: Object.fromEntries(written),
    cors: decoded && writtenCors(decoded.cors),
    vpcLinks: vpcLinksOf(all.map(({ answerer }) => answerer)),
    gatewayResponses: Object.fromEntries(
      (decoded?.responses ?? responses).map((each) => [each.type, writtenResponse(each)]),
    ),
  };
}

/** A preflight needs no key, so it says nothing of it. */
function withoutDefault<Rest extends RouteSecurity>({ method }: WrittenOperation, rest: Rest): Rest {
  if (method !== "OPTIONS") return rest;
  const { apiKeyRequired: _, ...others } = rest;
  return others as Rest;
}

type Answered = ReadOperation & { readonly answerer: OperationAnswerer | undefined };

/** A route as the catalog checks it, as far as its headers depend on it. */
function decodedRoute({ operation, security, answerer }: Answered): DecodedRoute {
  const { key, method, path } = operation;
  const isRead = answerer && !("given" in answerer);
  const route: Route = {
    key,
    method,
    path,
    apiKeyRequired: method !== "OPTIONS" && (security.apiKeyRequired ?? true),
    authorization: { type: "NONE" },
    integration: isRead ? answerer.integration : { type: "http", url: "https://example.com" },
    request: undefined,
    operationName: undefined,
  };
  return { route, mockHeaders: isRead ? answerer.mockHeaders : {} };
}

function vpcLinksOf(answerers: readonly (OperationAnswerer | undefined)[]): Readonly<Record<string, VpcLinkInput>> {
  const ids = answerers.flatMap((each) => (each && !("given" in each) ? (each.connectionId ?? []) : []));
  const links = [...new Set(ids)].map((id) => [vpcLinkName(id) ?? id, { id }] as const);
  return Object.fromEntries(links.sort(([a], [b]) => byName(a, b)));
}
