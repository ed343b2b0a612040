import { blockOf, blocksOf, stringOf, stringsOf } from "../../contract/attributes";
import type { UsagePlanModel } from "../../model/model";
import type { ResourceChange } from "../../model/resource-changes";
import { holdsKeyValues } from "../../vocabulary/access-log-format";
import type { Facts } from "../finding";
import { type GatewayState, placeOf } from "../gateway-state";
import { throttlesOf } from "../tiers";

/** Whether something that changes is known not to matter; never where something of it is not known. */
export type Condition = (change: ResourceChange, facts: Facts) => boolean;

/** An attribute refers to the same resource before and after, though its text differs. */
export const sameTarget =
  (attribute: string, type: string): Condition =>
  (change, { before, after }) => {
    const [was, is] = [before.targetOf(change, attribute, type), after.targetOf(change, attribute, type)];
    return was !== undefined && is !== undefined && placeOf(was) === placeOf(is);
  };

/** It is known only after the apply, as what AWS or the provider gives is. */
export const isGivenByAws = ({ after }: ResourceChange, attribute: string): boolean =>
  after !== undefined && !(attribute in after);

/** Where a stage is renamed, what belongs to it goes with it. */
export const sameStage: Condition = (change, { stages }) =>
  stages.some(
    ({ before, after }) => before?.name === change.before?.stage_name && after?.name === change.after?.stage_name,
  );

/** Lines of an access log hold no values of keys, as far as the plan tells: who reads such a log can call as any customer. */
export const logHoldsNoKeys: Condition = ({ after }) => {
  const [settings] = blocksOf(after?.access_log_settings);
  if (!settings) return true;
  return typeof settings.format === "string" && !holdsKeyValues(settings.format);
};

/** A mapping leads to the same stage under its new name: who calls its URL notices nothing. */
export const leadsToRenamedStage: Condition = (mapping, { before, after, renamedStages }) => {
  const [was, is] = [before, after].map((state) => {
    const api = state.apiOf(mapping, "api_id");
    return api && `${placeOf(api)} ${stringOf(state.at(mapping)?.attributes.stage_name)}`;
  });
  return was !== undefined && renamedStages.get(was) === is;
};

/** Nothing of a type refers to the resource afterwards. */
export const isUnused =
  (type: string, attribute: string): Condition =>
  (change, { before, after }) => {
    const texts = after.textsOf(type, attribute);
    return before.idsOf(change).every((id) => !texts.has(id));
  };

export const routeIsKnown: Condition = (change, { before, after }) =>
  before.routeOf(change) !== undefined && after.routeOf(change) !== undefined;

export const apiIsNew: Condition = (change, { before, after }) => {
  const api = after.apiOf(change);
  return api !== undefined && !before.holds(api);
};

export const apiIsGone: Condition = (change, { before, after }) => {
  const api = before.apiOf(change);
  return api !== undefined && !after.holds(api);
};

/** Settings of methods that neither throttle nor cache, or of an API that is new or goes. */
export const settingsMatterNot: Condition = (change, facts) => {
  if (apiIsNew(change, facts) || apiIsGone(change, facts)) return true;
  return [change.before, change.after].every((each) => {
    const { throttling_rate_limit: rate, throttling_burst_limit: burst, caching_enabled } = blockOf(each?.settings);
    const isNone = (value: unknown) => value === null || value === undefined || value === -1;
    return each === undefined || (isNone(rate) && isNone(burst) && caching_enabled !== true);
  });
};

/** A deployment that creates no stage by itself, as those of older configurations do. */
export const deploysNoStage: Condition = ({ before, after }) =>
  [before, after].every((each) => stringOf(each?.stage_name) === "");

export const modelIsUnused: Condition = (change, { after }) => {
  const name = stringOf(change.before?.name);
  return after
    .ofType("aws_api_gateway_method")
    .every(
      (method) =>
        !Object.values(stringsOf(method.attributes.request_models)).includes(name) &&
        !Object.hasOwn(after.routeOf(method)?.referredModels ?? {}, name),
    );
};

/** The routes on a path are compared, where all that the model leaves out is something else. */
const pathIsRead: Condition = ({ address }, { before, after }) =>
  [before, after].every(({ gateway }) => gateway.unsupported.every((each) => each.address !== address));

/** The body of an API is read before and after, and each of its parts is compared. */
export const bodyIsRead: Condition = ({ stack, address }, { before, after }) =>
  [before, after].every(({ gateway }) =>
    gateway.unsupported.every((each) => each.kind !== "body" || each.stack !== stack || each.address !== address),
  );

/** A path moves, and the routes on it are compared. */
export const pathMoves: Condition = (change, facts) =>
  change.changedAttributes.includes("path") && pathIsRead(change, facts);

/** What is on a path, before it goes, is known, and so compared; a path of which nothing is known may have had methods. */
export const pathIsCompared: Condition = (change, facts) => {
  const { before } = facts;
  const isHere = (type: string, attribute: string) =>
    before.idsOf(change).some((id) => before.textsOf(type, attribute).has(id));
  return (
    pathIsRead(change, facts) &&
    (isHere("aws_api_gateway_method", "resource_id") || isHere("aws_api_gateway_resource", "parent_id"))
  );
};

/** A plan opens the same stages, with the same throttles of methods; a stage that is renamed is the same. */
export const opensTheSame: Condition = (change, facts) => {
  const [was, is] = [facts.before, facts.after].map((state) => planAt(state, change));
  if (was === undefined || is === undefined || !pathIsRead(change, facts)) return false;
  return opened(was, facts.before, facts.renamedStages) === opened(is, facts.after);
};

const planAt = ({ gateway }: GatewayState, change: ResourceChange) =>
  gateway.plans.find((plan) => placeOf(plan) === placeOf(change));

function opened(plan: UsagePlanModel, state: GatewayState, renamed: Facts["renamedStages"] = new Map()): string {
  const stages = [...throttlesOf(plan, state, renamed)].map(([stage, { throttles }]) =>
    JSON.stringify([stage, [...throttles].sort()]),
  );
  return stages.sort().join("\n");
}

export const keyIsDisabled: Condition = (planKey, { before, after }) => {
  const keys = [before.keyOf(planKey), after.keyOf(planKey)].filter((key) => key !== undefined);
  return keys.length > 0 && keys.every((key) => "enabled" in key && !key.enabled);
};
