import type { LanesOptions } from "../../limiter/lanes";
import type { GatewayModel, UsagePlanModel } from "../../model/model";
import type { Quota } from "../../vocabulary/quota";
import { callerOf, type ReplayLane, type Resolution } from "../resolve";
import { simulate } from "../simulate";
import type { Traffic } from "../traffic";

/** A tier, as one usage plan of it says it. */
export interface Tier {
  readonly id: string;
  readonly plans: readonly UsagePlanModel[];
}

/** What a usage plan is called in a report: the tier in the catalog, or the plan. */
export const tierOf = ({ tier, name, id }: UsagePlanModel): string => tier ?? (name || id);

/** The tiers of a model, the smallest first: by quota for a month, then by rate, then by burst. */
export function tiersOf({ plans }: GatewayModel): Tier[] {
  const tiers = new Map<string, UsagePlanModel[]>();
  for (const plan of plans) tiers.set(tierOf(plan), [...(tiers.get(tierOf(plan)) ?? []), plan]);
  return [...tiers]
    .map(([id, of]) => ({ id, plans: of }))
    .sort((a, b) => {
      const [left, right] = [sizeOf(a), sizeOf(b)];
      const at = left.findIndex((each, index) => each !== right[index]);
      return at === -1 ? 0 : (left[at] as number) < (right[at] as number) ? -1 : 1;
    });
}

const DAYS: Readonly<Record<Quota["period"], number>> = { DAY: 1, WEEK: 7, MONTH: 30 };

function sizeOf({ plans: [plan] }: Tier): number[] {
  const { quota, throttle } = plan ?? {};
  return [
    quota ? (quota.limit * 30) / DAYS[quota.period] : Number.POSITIVE_INFINITY,
    throttle?.rateLimit ?? Number.POSITIVE_INFINITY,
    throttle?.burstLimit ?? Number.POSITIVE_INFINITY,
  ];
}

/** Too much to refuse anything: what a client shares with others says nothing of the tier that fits. */
const NO_THROTTLE = { rateLimit: 1_000_000, burstLimit: 5_000_000 };

/**
 * How many calls of each client a tier would refuse, by the limits that are the client's own.
 *
 * @returns by index of the client; without those that call a stage which the tier does not cover
 */
export function refusedOnTier(
  { plans }: Tier,
  traffic: Traffic,
  { lanes, laneOf, clients }: Pick<Resolution, "lanes" | "laneOf" | "clients">,
  options: LanesOptions,
): ReadonlyMap<number, number> {
  const planFor = ({ api, stage }: ReplayLane) =>
    plans.find(({ stages }) => stages.some((each) => each.api === api && each.stage === stage));
  const outside = new Set(lanes.flatMap((lane) => (planFor(lane) ? [] : [lane.client])));
  const moved = lanes.map((lane): ReplayLane => {
    const client = clients[lane.client];
    const plan = planFor(lane);
    if (!client || !plan) return lane;
    return { ...lane, request: { method: lane.request.method, client: callerOf(client, plan, lane) } };
  });
  const isIn = ({ client }: ReplayLane) => client !== -1 && !outside.has(client);
  const ownLanes = laneOf.map((lane) => (lane !== -1 && isIn(moved[lane] as ReplayLane) ? lane : -1));
  const refused = new Map<number, number>(clients.flatMap((_, client) => (outside.has(client) ? [] : [[client, 0]])));
  simulate(
    { traffic, lanes: moved, laneOf: ownLanes, options: { ...options, accountThrottle: NO_THROTTLE }, earlier: [] },
    (lane) => {
      const client = moved[lane]?.client ?? -1;
      refused.set(client, (refused.get(client) ?? 0) + 1);
    },
  );
  return refused;
}
