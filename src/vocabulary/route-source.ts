import type { Finding } from "../text/finding";
import type { RouteInput } from "./route";

/** Where routes come from that were not written by hand, such as an OpenAPI document. */
export interface RouteSource {
  /** `openapi.yaml` */
  readonly place: string;
  /** Warnings and notices; they become those of the catalog. */
  readonly findings: readonly Finding[];
  /** What the API of these routes must be, for they mean something else otherwise. */
  readonly needs: {
    /** `undefined` where the source does not say. */
    readonly keySource: "HEADER" | "AUTHORIZER" | undefined;
    readonly authorizer: boolean;
  };
}

/** By the routes themselves, so that a catalog may spread them among its own. */
const sources = new WeakMap<RouteInput, RouteSource>();

/** The same routes, from that source. */
export function routesFrom<Routes extends Readonly<Record<string, RouteInput>>>(
  source: RouteSource,
  routes: Routes,
): Routes {
  for (const route of Object.values(routes)) sources.set(route, source);
  return routes;
}

/** The sources of some routes, each once; those that were written by hand have none. */
export function sourcesOf(routes: readonly unknown[]): RouteSource[] {
  const found = routes.flatMap((route) => sources.get(route as RouteInput) ?? []);
  return [...new Set(found)];
}
