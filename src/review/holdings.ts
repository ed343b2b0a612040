import type { ExternalPlan, UsagePlanStage } from "../model/model";
import { type AnyApi, type AnyKey, type AnyPlan, type GatewayState, placeOf } from "./gateway-state";

/** What a customer can call: a stage, or what a plan opens that is managed elsewhere. */
export type Reach =
  | { readonly api: AnyApi; readonly stage: string }
  | {
      readonly plan: ExternalPlan;
    };

/** What a customer has, before the change or after it. */
export interface Holding {
  readonly key: AnyKey;
  /** Whether the key is known to be disabled. */
  readonly isDisabled: boolean;
  readonly plans: readonly AnyPlan[];
  /** Whether these are all plans that the key is in: nobody knows that of a key that is managed elsewhere. */
  readonly plansAreKnown: boolean;
  /** What the key opens; nothing for a disabled key. */
  readonly reach: ReadonlyMap<string, Reach>;
  /** Whether it may open more: which plans it is in, or what they cover, is known only after the apply. */
  readonly isUncertain: boolean;
}

/** The stages of a plan, as far as they are known. */
export const coveredBy = (plan: AnyPlan): readonly UsagePlanStage[] => ("external" in plan ? [] : plan.stages);

/**
 * What each key has in a state, without stages that are gone.
 *
 * @param renamed names of stages that are the same under another name
 */
export function holdingsOf(
  { gateway, apis }: GatewayState,
  gone: ReadonlySet<string>,
  renamed: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<AnyKey, Holding> {
  const apisById = new Map(apis.map((api) => [api.id, api]));
  const keys: readonly AnyKey[] = [...gateway.keys, ...gateway.external.keys];
  const plans = new Map<AnyKey, AnyPlan[]>(keys.map((key) => [key, []]));
  for (const plan of [...gateway.plans, ...gateway.external.plans])
    for (const key of keysOf(plan)) plans.get(key)?.push(plan);
  const reachOf = (plan: AnyPlan): [string, Reach][] => {
    if ("external" in plan) return [[placeOf(plan), { plan }]];
    return plan.stages.flatMap(({ api: id, stage }): [string, Reach][] => {
      const api = apisById.get(id);
      if (api === undefined || gone.has(`${placeOf(api)} ${stage}`)) return [];
      const name = `${placeOf(api)} ${stage}`;
      return [[renamed.get(name) ?? name, { api, stage }]];
    });
  };
  return new Map([...plans].map(([key, own]) => [key, holdingOf(key, own, reachOf)]));
}

const keysOf = (plan: AnyPlan): readonly AnyKey[] =>
  "external" in plan ? plan.keys : [...plan.keys, ...plan.externalKeys];

function holdingOf(key: AnyKey, plans: readonly AnyPlan[], reachOf: (plan: AnyPlan) => [string, Reach][]): Holding {
  const isDisabled = "enabled" in key && !key.enabled;
  const mayBeInOthers = "hasUnknownPlans" in key && key.hasUnknownPlans;
  return {
    key,
    isDisabled,
    plans,
    plansAreKnown: !mayBeInOthers && !("external" in key),
    reach: new Map(isDisabled ? [] : plans.flatMap(reachOf)),
    isUncertain:
      !isDisabled && (mayBeInOthers || plans.some((plan) => "hasUnknownStages" in plan && plan.hasUnknownStages)),
  };
}

/** Stages that the plans take away; a plan that still names one blocks every request. */
export function stagesGone(before: GatewayState, after: GatewayState): ReadonlySet<string> {
  const stagesOf = ({ apis }: GatewayState) =>
    new Set(apis.flatMap((api) => api.stages.map(({ name }) => `${placeOf(api)} ${name}`)));
  const left = stagesOf(after);
  return new Set([...stagesOf(before)].filter((stage) => !left.has(stage)));
}

/** Stages that get another name where they stand: the same ones, at other URLs. */
export function stagesRenamed(before: GatewayState, after: GatewayState): ReadonlyMap<string, string> {
  const namesOf = ({ apis }: GatewayState) =>
    new Map(
      apis.flatMap((api) => api.stages.map((stage) => [placeOf(stage), `${placeOf(api)} ${stage.name}`] as const)),
    );
  const [then, now] = [namesOf(before), namesOf(after)];
  const [known, left] = [new Set(then.values()), new Set(now.values())];
  return new Map(
    [...then].flatMap(([place, was]) => {
      const is = now.get(place);
      return is === undefined || is === was || left.has(was) || known.has(is) ? [] : [[was, is] as const];
    }),
  );
}
