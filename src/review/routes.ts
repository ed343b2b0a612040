import type { RouteModel } from "../model/model";
import type { ResourceChange } from "../model/resource-changes";
import { byName } from "../text/order";
import { type AnyApi, type External, type Place, placeOf } from "./gateway-state";
import type { Plans } from "./plans";

/** One route of an API before and after the change; one of both may be missing. */
export interface RouteChange {
  readonly api: AnyApi;
  /** `GET /pets`. */
  readonly key: string;
  readonly before: RouteModel | undefined;
  readonly after: RouteModel | undefined;
  /** What the plans do to its method. */
  readonly method: readonly ResourceChange[];
  /** What they do to its integration, and to the answers of that. */
  readonly integration: readonly ResourceChange[];
}

const INTEGRATION = [
  "aws_api_gateway_integration",
  "aws_api_gateway_integration_response",
  "aws_api_gateway_method_response",
];

/** All routes before and after, sorted by API, path and method. */
export function routeChanges({ before, after, changes }: Plans): RouteChange[] {
  const parts = partsByRoute();
  const apis = pairsOf(before.apis, after.apis);
  return apis.flatMap(([was, is]) => {
    const api = is ?? was;
    if (api === undefined) return [];
    const then = new Map(was?.routes.map((route) => [route.key, route]));
    const now = new Map(is?.routes.map((route) => [route.key, route]));
    return [...new Set([...then.keys(), ...now.keys()])].map((key) => {
      const own = parts.get(`${placeOf(api)} ${key}`) ?? [];
      return {
        api,
        key,
        before: then.get(key),
        after: now.get(key),
        method: own.filter(({ type }) => type === "aws_api_gateway_method"),
        integration: own.filter(({ type }) => INTEGRATION.includes(type)),
      };
    });
  });

  function partsByRoute(): ReadonlyMap<string, ResourceChange[]> {
    const found = new Map<string, ResourceChange[]>();
    for (const change of changes) {
      if (change.action === "none" || ![...INTEGRATION, "aws_api_gateway_method"].includes(change.type)) continue;
      const names = [before, after].flatMap((state) => {
        const [api, route] = [state.apiOf(change), state.routeOf(change)];
        return api && route ? [`${placeOf(api)} ${route.key}`] : [];
      });
      for (const name of new Set(names)) found.set(name, [...(found.get(name) ?? []), change]);
    }
    return found;
  }
}

/** What stands at the same place before and after, or in one of them; sorted by name. */
export function pairsOf<Thing extends (Place | External) & { readonly name: string }>(
  before: readonly Thing[],
  after: readonly Thing[],
): (readonly [Thing | undefined, Thing | undefined])[] {
  const then = new Map(before.map((each) => [placeOf(each), each]));
  const now = new Map(after.map((each) => [placeOf(each), each]));
  const nameOf = (place: string) => (now.get(place) ?? then.get(place))?.name ?? "";
  return [...new Set([...then.keys(), ...now.keys()])]
    .sort((a, b) => byName(nameOf(a), nameOf(b)) || byName(a, b))
    .map((place) => [then.get(place), now.get(place)] as const);
}
