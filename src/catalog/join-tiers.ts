import type { z } from "zod";
import { enumerate } from "../text/finding";
import { byName } from "../text/order";
import { show } from "../text/show";
import type { Api } from "../vocabulary/api";
import { problemOfName, unknownName } from "../vocabulary/identifier";
import { entriesOf, isObject } from "../vocabulary/objects";
import { at, type EntryReader } from "../vocabulary/read-entry";
import { type RouteKey, readRouteKey } from "../vocabulary/route";
import { type Tier, type TierAccess, tierSchema, toTier } from "../vocabulary/tier";
import type { ApiNames, Names } from "./names";

/** Reads the tiers, and finds the stages and routes that they name. */
export function joinTiers(reader: EntryReader, written: unknown, names: Names, apis: readonly Api[]): Tier[] {
  const apisById = new Map(apis.map((api) => [api.id, api]));
  return entriesOf(written).flatMap(([id, each]) => {
    const place = `tier "${id}"`;
    reader.refuse(place, problemOfName(id));
    const tier = reader.read(tierSchema, each, at(place));
    if (!tier) return [];
    if (isObject(each) && each.throttle === undefined) reader.refuse(place, problemOfMethodThrottle(tier));
    const access = Object.entries(tier.access).flatMap(([api, stages]) => {
      const known = names.apis.get(api);
      if (known)
        return {
          api,
          stages: joinStages(reader, place, stages, known, apisById.get(api), api),
          methodThrottles: Object.entries(tier.methodThrottle?.[api] ?? {})
            .map(([route, throttle]) => ({ route: route as RouteKey, throttle }))
            .sort((a, b) => byName(a.route, b.route)),
        };
      reader.refuse(place, `access.${api}: ${unknownName(api, "API", [...names.apis.keys()])}`);
      return [];
    });
    for (const { field, byApi } of routeFields(tier))
      for (const [api, routes] of Object.entries(byApi)) {
        const known = names.apis.get(api);
        if (!Object.hasOwn(tier.access, api)) {
          const problem = known
            ? `API "${api}" is not in the tier's access; add it there`
            : unknownName(api, "API", [...names.apis.keys()]);
          reader.refuse(place, `${field}.${api}: ${problem}`);
        } else if (known) refuseUnknownRoutes(reader, place, `${field}.${api}`, known, api, Object.keys(routes ?? {}));
      }
    return toTier(
      id,
      tier,
      access.sort((a, b) => byName(a.api, b.api)),
    );
  });
}

/**
 * AWS: "Can not define fine grain throttling if usage plan throttle is not defined".
 *
 * @param tier that has no throttle
 * @see https://github.com/aws/aws-cdk/pull/6411
 */
function problemOfMethodThrottle({ methodThrottle = {} }: z.infer<typeof tierSchema>): string | undefined {
  const apis = Object.keys(methodThrottle).filter((api) => Object.keys(methodThrottle[api] ?? {}).length > 0);
  if (apis.length === 0) return undefined;
  return (
    `methodThrottle limits methods of ${enumerate(apis)}, but the tier has no throttle, and AWS takes a throttle of a ` +
    "method only beside one of the whole plan; give the tier a throttle, or drop methodThrottle"
  );
}

function joinStages(
  reader: EntryReader,
  place: string,
  written: "*" | readonly string[],
  known: ApiNames,
  api: Api | undefined,
  id: string,
): TierAccess["stages"] {
  const wanted = written === "*" ? known.stages : [...new Set(written)];
  for (const stage of wanted)
    if (!known.stages.includes(stage))
      reader.refuse(
        place,
        `access.${id}: ${unknownName(stage, "stage", known.stages, `${show(stage)} of API "${id}"`)}`,
      );
  const stages = (api?.stages ?? []).filter(({ name }) => wanted.includes(name));
  for (const { name, retired } of stages)
    if (retired && written !== "*")
      reader.refuse(place, `access.${id}: stage "${name}" is retired; take it out of the tier's access`);
  return stages.filter((stage) => !stage.retired).map((stage) => stage.name);
}

/** The fields of a tier that name routes, by API. */
const routeFields = ({ methodThrottle = {}, price }: z.infer<typeof tierSchema>) => [
  { field: "methodThrottle", byApi: methodThrottle },
  { field: "price.weights", byApi: price?.weights ?? {} },
];

/** @param field in which the routes are written, with their API */
function refuseUnknownRoutes(
  reader: EntryReader,
  place: string,
  field: string,
  known: ApiNames,
  api: string,
  routes: readonly string[],
): void {
  for (const route of routes) {
    const read = readRouteKey(route);
    if (!known.existing && !known.routes.includes(route))
      reader.refuse(place, `${field}: ${unknownName(route, "route", known.routes, `${show(route)} of API "${api}"`)}`);
    else if (known.existing && "problem" in read)
      reader.refuse(place, `${field}: route ${show(route)} ${read.problem}`);
  }
}
