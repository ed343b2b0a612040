import { enumerate, error, type Finding, notice, warning } from "../../text/finding";
import { canaryAlias } from "../../vocabulary/canary";
import type { Catalog } from "../catalog";
import { ownStages, type PlacedStage } from "./own-stages";

/** What stages say of their settings. */
export function checkStages(catalog: Catalog): Finding[] {
  const live = ownStages(catalog).filter(({ stage }) => !stage.retired);
  return [...stagesLetTiersCall(catalog, live), ...live.flatMap(cacheIsUsed), ...canaryAliasesAreFree(live)];
}

function stagesLetTiersCall(catalog: Catalog, live: readonly PlacedStage[]): Finding[] {
  return live.flatMap(({ place, api, stage }) => {
    const limits = stage.settings?.throttle;
    if (!limits) return [];
    return catalog.tiers
      .filter((tier) => tier.access.some((each) => each.api === api && each.stages.includes(stage.name)))
      .filter(({ throttle }) => throttle && throttle.rateLimit > limits.rateLimit)
      .map((tier) =>
        warning(
          place,
          `settings.throttle: rateLimit ${limits.rateLimit} for all clients is under the ${tier.throttle?.rateLimit} that ` +
            `tier "${tier.id}" promises to one; raise it`,
        ),
      );
  });
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html */
function cacheIsUsed({ place, stage, routes }: PlacedStage): Finding[] {
  const { cacheCluster, settings, methodSettings } = stage;
  const cached = routes.filter(({ key, method }) =>
    methodSettings[key] ? methodSettings[key].cache : method === "GET" && settings?.cache,
  );
  if (cacheCluster === undefined)
    return cached.length === 0
      ? []
      : [
          warning(
            place,
            'settings ask for a cache, but the stage has none; give it cacheCluster: "0.5", or leave cache out',
          ),
        ];
  if (cached.length === 0)
    return [
      warning(
        place,
        `has a cacheCluster of ${cacheCluster} GB, which AWS bills by the hour, and no route is cached in it; write cache: true in ` +
          "its settings, or leave cacheCluster out",
      ),
    ];
  const personal = cached.filter(({ authorization }) => authorization.type !== "NONE").map(({ key }) => key);
  const metered = cached.filter(({ apiKeyRequired, authorization }) => apiKeyRequired && authorization.type === "NONE");
  const remedy = "write cache: false in their methodSettings where answers are not the same for all";
  return [
    ...(personal.length > 0
      ? [
          warning(
            place,
            `caches ${enumerate(personal)}, which ask who calls, and the cache does not: what one caller got is shown to others; ` +
              remedy,
          ),
        ]
      : []),
    ...(metered.length > 0
      ? [notice(place, `caches ${enumerate(metered.map(({ key }) => key))} for all customers together; ${remedy}`)]
      : []),
  ];
}

/** A stage, and the canary of another one, call handlers by aliases with their names. */
function canaryAliasesAreFree(live: readonly PlacedStage[]): Finding[] {
  return live.flatMap(({ place, api, stage: { name } }) => {
    const other = live.find((each) => each.api === api && each.stage.canary && canaryAlias(each.stage.name) === name);
    if (!other) return [];
    return [
      error(
        place,
        `has the name of the alias by which the canary of stage "${other.stage.name}" calls handlers; rename this stage, or ` +
          "drop that canary",
      ),
    ];
  });
}
