import type { AccountKey, AccountPlan, AccountThrottle } from "../aws/account";
import { API_KEY } from "../contract/api-key";
import { stringOf } from "../contract/attributes";
import { METHOD } from "../contract/method";
import { decodeMethodPath } from "../contract/method-path";
import { METHOD_SETTINGS } from "../contract/method-settings";
import { decodePlanKey, PLAN_KEY } from "../contract/plan-key";
import { REST_API } from "../contract/rest-api";
import { STAGE } from "../contract/stage";
import { USAGE_PLAN } from "../contract/usage-plan";
import type { TerraformResource } from "../model/terraform-resource";
import type { AccountReading, ReadApi } from "./account-reading";
import { type ManagedElsewhere, ownerOf } from "./elsewhere";

/** What an account has beside the deployed resources, and that concerns these. */
export interface Beside {
  /** Keys of the stacks that are in a plan into which no stack put them. */
  readonly memberships: readonly { readonly keyId: string; readonly plan: AccountPlan }[];
  /** Keys of nobody that is known, in plans of the stacks. */
  readonly keys: readonly { readonly key: AccountKey; readonly plans: readonly AccountPlan[] }[];
  /** Plans of nobody that is known that cover stages of APIs of the stacks. */
  readonly plans: readonly PlanBeside[];
  readonly stages: readonly { readonly apiId: string; readonly stage: string }[];
  readonly routes: readonly RouteBeside[];
  /** Settings of methods that a stage of the stacks has in no stack. */
  readonly settings: readonly SettingsBeside[];
  /** Keys in plans of the stacks that somebody manages elsewhere, by who that is. */
  readonly elsewhere: ReadonlyMap<string, number>;
}

export interface PlanBeside {
  readonly plan: AccountPlan;
  /** Those of the stacks. */
  readonly stages: readonly { readonly apiId: string; readonly stage: string }[];
  /** Names of the keys in it; `undefined` where that could not be read. */
  readonly keys: readonly string[] | undefined;
}

export interface RouteBeside {
  readonly apiId: string;
  /** `GET /pets`. */
  readonly route: string;
  /** Id in AWS of the resource that has the method. */
  readonly resourceId: string;
  readonly apiKeyRequired: boolean;
}

export interface SettingsBeside {
  readonly apiId: string;
  readonly stage: string;
  /** `*` for all methods; AWS's path where it is none of a route. */
  readonly route: string;
  readonly throttle: AccountThrottle;
}

export const NOTHING_BESIDE: Beside = {
  memberships: [],
  keys: [],
  plans: [],
  stages: [],
  routes: [],
  settings: [],
  elsewhere: new Map(),
};

/**
 * @param states the deployed resources
 * @param knownPlans ids of plans that the stacks name and do not manage
 * @param owners who else manages keys
 */
export function besideIn(
  reading: AccountReading,
  states: readonly TerraformResource[],
  knownPlans: ReadonlySet<string>,
  owners: readonly ManagedElsewhere[],
): Beside {
  const ofType = (type: string) => states.filter((each) => each.type === type);
  const idsOf = (type: string) => new Set(ofType(type).map(({ attributes }) => stringOf(attributes.id)));
  const [ownKeys, ownPlans] = [idsOf(API_KEY.type), idsOf(USAGE_PLAN.type)];
  const memberships = ofType(PLAN_KEY.type).map(({ attributes }) => decodePlanKey(attributes));
  const placed = new Set(memberships.map(({ keyId, usagePlanId }) => `${keyId} ${usagePlanId}`));
  const named = new Set(memberships.map(({ keyId }) => keyId));
  const { plans, keys, plansOfKeys } = reading;
  const moved: { keyId: string; plan: AccountPlan }[] = [];
  const unknown: { key: AccountKey; plans: AccountPlan[] }[] = [];
  const elsewhere = new Map<string, number>();
  for (const [keyId, planIds] of plansOfKeys ?? []) {
    const others = planIds.filter((id) => !placed.has(`${keyId} ${id}`)).flatMap((id) => plans?.get(id) ?? []);
    const inOwn = others.filter(({ id }) => ownPlans.has(id));
    // A key that is managed elsewhere may be in plans that are managed elsewhere, too.
    if (ownKeys.has(keyId)) for (const plan of others) moved.push({ keyId, plan });
    else if (named.has(keyId)) for (const plan of inOwn) moved.push({ keyId, plan });
    else if (inOwn.length > 0) {
      const key = keys?.get(keyId);
      const owner = key && ownerOf(key, owners);
      if (owner !== undefined) elsewhere.set(owner, (elsewhere.get(owner) ?? 0) + 1);
      else if (key) unknown.push({ key, plans: inOwn });
    }
  }
  const ownApis = ofType(REST_API.type).filter(({ attributes }) => stringOf(attributes.id) !== "");
  const apiIds = new Set(ownApis.map(({ attributes }) => stringOf(attributes.id)));
  const others = [...(plans?.values() ?? [])].filter(({ id }) => !ownPlans.has(id) && !knownPlans.has(id));
  return {
    memberships: moved,
    keys: unknown,
    plans: others.flatMap((plan) => {
      const stages = plan.stages.filter(({ apiId }) => apiIds.has(apiId)).map(({ apiId, stage }) => ({ apiId, stage }));
      return stages.length === 0 ? [] : [{ plan, stages, keys: keysIn(plan, reading) }];
    }),
    ...partsBeside(ownApis, states, reading),
    elsewhere,
  };
}

function keysIn({ id }: AccountPlan, { keys, plansOfKeys }: AccountReading): string[] | undefined {
  if (plansOfKeys === undefined) return undefined;
  return [...plansOfKeys].filter(([, plans]) => plans.includes(id)).map(([key]) => keys?.get(key)?.name || key);
}

/** Stages, routes and settings of APIs of the stacks that no stack holds. */
function partsBeside(
  ownApis: readonly TerraformResource[],
  states: readonly TerraformResource[],
  { apis }: AccountReading,
): Pick<Beside, "routes" | "settings" | "stages"> {
  const read = ownApis.flatMap((api): { apiId: string; hasBody: boolean; api: ReadApi }[] => {
    const apiId = stringOf(api.attributes.id);
    const found = apis?.get(apiId);
    return found ? [{ apiId, hasBody: hasBody(api), api: found }] : [];
  });
  const known = new Set(
    states.map(({ type, attributes: { rest_api_id: api, resource_id, http_method, stage_name, method_path } }) => {
      if (type === METHOD.type) return `${type} ${api} ${resource_id} ${http_method}`;
      if (type === METHOD_SETTINGS.type)
        return `${type} ${api} ${stage_name} ${decodeMethodPath(stringOf(method_path)) ?? method_path}`;
      // A deployment may create its stage by itself.
      return `${type === "aws_api_gateway_deployment" ? STAGE.type : type} ${api} ${stage_name}`;
    }),
  );
  return {
    stages: read.flatMap(({ apiId, api }) =>
      (api.stages ?? []).flatMap(({ stageName: stage = "" }) =>
        known.has(`${STAGE.type} ${apiId} ${stage}`) ? [] : [{ apiId, stage }],
      ),
    ),
    settings: read.flatMap(({ apiId, api }) =>
      (api.stages ?? []).flatMap(({ stageName: stage = "", methodSettings = {} }) =>
        Object.entries(methodSettings).flatMap(([path, { throttlingRateLimit, throttlingBurstLimit }]) => {
          const route = decodeMethodPath(path) ?? path;
          const isKnown =
            !known.has(`${STAGE.type} ${apiId} ${stage}`) ||
            known.has(`${METHOD_SETTINGS.type} ${apiId} ${stage} ${route}`);
          const throttle = { rateLimit: throttlingRateLimit, burstLimit: throttlingBurstLimit };
          return isKnown ? [] : [{ apiId, stage, route, throttle }];
        }),
      ),
    ),
    // Of an API that a document describes, no method is a resource.
    routes: read
      .filter((each) => !each.hasBody)
      .flatMap(({ apiId, api }) =>
        (api.resources ?? []).flatMap(({ id = "", path = "", resourceMethods = {} }) =>
          Object.entries(resourceMethods).flatMap(([method, { apiKeyRequired = false }]) =>
            known.has(`${METHOD.type} ${apiId} ${id} ${method}`)
              ? []
              : [{ apiId, route: `${method} ${path}`, resourceId: id, apiKeyRequired }],
          ),
        ),
      ),
  };
}

/** Whether a document describes the API. */
export const hasBody = ({ attributes }: TerraformResource): boolean => stringOf(attributes.body) !== "";
