import type { Rule } from "../finding";
import { accessGained } from "./access-gained";
import { accessLost } from "./access-lost";
import { accessReduced } from "./access-reduced";
import { accessUnknown } from "./access-unknown";
import { accountThrottleChanged } from "./account-throttle-changed";
import { actionInvoked } from "./action-invoked";
import { adopted } from "./adopted";
import { authorizerChanged } from "./authorizer-changed";
import { authorizerRemoved } from "./authorizer-removed";
import { authorizerSettingsChanged } from "./authorizer-settings-changed";
import { awsLimitExceeded } from "./aws-limit-exceeded";
import { awsLimitNear } from "./aws-limit-near";
import { basePathTaken } from "./base-path-taken";
import { bodyOverwrites } from "./body-overwrites";
import { canaryChanged } from "./canary-changed";
import { changeDeferred } from "./change-deferred";
import { changeNotDeployed } from "./change-not-deployed";
import { changedOutside } from "./changed-outside";
import { checkFailed } from "./check-failed";
import { clientCertificateChanged } from "./client-certificate-changed";
import { closedTier } from "./closed-tier";
import { customerRenamed } from "./customer-renamed";
import { defaultUrlChanged } from "./default-url-changed";
import { domainNameChanged } from "./domain-name-changed";
import { functionStops } from "./function-stops";
import { gatewayResponseChanged } from "./gateway-response-changed";
import { handlerReleased } from "./handler-released";
import { integrationChanged } from "./integration-changed";
import { integrationRemoved } from "./integration-removed";
import { keyEnds } from "./key-ends";
import { keyHandedOver } from "./key-handed-over";
import { keyInNoPlan } from "./key-in-no-plan";
import { keyLeftDisabled } from "./key-left-disabled";
import { keyMaybeReadable } from "./key-maybe-readable";
import { keyPlaceLost } from "./key-place-lost";
import { keyReadable } from "./key-readable";
import { keyReadersChanged } from "./key-readers-changed";
import { keyRecreated } from "./key-recreated";
import { keyReplaced } from "./key-replaced";
import { keySourceChanged } from "./key-source-changed";
import { keyStaysReadable } from "./key-stays-readable";
import { keyUnderAnotherName } from "./key-under-another-name";
import { keyWithoutAccessAdded } from "./key-without-access-added";
import { keyWithoutAccessRemoved } from "./key-without-access-removed";
import { limitBlocks } from "./limit-blocks";
import { limitsAdded } from "./limits-added";
import { limitsLowered } from "./limits-lowered";
import { limitsRaised } from "./limits-raised";
import { limitsRemoved } from "./limits-removed";
import { movedToLess } from "./moved-to-less";
import { negotiatedTierChanged } from "./negotiated-tier-changed";
import { notCovered } from "./not-covered";
import { notEvaluated } from "./not-evaluated";
import { notJudged } from "./not-judged";
import { permissionRemoved } from "./permission-removed";
import { planFromElsewhere } from "./plan-from-elsewhere";
import { planKeyReplaced } from "./plan-key-replaced";
import { planOnNoStage } from "./plan-on-no-stage";
import { planPartNotRead } from "./plan-part-not-read";
import { planPartial } from "./plan-partial";
import { planRefreshOnly } from "./plan-refresh-only";
import { plansShareStage } from "./plans-share-stage";
import { priceChanged } from "./price-changed";
import { priceRaised } from "./price-raised";
import { programRun } from "./program-run";
import { requestsAccepted } from "./requests-accepted";
import { requestsRefused } from "./requests-refused";
import { resourcePolicyChanged } from "./resource-policy-changed";
import { routeAdded } from "./route-added";
import { routeClosed } from "./route-closed";
import { routeIgnoresKey } from "./route-ignores-key";
import { routeOpened } from "./route-opened";
import { routeRemoved } from "./route-removed";
import { routeStaysLive } from "./route-stays-live";
import { selfServiceTableLost } from "./self-service-table-lost";
import { selfServiceTierWithdrawn } from "./self-service-tier-withdrawn";
import { severalKeys } from "./several-keys";
import { stackDropped } from "./stack-dropped";
import { stackPending } from "./stack-pending";
import { stageAdded } from "./stage-added";
import { stageCachingChanged } from "./stage-caching-changed";
import { stageRedeployed } from "./stage-redeployed";
import { stageRemoved } from "./stage-removed";
import { stageThrottleLowered } from "./stage-throttle-lowered";
import { stageThrottleRaised } from "./stage-throttle-raised";
import { stageThrottleRemoved } from "./stage-throttle-removed";
import { stageVariablesAdded } from "./stage-variables-added";
import { stageVariablesChanged } from "./stage-variables-changed";
import { tierAdded } from "./tier-added";
import { tierCoverage } from "./tier-coverage";
import { tierMoved } from "./tier-moved";
import { tierRemoved } from "./tier-removed";
import { tierRenamed } from "./tier-renamed";
import { tierReplaced } from "./tier-replaced";
import { trafficUnknown } from "./traffic-unknown";
import { unlikelyLimits } from "./unlikely-limits";
import { urlAdded } from "./url-added";
import { urlChanged } from "./url-changed";
import { valuesRedacted } from "./values-redacted";
import { webAclChanged } from "./web-acl-changed";

/** All rules, the most important first: this is the order of a report. */
export const RULES: readonly Rule[] = [
  // Somebody must decide.
  keyReplaced,
  accessLost,
  keyEnds,
  keyReadable,
  keyMaybeReadable,
  keyReadersChanged,
  keyPlaceLost,
  accessReduced,
  urlChanged,
  keySourceChanged,
  resourcePolicyChanged,
  defaultUrlChanged,
  webAclChanged,
  accessUnknown,
  keyUnderAnotherName,
  keyRecreated,
  limitBlocks,
  movedToLess,
  tierRenamed,
  tierReplaced,
  selfServiceTableLost,
  selfServiceTierWithdrawn,
  planKeyReplaced,
  plansShareStage,
  basePathTaken,
  stageThrottleLowered,
  stageThrottleRemoved,
  accountThrottleChanged,
  stackDropped,
  routeOpened,
  authorizerRemoved,
  authorizerChanged,
  authorizerSettingsChanged,
  requestsRefused,
  permissionRemoved,
  integrationRemoved,
  functionStops,
  canaryChanged,
  stageVariablesChanged,
  stageCachingChanged,
  clientCertificateChanged,
  domainNameChanged,
  changeNotDeployed,
  bodyOverwrites,
  routeStaysLive,
  stageRemoved,
  routeRemoved,
  routeClosed,
  limitsLowered,
  limitsAdded,
  limitsRemoved,
  priceRaised,
  closedTier,
  awsLimitExceeded,
  notEvaluated,
  notJudged,
  valuesRedacted,
  planPartial,
  planRefreshOnly,
  changeDeferred,
  actionInvoked,
  programRun,
  planPartNotRead,
  // Worth knowing.
  tierMoved,
  negotiatedTierChanged,
  accessGained,
  severalKeys,
  customerRenamed,
  keyWithoutAccessAdded,
  keyWithoutAccessRemoved,
  limitsRaised,
  priceChanged,
  stageThrottleRaised,
  tierCoverage,
  tierAdded,
  tierRemoved,
  stageRedeployed,
  stageAdded,
  urlAdded,
  stageVariablesAdded,
  routeAdded,
  integrationChanged,
  requestsAccepted,
  gatewayResponseChanged,
  handlerReleased,
  keyHandedOver,
  adopted,
  stackPending,
  changedOutside,
  checkFailed,
  planFromElsewhere,
  // Reminders.
  awsLimitNear,
  planOnNoStage,
  keyInNoPlan,
  keyLeftDisabled,
  keyStaysReadable,
  routeIgnoresKey,
  unlikelyLimits,
  trafficUnknown,
  notCovered,
];
