import type { Rule } from "../finding";
import { accessGained } from "./access-gained";
import { accessLost } from "./access-lost";
import { accessReduced } from "./access-reduced";
import { adopted } from "./adopted";
import { authorizerChanged } from "./authorizer-changed";
import { authorizerRemoved } from "./authorizer-removed";
import { awsLimitExceeded } from "./aws-limit-exceeded";
import { awsLimitNear } from "./aws-limit-near";
import { changeNotDeployed } from "./change-not-deployed";
import { closedTier } from "./closed-tier";
import { customerRenamed } from "./customer-renamed";
import { handlerReleased } from "./handler-released";
import { integrationChanged } from "./integration-changed";
import { keyHandedOver } from "./key-handed-over";
import { keyInNoPlan } from "./key-in-no-plan";
import { keyLeftDisabled } from "./key-left-disabled";
import { keyReplaced } from "./key-replaced";
import { keyWithoutAccessAdded } from "./key-without-access-added";
import { keyWithoutAccessRemoved } from "./key-without-access-removed";
import { limitBlocks } from "./limit-blocks";
import { limitsAdded } from "./limits-added";
import { limitsLowered } from "./limits-lowered";
import { limitsRaised } from "./limits-raised";
import { limitsRemoved } from "./limits-removed";
import { notEvaluated } from "./not-evaluated";
import { notJudged } from "./not-judged";
import { planOnNoStage } from "./plan-on-no-stage";
import { routeAdded } from "./route-added";
import { routeClosed } from "./route-closed";
import { routeIgnoresKey } from "./route-ignores-key";
import { routeOpened } from "./route-opened";
import { routeRemoved } from "./route-removed";
import { routeStaysLive } from "./route-stays-live";
import { stackDropped } from "./stack-dropped";
import { stackPending } from "./stack-pending";
import { stageAdded } from "./stage-added";
import { stageRedeployed } from "./stage-redeployed";
import { stageRemoved } from "./stage-removed";
import { tierAdded } from "./tier-added";
import { tierCoverage } from "./tier-coverage";
import { tierMoved } from "./tier-moved";
import { tierRemoved } from "./tier-removed";
import { unlikelyLimits } from "./unlikely-limits";

/** All rules, the most important first: this is the order of a report. */
export const RULES: readonly Rule[] = [
  // Somebody must decide.
  keyReplaced,
  accessLost,
  accessReduced,
  limitBlocks,
  stackDropped,
  routeOpened,
  authorizerRemoved,
  changeNotDeployed,
  routeStaysLive,
  stageRemoved,
  routeRemoved,
  routeClosed,
  limitsLowered,
  limitsAdded,
  limitsRemoved,
  closedTier,
  awsLimitExceeded,
  notJudged,
  // Worth knowing.
  tierMoved,
  accessGained,
  customerRenamed,
  keyWithoutAccessAdded,
  keyWithoutAccessRemoved,
  limitsRaised,
  tierCoverage,
  tierAdded,
  tierRemoved,
  stageRedeployed,
  stageAdded,
  routeAdded,
  integrationChanged,
  authorizerChanged,
  handlerReleased,
  keyHandedOver,
  adopted,
  stackPending,
  notEvaluated,
  // Reminders.
  awsLimitNear,
  planOnNoStage,
  keyInNoPlan,
  keyLeftDisabled,
  routeIgnoresKey,
  unlikelyLimits,
];
