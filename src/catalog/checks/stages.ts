import { type Finding, warning } from "../../text/finding";
import type { Catalog } from "../catalog";
import { ownStages } from "./own-stages";

/** What stages say of their settings. */
export function checkStages(catalog: Catalog): Finding[] {
  return stagesLetTiersCall(catalog);
}

function stagesLetTiersCall(catalog: Catalog): Finding[] {
  const live = ownStages(catalog).filter(({ stage }) => !stage.retired);
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
