import type { GatewayModel, UsagePlanModel, UsagePlanStage } from "../../model/model";
import { nearestTo } from "../../text/nearest";
import { show } from "../../text/show";
import type { Quota } from "../../vocabulary/quota";
import type { Throttle } from "../../vocabulary/throttle";
import { tierOf } from "../answers/fits";
import type { Candidate } from "./candidate";
import type { Change } from "./change";

/**
 * A model whose tiers have other limits.
 *
 * @throws Error for a tier or a limit that is not there, and for limits that AWS would refuse
 */
export function withChanges(model: GatewayModel, changes: readonly Change[]): Candidate {
  const tiers = new Set(model.plans.map(tierOf));
  for (const { tier, written } of changes) {
    if (tiers.has(tier)) continue;
    const nearest = nearestTo(tier, [...tiers]);
    throw new Error(
      `${show(written)}: there is no tier ${show(tier)}; ${nearest === undefined ? `there are ${[...tiers].sort().map(show).join(", ")}` : `did you mean ${show(nearest)}?`}`,
    );
  }
  requireOnce(changes);
  requireThrottledRoutes(model, changes);
  const plans = model.plans.map((plan) => {
    const own = changes.filter(({ tier }) => tier === tierOf(plan));
    return own.length === 0 ? plan : changedPlan(plan, own);
  });
  return { name: changes.map(({ written }) => written).join(", "), model: { ...model, plans } };
}

function changedPlan(plan: UsagePlanModel, changes: readonly Change[]): UsagePlanModel {
  const of = (part: Change["part"]) => changes.filter((each) => each.part === part);
  return {
    ...plan,
    throttle: changedPart(plan.throttle, of("throttle"), ["rateLimit", "burstLimit"], plan) as Throttle | undefined,
    quota: changedPart(quotaBefore(plan.quota, of("quota")), of("quota"), ["limit", "period"], plan) as
      | Quota
      | undefined,
    // What is known only after a deploy is known now.
    unknownLimits: plan.unknownLimits.filter((each) => of(each).length === 0),
    stages: changedStages(plan, of("methodThrottles")),
  };
}

/** An offset belongs to its period: AWS takes none for a day, and less for a week than for a month. */
function quotaBefore(quota: Quota | undefined, changes: readonly Change[]): Quota | undefined {
  if (!quota || !changes.some(({ field, value }) => field === "period" && value !== quota.period)) return quota;
  const { offset: _, ...rest } = quota;
  return rest;
}

function changedPart(
  before: Throttle | Quota | undefined,
  changes: readonly Change[],
  fields: readonly string[],
  plan: UsagePlanModel,
): object | undefined {
  const [change] = changes;
  if (!change) return before;
  const whole = changes.find(({ value }) => value === "none");
  if (whole) return takenAway(whole, changes, plan);
  const changed = { ...before, ...fieldsOf(changes) };
  const missing = fields.filter((field) => !Object.hasOwn(changed, field));
  if (missing.length > 0)
    throw new Error(
      `${show(change.written)}: ${show(tierOf(plan))} has no ${change.part} yet, which needs ${fields.join(" and ")}; set ${missing.join(" and ")} as well`,
    );
  return changed;
}

/** @throws Error for a throttle on which others depend, and for one that is set as well */
function takenAway({ part, written }: Change, changes: readonly Change[], { stages }: UsagePlanModel): undefined {
  const other = changes.find(({ value }) => value !== "none");
  if (other) throw new Error(`${show(written)} takes away what ${show(other.written)} sets; keep one of the two`);
  if (part === "throttle" && stages.some(({ methodThrottles }) => methodThrottles.size > 0))
    throw new Error(
      `${show(written)}: the tier limits single methods, which AWS takes only beside a throttle of the whole usage plan; keep it`,
    );
}

/** @throws Error for a limit that is set twice, of which one would be lost */
function requireOnce(changes: readonly Change[]): void {
  const limitOf = ({ tier, part, route, field }: Change) => JSON.stringify([tier, part, route, field]);
  const first = new Map<string, Change>();
  for (const change of changes) {
    const other = first.get(limitOf(change));
    if (other)
      throw new Error(
        `${show(other.written)} and ${show(change.written)} set the same limit in one candidate; leave one of them out, or give them as ` +
          "scenarios of their own with --scenarios",
      );
    first.set(limitOf(change), change);
  }
}

/** @throws Error for a route that no usage plan of its tier throttles by itself */
function requireThrottledRoutes({ plans }: GatewayModel, changes: readonly Change[]): void {
  for (const { tier, part, route = "", written } of changes) {
    if (part !== "methodThrottles") continue;
    const own = plans.filter((plan) => tierOf(plan) === tier).flatMap(({ stages }) => stages);
    const routes = new Set(own.flatMap(({ methodThrottles }) => [...methodThrottles.keys()]));
    if (routes.has(route)) continue;
    const others = routes.size === 0 ? "" : `, but of ${[...routes].sort().map(show).join(", ")}`;
    throw new Error(
      `${show(written)}: ${show(tier)} has no throttle of ${show(route)}${others}; to add one, change the catalog and give its stacks with --against`,
    );
  }
}

function changedStages(plan: UsagePlanModel, changes: readonly Change[]): readonly UsagePlanStage[] {
  return plan.stages.map((stage) => ({
    ...stage,
    methodThrottles: new Map(
      [...stage.methodThrottles].map(([route, throttle]) => [
        route,
        { ...throttle, ...fieldsOf(changes.filter((each) => each.route === route)) },
      ]),
    ),
  }));
}

const fieldsOf = (changes: readonly Change[]) => Object.fromEntries(changes.map(({ field, value }) => [field, value]));
