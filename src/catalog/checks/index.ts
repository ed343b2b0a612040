import type { Finding } from "../../text/finding";
import type { Catalog } from "../catalog";
import { checkAccessLogs } from "./access-logs";
import { checkAlarms } from "./alarms";
import { checkAnswers } from "./answers";
import { checkApis } from "./apis";
import { checkClassicMistakes } from "./classic-mistakes";
import { checkDomainNames } from "./domain-names";
import { checkFormerIds } from "./former-ids";
import { checkFunctionNames } from "./function-names";
import { checkIntegrations } from "./integrations";
import { checkModels } from "./models";
import { checkNames } from "./names";
import { checkPrices } from "./prices";
import { checkStackNames } from "./stack-names";
import { checkStageVariables } from "./stage-variables";
import { checkStages } from "./stages";
import { checkSubscriptions } from "./subscriptions";
import { checkTierLimits } from "./tier-limits";

/**
 * Everything about a joined catalog that AWS or Terraform would refuse, or that looks unintended.
 *
 * @param subscriptionPlaces where each subscription was written, by id
 */
export function checkCatalog(catalog: Catalog, subscriptionPlaces: ReadonlyMap<string, string>): Finding[] {
  const placeOf = (id: string) => subscriptionPlaces.get(id) ?? `subscription "${id}"`;
  return [
    ...checkStackNames(catalog),
    ...checkFunctionNames(catalog),
    ...checkApis(catalog),
    ...checkIntegrations(catalog),
    ...checkModels(catalog),
    ...checkAnswers(catalog),
    ...checkStages(catalog),
    ...checkAccessLogs(catalog),
    ...checkAlarms(catalog),
    ...checkDomainNames(catalog),
    ...checkStageVariables(catalog),
    ...checkTierLimits(catalog, placeOf),
    ...checkPrices(catalog),
    ...checkFormerIds(catalog, placeOf),
    ...checkSubscriptions(catalog, placeOf),
    ...checkClassicMistakes(catalog),
    ...checkNames(catalog, placeOf),
  ];
}
