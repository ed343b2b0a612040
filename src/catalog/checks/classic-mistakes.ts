import { keyId } from "../../contract/key-id";
import { enumerate, type Finding, notice, warning } from "../../text/finding";
import { type Catalog, isOwnApi } from "../catalog";

/** What goes wrong most often with usage plans: AWS accepts all of it, and customers notice. */
export function checkClassicMistakes(catalog: Catalog): Finding[] {
  return [
    ...plansOnNoStage(catalog),
    ...tiersWithoutLimits(catalog),
    ...soldStagesThatAskForNoKey(catalog),
    ...openRoutesOnSoldStages(catalog),
    ...disabledKeys(catalog),
  ];
}

function plansOnNoStage({ tiers }: Catalog): Finding[] {
  return tiers
    .filter((tier) => tier.access.every(({ stages }) => stages.length === 0))
    .map((tier) =>
      warning(
        `tier "${tier.id}"`,
        "opens no stage, so its customers' keys are refused everywhere; give it access to one",
      ),
    );
}

function tiersWithoutLimits({ tiers }: Catalog): Finding[] {
  return tiers
    .filter((tier) => !tier.throttle && !tier.quota)
    .map((tier) =>
      warning(
        `tier "${tier.id}"`,
        "has neither throttle nor quota, so one customer can use up the account; give it a limit",
      ),
    );
}

function soldApis({ apis, tiers }: Catalog) {
  const sold = new Set(
    tiers.flatMap((tier) => tier.access.filter(({ stages }) => stages.length > 0).map(({ api }) => api)),
  );
  return apis.filter(isOwnApi).filter((api) => sold.has(api.id) && !api.retired);
}

function soldStagesThatAskForNoKey(catalog: Catalog): Finding[] {
  return soldApis(catalog)
    .filter((api) => api.routes.length > 0 && !api.routes.some((route) => route.apiKeyRequired))
    .map((api) =>
      warning(
        `api "${api.id}"`,
        "is sold, but none of its routes needs a key, so no tier limits anybody; let a route need one",
      ),
    );
}

function openRoutesOnSoldStages(catalog: Catalog): Finding[] {
  return soldApis(catalog).flatMap((api) => {
    const open = api.routes.filter((route) => !route.apiKeyRequired && route.method !== "OPTIONS");
    if (open.length === 0 || open.length === api.routes.length) return [];
    const keys = enumerate(open.map((route) => route.key));
    return [notice(`api "${api.id}"`, `is open without a key, on purpose, at ${keys}`)];
  });
}

function disabledKeys({ subscriptions }: Catalog): Finding[] {
  const disabled = subscriptions.flatMap(({ id: subscription, keys }) =>
    keys.filter(({ enabled }) => !enabled).map(({ name }) => keyId({ subscription, key: name })),
  );
  if (disabled.length === 0) return [];
  const keys = disabled.length === 1 ? "1 key is" : `${disabled.length} keys are`;
  return [notice("subscriptions", `${keys} disabled: ${enumerate(disabled)}`)];
}
