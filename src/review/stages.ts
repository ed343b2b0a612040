import { stringsOf } from "../contract/attributes";
import type { StageModel } from "../model/model";
import type { ResourceChange } from "../model/resource-changes";
import { type AnyApi, type GatewayState, type Place, placeOf } from "./gateway-state";
import type { Plans } from "./plans";
import { pairsOf } from "./routes";

/** One stage of an API before and after the change; one of both may be missing. */
export interface StageChange {
  readonly api: AnyApi;
  readonly name: string;
  readonly before: StageModel | undefined;
  readonly after: StageModel | undefined;
  /** Whether it serves another deployment afterwards. */
  readonly redeployed: boolean;
  /** Names of the triggers that say why; each is added, changed or removed. */
  readonly because: readonly string[];
  /** The stacks in which its deployments stand. */
  readonly stacks: readonly (string | undefined)[];
  /** What the plans do to the stage, and to its deployments. */
  readonly changes: readonly ResourceChange[];
}

/** All stages before and after, sorted by API and name. */
export function stageChanges({ before, after, changes }: Plans): StageChange[] {
  const byPlace = new Map(changes.map((change) => [placeOf(change), change]));
  return pairsOf(before.apis, after.apis).flatMap(([apiThen, apiNow]) => {
    const api = apiNow ?? apiThen;
    if (api === undefined) return [];
    return pairsOf(apiThen?.stages ?? [], apiNow?.stages ?? []).map(([was, is]) =>
      stageChange(api, was, is, before, after, byPlace),
    );
  });
}

function stageChange(
  api: AnyApi,
  was: StageModel | undefined,
  is: StageModel | undefined,
  before: GatewayState,
  after: GatewayState,
  byPlace: ReadonlyMap<string, ResourceChange>,
): StageChange {
  const served = was && before.deploymentOf(was);
  const serves = is && after.deploymentOf(is);
  const places = [was, is, served, serves].filter((each): each is StageModel => each !== undefined);
  const own = [...new Set(places.map(placeOf))].flatMap((place) => byPlace.get(place) ?? []);
  const replaced = serves && byPlace.get(placeOf(serves))?.action;
  return {
    api,
    name: (is ?? was)?.name ?? "",
    before: was,
    after: is,
    redeployed: was !== undefined && is !== undefined && (isNew(replaced) || !isSamePlace(served, serves)),
    because:
      served && serves ? differing(stringsOf(served.attributes.triggers), stringsOf(serves.attributes.triggers)) : [],
    stacks: [...new Set([served, serves].flatMap((each) => (each ? [each.stack] : [])))],
    changes: own.filter(({ action }) => action !== "none"),
  };
}

const isNew = (action: string | undefined) => action === "replace" || action === "create";

const isSamePlace = (one: Place | undefined, other: Place | undefined) =>
  one === undefined || other === undefined ? one === other : placeOf(one) === placeOf(other);

function differing(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => one[name] !== other[name]).sort();
}

/** The stage to which a change belongs: its own, or that of a deployment that creates one. */
export const stageOf = (change: ResourceChange, stages: readonly StageChange[]): StageChange | undefined =>
  stages.find(({ before, after }) =>
    [before, after].some((each) => each !== undefined && placeOf(each) === placeOf(change)),
  );
