import { z } from "zod";
import { canonicalJson } from "../text/canonical-json";
import type { Finding } from "../text/finding";
import { isObject } from "./objects";
import { fields, wrong } from "./schema";

/**
 * Where a route comes from that was not written by hand, such as an OpenAPI document. It stands in the route as plain data,
 * so that a copy of the route, made in any way, has what it needs too.
 */
export interface RouteSource {
  /** `openapi.yaml` */
  readonly place: string;
  /** Warnings and notices; they become those of the catalog. */
  readonly findings: readonly Finding[];
  /** What the API of these routes must be, because they mean something else otherwise. */
  readonly needs: {
    /** `undefined` where the source does not say. */
    readonly keySource?: "HEADER" | "AUTHORIZER" | undefined;
    readonly authorizer: boolean;
    /** Whether a resource policy protects them. */
    readonly policy?: boolean;
    /** Where it is said that only VPCs reach them. */
    readonly endpointType?: "PRIVATE" | undefined;
  };
}

const bySource = wrong(
  "must be as routesFromOpenApi has written it",
  "leave it out of a route that you write yourself",
);

export const routeSourceSchema: z.ZodType<RouteSource> = fields({
  place: z.string({ error: bySource }),
  findings: z.array(
    fields({
      severity: z.enum(["warning", "notice"], { error: bySource }),
      place: z.string({ error: bySource }),
      message: z.string({ error: bySource }),
    }),
    { error: bySource },
  ),
  needs: fields({
    keySource: z.enum(["HEADER", "AUTHORIZER"], { error: bySource }).optional(),
    authorizer: z.boolean({ error: bySource }),
    policy: z.boolean({ error: bySource }).optional(),
    endpointType: z.literal("PRIVATE", { error: bySource }).optional(),
  }),
});

/** The same routes, from that source. */
export function routesFrom<Routes extends Readonly<Record<string, object>>>(
  source: RouteSource,
  routes: Routes,
): { readonly [Key in keyof Routes]: Routes[Key] & { readonly source: RouteSource } } {
  const entries = Object.entries(routes).map(([key, route]) => [key, { ...route, source }]);
  return Object.fromEntries(entries);
}

/**
 * The sources of some routes, as they are written, each once, also where copies have made many of one; routes that were
 * written by hand have none.
 */
export function sourcesOf(routes: readonly unknown[]): unknown[] {
  // By identity first: a document may say much to each of thousands of routes.
  const different = new Set(routes.flatMap((route) => (isObject(route) ? (route.source ?? []) : [])));
  return [...new Map([...different].map((source) => [canonicalJson(source), source])).values()];
}
