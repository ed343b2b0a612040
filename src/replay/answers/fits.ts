import type { GatewayModel, UsagePlanModel } from "../../model/model";
import { groupedBy } from "../../text/grouped-by";
import type { Quota } from "../../vocabulary/quota";
import { callerOf, type ReplayLane, type Resolution } from "../resolve";
import type { OwnRefusals } from "./own-refusals";

/** A tier, as one usage plan of it says it. */
export interface Tier {
  readonly id: string;
  readonly plans: readonly UsagePlanModel[];
}

/** What a usage plan is called in a report: the tier in the catalog, or the plan, which negotiated limits are. */
export const tierOf = ({ tier, negotiatedFor, name, id }: UsagePlanModel): string =>
  negotiatedFor === undefined ? (tier ?? (name || id)) : id;

/**
 * The tiers of a model, the smallest first: by quota for a month, then by rate, then by burst. Usage plans of one tier, such as those
 * of two Regions, are one tier as long as their limits are the same; otherwise each is called by its own name.
 */
export function tiersOf({ plans }: GatewayModel): Tier[] {
  const tiers = groupedBy(plans, tierOf);
  return [...tiers]
    .flatMap(([id, of]) => (areEqual(of) ? [{ id, plans: of }] : of.map((plan) => ({ id: plan.id, plans: [plan] }))))
    .sort((a, b) => {
      const [left, right] = [sizeOf(a), sizeOf(b)];
      const at = left.findIndex((each, index) => each !== right[index]);
      return at === -1 ? 0 : (left[at] as number) < (right[at] as number) ? -1 : 1;
    });
}

/** Whether a customer can be on a tier: limits that were negotiated are for one customer alone. */
export const isFor = ({ plans }: Tier, subscription: string): boolean =>
  plans.every(({ negotiatedFor }) => negotiatedFor === undefined || negotiatedFor === subscription);

const areEqual = (plans: readonly UsagePlanModel[]): boolean => new Set(plans.map(limitsText)).size === 1;

const limitsText = ({ throttle, quota, unknownLimits, stages }: UsagePlanModel): string =>
  JSON.stringify([
    throttle,
    quota,
    unknownLimits,
    stages.map(({ stage, methodThrottles }) => [stage, [...methodThrottles]]),
  ]);

const DAYS: Readonly<Record<Quota["period"], number>> = { DAY: 1, WEEK: 7, MONTH: 30 };

function sizeOf({ plans: [plan] }: Tier): number[] {
  const { quota, throttle } = plan ?? {};
  return [
    quota ? (quota.limit * 30) / DAYS[quota.period] : Number.POSITIVE_INFINITY,
    throttle?.rateLimit ?? Number.POSITIVE_INFINITY,
    throttle?.burstLimit ?? Number.POSITIVE_INFINITY,
  ];
}

/**
 * How many calls of each client a tier would refuse, by the limits that are the client's own.
 *
 * @returns by index of the client; without those that call a stage which the tier does not cover, and empty for a tier with limits
 * that are known only after a deploy
 */
export function refusedOnTier(
  { plans }: Tier,
  { lanes, clients }: Pick<Resolution, "lanes" | "clients">,
  own: OwnRefusals,
  lanesOf: (client: number) => readonly number[],
): ReadonlyMap<number, number> {
  if (plans.some(({ unknownLimits }) => unknownLimits.length > 0)) return new Map();
  const planFor = ({ api, stage }: ReplayLane) =>
    plans.find(({ stages }) => stages.some((each) => each.api === api && each.stage === stage));
  const planOf = lanes.map(planFor);
  const refused = new Map<number, number>();
  for (const [index, client] of clients.entries()) {
    if (lanesOf(index).some((lane) => !planOf[lane])) continue;
    const requestOf = (lane: number) => {
      const { request, ...place } = lanes[lane] as ReplayLane;
      return { method: request.method, client: callerOf(client, planOf[lane] as UsagePlanModel, place) };
    };
    refused.set(index, own.of(index, requestOf).count);
  }
  return refused;
}
