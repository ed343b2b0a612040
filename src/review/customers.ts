import type { ApiModel, KeyModel, UsagePlanModel } from "../model/model";
import type { ResourceChange } from "../model/resource-changes";
import { byName } from "../text/order";
import { type GatewayState, placeOf } from "./gateway-state";
import type { Plans } from "./plans";
import { sameKeys } from "./same-keys";

/** A stage that a customer can call. */
export interface Reach {
  readonly api: ApiModel;
  readonly stage: string;
}

/** What a customer has, before the change or after it. */
export interface Holding {
  readonly key: KeyModel;
  readonly plans: readonly UsagePlanModel[];
  /** Stages that the key opens; none for a disabled key. */
  readonly reach: ReadonlyMap<string, Reach>;
  /** Whether it may open more: which plans it is in, or what they cover, is known only after the apply. */
  readonly isUncertain: boolean;
}

/** A key that goes from one plan into another. */
export interface Move {
  /** One of the changes that make the move. */
  readonly planKey: ResourceChange;
  /** All of them: a plan key is replaced, or one is deleted and another created. */
  readonly planKeys: readonly ResourceChange[];
  readonly from: UsagePlanModel;
  readonly to: UsagePlanModel;
}

/** One key, which is one customer's, before and after the change; one of both may be missing. */
export interface CustomerChange {
  /** The name by which people call the key: the subscription's id where this project created it. */
  readonly name: string;
  /** The key's description. */
  readonly description: string;
  readonly before: Holding | undefined;
  readonly after: Holding | undefined;
  /** The name that its key gets, although another customer's key had it; `undefined` if none. */
  readonly nameOf: string | undefined;
  /** Whether the key is created again, with the value that it had. */
  readonly isRecreated: boolean;
  /** Why its value becomes another one; `undefined` where it stays, or where there is none before or after. */
  readonly replacedFor: string | undefined;
  readonly lost: readonly Reach[];
  /** What it could call, and may be unable to: that is known only after the apply. */
  readonly uncertain: readonly Reach[];
  readonly gained: readonly Reach[];
  readonly moves: readonly Move[];
  /** What the plans do to the key itself; two changes where another resource takes its place. */
  readonly keyChanges: readonly ResourceChange[];
  /** What they do to its places in plans. */
  readonly planKeyChanges: readonly ResourceChange[];
}

/** All keys before and after, sorted by name. */
export function customerChanges({ before, after, changes }: Plans): CustomerChange[] {
  const goneStages = stagesGone(before, after);
  const then = holdingsOf(before, new Set());
  const now = holdingsOf(after, goneStages);
  const keyChanges = new Map(ofType(changes, "aws_api_gateway_api_key").map((change) => [placeOf(change), change]));
  const planKeys = ofType(changes, "aws_api_gateway_usage_plan_key");
  const planKeysThen = byKey(planKeys, before);
  const planKeysNow = byKey(planKeys, after);
  const same = sameKeys([...then.keys()], [...now.keys()]);
  const kept = new Set(same.values());
  const namesThen = new Set([...then.keys()].map(({ name }) => name));
  return [
    ...[...then.values()].map((had) => customerChange(had, now.get(same.get(had.key) as KeyModel))),
    ...[...now.values()].filter(({ key }) => !kept.has(key)).map((has) => customerChange(undefined, has)),
  ].sort((a, b) => byName(a.name, b.name));

  function customerChange(had: Holding | undefined, has: Holding | undefined): CustomerChange {
    const own = distinct([had, has].flatMap((each) => (each ? (keyChanges.get(placeOf(each.key)) ?? []) : [])));
    const ownPlanKeys = distinct([
      ...(had ? (planKeysThen.get(placeOf(had.key)) ?? []) : []),
      ...(has ? (planKeysNow.get(placeOf(has.key)) ?? []) : []),
    ]);
    const isShifted = had && has && had.key.name !== has.key.name && namesThen.has(has.key.name);
    const nameOf = isShifted && has.key.subscription === undefined ? has.key.name : undefined;
    const { id: name = "", description = "" } = (nameOf === undefined ? (has ?? had) : had)?.key ?? {};
    const keepsValue = had?.key.valueHash !== undefined && had.key.valueHash === has?.key.valueHash;
    const replaced = had && has && replacementOf(own, placeOf(had.key) !== placeOf(has.key));
    // A key with another value at another place is a new key to its customer, on whatever plan.
    const isOtherResource =
      had && has && !keepsValue && replaced !== undefined && placeOf(had.key) !== placeOf(has.key);
    const lost = beyond(had, has);
    return {
      name,
      description,
      before: had,
      after: has,
      nameOf,
      replacedFor: keepsValue ? undefined : replaced,
      isRecreated: keepsValue && replaced !== undefined,
      lost: has?.isUncertain ? [] : lost,
      uncertain: has?.isUncertain ? lost : [],
      gained: beyond(has, had),
      moves: had && has && !isOtherResource ? movesBetween(had, has, ownPlanKeys.filter(isChange)) : [],
      keyChanges: own.filter(isChange),
      planKeyChanges: ownPlanKeys.filter(isChange),
    };
  }
}

/** Plans that a key leaves and enters, however that is written; those for the same stages belong together. */
function movesBetween(had: Holding, has: Holding, planKeys: readonly ResourceChange[]): Move[] {
  const [then, now] = [had.plans, has.plans].map((plans) => new Set(plans.map(placeOf)));
  const left = had.plans.filter((plan) => !now?.has(placeOf(plan)));
  const entered = has.plans.filter((plan) => !then?.has(placeOf(plan)));
  const [first, ...others] = planKeys;
  if (first === undefined) return [];
  return left.flatMap((from): Move[] => {
    const alike = entered.findIndex((each) => each.stages.some((stage) => covers(from, stage)));
    const [to] = entered.splice(Math.max(alike, 0), 1);
    return to ? [{ planKey: first, planKeys: [first, ...others], from, to }] : [];
  });
}

const covers = ({ stages }: UsagePlanModel, { api, stage }: UsagePlanModel["stages"][number]) =>
  stages.some((each) => each.api === api && each.stage === stage);

const isChange = ({ action }: ResourceChange) => action !== "none";

const distinct = <Thing>(things: readonly Thing[]): Thing[] => [...new Set(things)];

const ofType = (changes: readonly ResourceChange[], type: string) => changes.filter((change) => change.type === type);

function holdingsOf({ gateway }: GatewayState, gone: ReadonlySet<string>): ReadonlyMap<KeyModel, Holding> {
  const apis = new Map(gateway.apis.map((api) => [api.id, api]));
  const plans = new Map<KeyModel, UsagePlanModel[]>(gateway.keys.map((key) => [key, []]));
  for (const plan of gateway.plans) for (const key of plan.keys) plans.get(key)?.push(plan);
  const reachOf = (own: readonly UsagePlanModel[]) =>
    own.flatMap(({ stages }) =>
      stages.flatMap(({ api: id, stage }): [string, Reach][] => {
        const api = apis.get(id);
        const name = api && `${placeOf(api)} ${stage}`;
        return api === undefined || name === undefined || gone.has(name) ? [] : [[name, { api, stage }]];
      }),
    );
  return new Map(
    [...plans].map(([key, own]) => [
      key,
      {
        key,
        plans: own,
        reach: new Map(key.enabled ? reachOf(own) : []),
        isUncertain: key.enabled && (key.hasUnknownPlans || own.some(({ hasUnknownStages }) => hasUnknownStages)),
      },
    ]),
  );
}

/** Stages that the plans take away; a plan that still names one blocks every request. */
function stagesGone(before: GatewayState, after: GatewayState): ReadonlySet<string> {
  const stagesOf = ({ gateway }: GatewayState) =>
    new Set(gateway.apis.flatMap((api) => api.stages.map(({ name }) => `${placeOf(api)} ${name}`)));
  const left = stagesOf(after);
  return new Set([...stagesOf(before)].filter((stage) => !left.has(stage)));
}

function replacementOf(changes: readonly ResourceChange[], isElsewhere: boolean): string | undefined {
  const [change, successor = change] = changes;
  if (isElsewhere && successor) return `another resource takes its place: ${successor.stack}: ${successor.address}`;
  if (change?.action !== "replace") return undefined;
  return change.replacedFor.length > 0
    ? `another ${change.replacedFor.join(", ")}`
    : "somebody asked for it (taint or -replace)";
}

/** What the one opens and the other does not. */
function beyond(one: Holding | undefined, other: Holding | undefined): Reach[] {
  return [...(one?.reach ?? [])].filter(([stage]) => !other?.reach.has(stage)).map(([, reach]) => reach);
}

function byKey(planKeys: readonly ResourceChange[], state: GatewayState): ReadonlyMap<string, ResourceChange[]> {
  const found = new Map<string, ResourceChange[]>();
  for (const planKey of planKeys) {
    const key = state.keyOf(planKey);
    if (key) found.set(placeOf(key), [...(found.get(placeOf(key)) ?? []), planKey]);
  }
  return found;
}
