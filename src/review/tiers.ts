import type { UsagePlanModel } from "../model/model";
import type { ResourceChange } from "../model/resource-changes";
import { formatCount, formatQuota, formatRate } from "../text/limits";
import { byName } from "../text/order";
import type { Quota } from "../vocabulary/quota";
import { customersWith } from "./customers-with";
import { type GatewayState, placeOf } from "./gateway-state";
import type { Plans } from "./plans";

/** One number of a tier that becomes another; `undefined` for no limit. */
export interface LimitChange {
  /** `rateLimit`, `burstLimit` or `quota`; of a method on a stage: `rateLimit of GET /pets on pets/prod`. */
  readonly what: string;
  /** Whose limit: the whole tier's, or a method's on a stage. */
  readonly scope: "tier" | "method";
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What the new limit is of the old one, less 1: -0.5 for half; `undefined` where one of them is none. */
  readonly share: number | undefined;
  readonly direction: "less" | "more" | "other";
  /** Whether it blocks every request. */
  readonly blocks: boolean;
}

/** One usage plan before and after the change; one of both may be missing. */
export interface TierChange {
  /** The tier's id where this project made the plan, its name otherwise. */
  readonly name: string;
  readonly before: UsagePlanModel | undefined;
  readonly after: UsagePlanModel | undefined;
  /** How many customers have the tier before and after with the same key, and feel a change of it. */
  readonly customers: number;
  /** Only of a tier that is there before and after. */
  readonly limits: readonly LimitChange[];
  /** What the plans do to it; `undefined` if nothing. */
  readonly change: ResourceChange | undefined;
}

/** All usage plans before and after that the plans manage, sorted by name. */
export function tierChanges({ before, after, changes, renamedStages }: Plans): TierChange[] {
  const then = plansOf(before);
  const now = plansOf(after);
  const planned = new Map(
    changes.filter(({ type }) => type === "aws_api_gateway_usage_plan").map((change) => [placeOf(change), change]),
  );
  return [...new Set([...then.keys(), ...now.keys()])]
    .map((place) => {
      const was = then.get(place);
      const is = now.get(place);
      const change = planned.get(place);
      return {
        name: (is ?? was)?.id ?? "",
        before: was,
        after: is,
        customers: was && is ? keptKeys(was, is) : 0,
        limits: was && is ? [...tierLimits(was, is), ...methodLimits(was, is, { before, after, renamedStages })] : [],
        change: change?.action === "none" ? undefined : change,
      };
    })
    .sort((a, b) => byName(a.name, b.name));
}

const plansOf = ({ gateway }: GatewayState): ReadonlyMap<string, UsagePlanModel> =>
  new Map(gateway.plans.map((plan) => [placeOf(plan), plan]));

function keptKeys(was: UsagePlanModel, is: UsagePlanModel): number {
  const places = new Set(was.keys.map(placeOf));
  return customersWith(is.keys.filter((key) => places.has(placeOf(key))));
}

/** What one plan has for its customers in the place of another, without the throttles of methods. */
export function tierLimits(was: UsagePlanModel, is: UsagePlanModel): LimitChange[] {
  const isKnown = (limit: "quota" | "throttle") => ![was, is].some((plan) => plan.unknownLimits.includes(limit));
  const throttles = [
    ...limitChange("rateLimit", "tier", was.throttle?.rateLimit, is.throttle?.rateLimit, formatRate),
    ...limitChange("burstLimit", "tier", was.throttle?.burstLimit, is.throttle?.burstLimit, formatCount),
  ];
  return [...(isKnown("throttle") ? throttles : []), ...(isKnown("quota") ? quotaChange(was.quota, is.quota) : [])];
}

/** The throttles of methods on stages that are covered before and after. */
function methodLimits(
  was: UsagePlanModel,
  is: UsagePlanModel,
  { before, after, renamedStages }: Pick<Plans, "after" | "before" | "renamedStages">,
): LimitChange[] {
  const then = throttlesOf(was, before, renamedStages);
  const now = throttlesOf(is, after);
  return [...now].flatMap(([stage, { name, throttles }]) => {
    const old = then.get(stage);
    if (!old) return [];
    return [...new Set([...old.throttles.keys(), ...throttles.keys()])].sort().flatMap((method) => {
      const of = (limit: string) => `${limit} of ${method} on ${name}`;
      const [one, other] = [old.throttles.get(method), throttles.get(method)];
      return [
        ...limitChange(of("rateLimit"), "method", one?.rateLimit, other?.rateLimit, formatRate),
        ...limitChange(of("burstLimit"), "method", one?.burstLimit, other?.burstLimit, formatCount),
      ];
    });
  });
}

/** Throttles of methods by the stage's place, under the name that it gets. */
export function throttlesOf(
  { stages }: UsagePlanModel,
  state: GatewayState,
  renamed: ReadonlyMap<string, string> = new Map(),
) {
  const apis = new Map(state.apis.map((api) => [api.id, api]));
  return new Map(
    stages.map(({ api: id, stage, methodThrottles }) => {
      const api = apis.get(id);
      const place = `${api ? placeOf(api) : id} ${stage}`;
      return [renamed.get(place) ?? place, { name: `${id}/${stage}`, throttles: methodThrottles }];
    }),
  );
}

export function limitChange(
  what: string,
  scope: LimitChange["scope"],
  before: number | undefined,
  after: number | undefined,
  text: (limit: number) => string,
): LimitChange[] {
  if (before === after) return [];
  return [
    {
      what,
      scope,
      before: before === undefined ? undefined : text(before),
      after: after === undefined ? undefined : text(after),
      share: before && after !== undefined ? after / before - 1 : undefined,
      direction: (after ?? Number.POSITIVE_INFINITY) < (before ?? Number.POSITIVE_INFINITY) ? "less" : "more",
      blocks: after === 0,
    },
  ];
}

const DAYS: Readonly<Record<Quota["period"], number>> = { DAY: 1, WEEK: 7, MONTH: 30 };

function quotaChange(before: Quota | undefined, after: Quota | undefined): LimitChange[] {
  const offsets = [before?.offset ?? 0, after?.offset ?? 0];
  if (before?.limit === after?.limit && before?.period === after?.period && offsets[0] === offsets[1]) return [];
  const text = (quota: Quota) =>
    offsets[0] === offsets[1] ? formatQuota(quota) : `${formatQuota(quota)}, offset ${quota.offset ?? 0}`;
  const perDay = (quota: Quota | undefined) => (quota ? quota.limit / DAYS[quota.period] : Number.POSITIVE_INFINITY);
  const samePeriod = before !== undefined && after !== undefined && before.period === after.period;
  return [
    {
      what: "quota",
      scope: "tier",
      before: before && text(before),
      after: after && text(after),
      share: samePeriod && before.limit > 0 ? after.limit / before.limit - 1 : undefined,
      direction: perDay(after) < perDay(before) ? "less" : perDay(after) > perDay(before) ? "more" : "other",
      blocks: after?.limit === 0,
    },
  ];
}
