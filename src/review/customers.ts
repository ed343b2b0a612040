import type { KeyModel, UsagePlanStage } from "../model/model";
import type { ResourceChange } from "../model/resource-changes";
import { byName } from "../text/order";
import { type AnyKey, type AnyPlan, type GatewayState, placeOf } from "./gateway-state";
import { coveredBy, type Holding, holdingsOf, type Reach, stagesGone } from "./holdings";
import type { Plans } from "./plans";
import { sameKeys } from "./same-keys";

/** A key that goes from one plan into another. */
export interface Move {
  /** One of the changes that make the move. */
  readonly planKey: ResourceChange;
  /** All of them: a plan key is replaced, or one is deleted and another created. */
  readonly planKeys: readonly ResourceChange[];
  readonly from: AnyPlan;
  readonly to: AnyPlan;
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
export function customerChanges({ before, after, changes, renamedStages }: Plans): CustomerChange[] {
  const goneStages = stagesGone(before, after);
  const then = holdingsOf(before, new Set(), renamedStages);
  const now = holdingsOf(after, goneStages);
  const keyChanges = new Map(ofType(changes, "aws_api_gateway_api_key").map((change) => [placeOf(change), change]));
  const planKeys = ofType(changes, "aws_api_gateway_usage_plan_key");
  const planKeysThen = byKey(planKeys, before);
  const planKeysNow = byKey(planKeys, after);
  const same: ReadonlyMap<AnyKey, AnyKey> = new Map<AnyKey, AnyKey>([
    ...sameKeys(before.gateway.keys, after.gateway.keys),
    ...before.gateway.external.keys.map((key, index) => [key, after.gateway.external.keys[index] ?? key] as const),
  ]);
  const kept = new Set(same.values());
  const namesThen = new Set([...then.keys()].map(({ name }) => name));
  return [
    ...[...then.values()].map((had) => customerChange(had, now.get(same.get(had.key) as AnyKey))),
    ...[...now.values()].filter(({ key }) => !kept.has(key)).map((has) => customerChange(undefined, has)),
  ].sort((a, b) => byName(a.name, b.name));

  function customerChange(had: Holding | undefined, has: Holding | undefined): CustomerChange {
    const own = distinct([had, has].flatMap((each) => (each ? (keyChanges.get(placeOf(each.key)) ?? []) : [])));
    const ownPlanKeys = distinct([
      ...(had ? (planKeysThen.get(placeOf(had.key)) ?? []) : []),
      ...(has ? (planKeysNow.get(placeOf(has.key)) ?? []) : []),
    ]);
    const isShifted = had && has && had.key.name !== has.key.name && namesThen.has(has.key.name);
    const [keyThen, keyNow] = [managed(had), managed(has)];
    const nameOf = isShifted && keyNow?.subscription === undefined ? has.key.name : undefined;
    const called = nameOf === undefined ? (has ?? had) : had;
    const keepsValue = keyThen?.valueHash !== undefined && keyThen.valueHash === keyNow?.valueHash;
    const replaced = had && has && replacementOf(own, placeOf(had.key) !== placeOf(has.key));
    // A key with another value at another place is a new key to its customer, on whatever plan.
    const isOtherResource =
      had && has && !keepsValue && replaced !== undefined && placeOf(had.key) !== placeOf(has.key);
    const lost = beyond(had, has);
    return {
      name: called?.key.id ?? "",
      description: managed(called)?.description ?? "",
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
    const alike = entered.findIndex((each) => coveredBy(each).some((stage) => covers(from, stage)));
    const [to] = entered.splice(Math.max(alike, 0), 1);
    return to ? [{ planKey: first, planKeys: [first, ...others], from, to }] : [];
  });
}

const covers = (plan: AnyPlan, { api, stage }: UsagePlanStage) =>
  coveredBy(plan).some((each) => each.api === api && each.stage === stage);

const managed = (holding: Holding | undefined): KeyModel | undefined =>
  holding === undefined || "external" in holding.key ? undefined : holding.key;

const isChange = ({ action }: ResourceChange) => action !== "none";

const distinct = <Thing>(things: readonly Thing[]): Thing[] => [...new Set(things)];

const ofType = (changes: readonly ResourceChange[], type: string) => changes.filter((change) => change.type === type);

function replacementOf(changes: readonly ResourceChange[], isElsewhere: boolean): string | undefined {
  const [change, successor = change] = changes;
  if (isElsewhere && successor) return `another resource takes its place: ${successor.stack}: ${successor.address}`;
  if (change?.action !== "replace") return undefined;
  if (change.replacedFor.length > 0) return `another ${change.replacedFor.join(", ")}`;
  return change.triggered ? "replace_triggered_by asks for it" : "somebody asked for it (taint or -replace)";
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
