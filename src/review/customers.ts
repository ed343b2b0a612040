import type { ApiModel, KeyModel, UsagePlanModel } from "../model/model";
import type { ResourceChange } from "../model/resource-changes";
import { byName } from "../text/order";
import { type GatewayState, placeOf } from "./gateway-state";
import type { Plans } from "./plans";

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
}

/** A key that goes from one plan into another. */
export interface Move {
  readonly planKey: ResourceChange;
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
  /** Why its value becomes another one; `undefined` where it stays, or where there is none before or after. */
  readonly replacedFor: string | undefined;
  readonly lost: readonly Reach[];
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
  const planKeys = planKeysByKey(ofType(changes, "aws_api_gateway_usage_plan_key"), before, after);
  const successors = successorsOf(then, now);
  const paired = new Set(successors.values());
  const places = [...new Set([...then.keys(), ...now.keys()])].filter((place) => !paired.has(place));
  return places
    .map((place) => {
      const successor = successors.get(place);
      const both = successor === undefined ? [place] : [place, successor];
      return customerChange(
        then.get(place),
        now.get(successor ?? place),
        both.flatMap((each) => keyChanges.get(each) ?? []),
        both.flatMap((each) => planKeys.get(each) ?? []),
      );
    })
    .sort((a, b) => byName(a.name, b.name));

  function customerChange(
    had: Holding | undefined,
    has: Holding | undefined,
    ownChanges: readonly ResourceChange[],
    ownPlanKeys: readonly ResourceChange[],
  ): CustomerChange {
    const { id: name = "", description = "" } = (has ?? had)?.key ?? {};
    return {
      name,
      description,
      before: had,
      after: has,
      replacedFor: had && has && replacementOf(ownChanges),
      lost: beyond(had, has),
      gained: beyond(has, had),
      moves: ownPlanKeys.flatMap((planKey) => moveOf(planKey)),
      keyChanges: ownChanges.filter(({ action }) => action !== "none"),
      planKeyChanges: ownPlanKeys.filter(({ action }) => action !== "none"),
    };
  }

  function moveOf(planKey: ResourceChange): Move[] {
    const from = before.planOf(planKey);
    const to = after.planOf(planKey);
    return from && to && placeOf(from) !== placeOf(to) ? [{ planKey, from, to }] : [];
  }
}

const ofType = (changes: readonly ResourceChange[], type: string) => changes.filter((change) => change.type === type);

function holdingsOf({ gateway }: GatewayState, gone: ReadonlySet<string>): ReadonlyMap<string, Holding> {
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
      placeOf(key),
      { key, plans: own, reach: new Map(key.enabled ? reachOf(own) : []) },
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

/**
 * Keys that are deleted, each with the one that is created under the same name: to its customer this is a key with
 * another value. It happens where a key moves to another state, or where its address changes.
 */
function successorsOf(
  then: ReadonlyMap<string, Holding>,
  now: ReadonlyMap<string, Holding>,
): ReadonlyMap<string, string> {
  const created = new Map<string, string[]>();
  for (const [place, { key }] of now)
    if (!then.has(place)) created.set(called(key), [...(created.get(called(key)) ?? []), place]);
  const deleted = new Map<string, string[]>();
  for (const [place, { key }] of then)
    if (!now.has(place)) deleted.set(called(key), [...(deleted.get(called(key)) ?? []), place]);
  return new Map(
    [...deleted].flatMap(([name, places]): [string, string][] => {
      const [place, ...twins] = places;
      const [successor, ...others] = created.get(name) ?? [];
      // Where several have the same name, nobody can tell which takes whose place.
      const isClear = twins.length + others.length === 0;
      return place !== undefined && successor !== undefined && isClear ? [[place, successor]] : [];
    }),
  );
}

const called = ({ subscription, name }: KeyModel) => subscription ?? name;

function replacementOf(changes: readonly ResourceChange[]): string | undefined {
  const [change, successor] = changes;
  if (successor) return `another resource takes its place: ${successor.stack}: ${successor.address}`;
  if (change?.action !== "replace") return undefined;
  return change.replacedFor.length > 0
    ? `another ${change.replacedFor.join(", ")}`
    : "somebody asked for it (taint or -replace)";
}

/** What the one opens and the other does not. */
function beyond(one: Holding | undefined, other: Holding | undefined): Reach[] {
  return [...(one?.reach ?? [])].filter(([stage]) => !other?.reach.has(stage)).map(([, reach]) => reach);
}

function planKeysByKey(
  planKeys: readonly ResourceChange[],
  before: GatewayState,
  after: GatewayState,
): ReadonlyMap<string, ResourceChange[]> {
  const byKey = new Map<string, ResourceChange[]>();
  for (const planKey of planKeys) {
    const keys = [before.keyOf(planKey), after.keyOf(planKey)].flatMap((key) => (key ? [placeOf(key)] : []));
    for (const key of new Set(keys)) {
      const others = byKey.get(key);
      if (others) others.push(planKey);
      else byKey.set(key, [planKey]);
    }
  }
  return byKey;
}
