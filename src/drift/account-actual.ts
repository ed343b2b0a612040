import type * as sdk from "@aws-sdk/client-api-gateway";
import type { AccountKey, AccountPlan } from "../aws/account";
import {
  keyAttributes,
  methodSettingsAttributes,
  planAttributes,
  restApiAttributes,
  routeResources,
  stageAttributes,
} from "../aws/terraform-attributes";
import { API_KEY } from "../contract/api-key";
import { type Attributes, stringOf } from "../contract/attributes";
import { INTEGRATION } from "../contract/integration-resource";
import { METHOD } from "../contract/method";
import { decodeMethodPath } from "../contract/method-path";
import { METHOD_SETTINGS } from "../contract/method-settings";
import { decodePlanKey, PLAN_KEY } from "../contract/plan-key";
import { REST_API } from "../contract/rest-api";
import { STAGE } from "../contract/stage";
import { USAGE_PLAN } from "../contract/usage-plan";
import type { TerraformResource } from "../model/terraform-resource";
import type { AccountReading, ReadApi } from "./account-reading";
import type { Actual } from "./managed";

/** What an account has in the place of a deployed resource. */
export function actualIn(reading: AccountReading): (resource: TerraformResource) => Actual {
  return ({ type, attributes }) => READERS[type]?.(attributes, reading) ?? "not-read";
}

type Reader = (state: Attributes, reading: AccountReading) => Actual;

const READERS: Readonly<Record<string, Reader>> = {
  [API_KEY.type]: ({ id }, { keys }) => found(keys, stringOf(id), (key) => withAllTags(keyAttributes(key), key)),
  [USAGE_PLAN.type]: ({ id }, { plans }) =>
    found(plans, stringOf(id), (plan) => withAllTags(planAttributes(plan), plan)),
  [PLAN_KEY.type]: (state, { plansOfKeys }) => {
    const { keyId, usagePlanId } = decodePlanKey(state);
    if (plansOfKeys === undefined) return "not-read";
    return plansOfKeys.get(keyId)?.includes(usagePlanId) ? {} : "gone";
  },
  [REST_API.type]: ({ id }, { apis }) =>
    found(apis, stringOf(id), ({ api }) => withAllTags(restApiAttributes(api), api)),
  [STAGE.type]: (state, reading) => stageIn(state, reading, (stage) => withAllTags(namedStage(stage), stage)),
  [METHOD_SETTINGS.type]: (state, reading) =>
    stageIn(state, reading, ({ methodSettings = {} }) => {
      const route = decodeMethodPath(stringOf(state.method_path));
      const setting = Object.entries(methodSettings).find(([path]) => decodeMethodPath(path) === route);
      return setting === undefined ? "gone" : methodSettingsAttributes(...setting);
    }),
  [METHOD.type]: (state, reading) => methodIn(state, reading, (method) => partsOf(method).method),
  [INTEGRATION.type]: (state, reading) =>
    methodIn(state, reading, (method) => partsOf(method).integration ?? ("gone" as const)),
};

const namedStage = (stage: sdk.Stage): Attributes => ({ ...stageAttributes(stage), deployment_id: stage.deploymentId });

/** Models and validators by their names alone: what they say is not compared. */
const partsOf = (method: sdk.Method) => routeResources(method, { models: [], validators: [] });

/** A state has all tags, those of the provider too. */
const withAllTags = (
  attributes: Attributes,
  { tags }: Pick<AccountKey | AccountPlan, "tags"> | sdk.RestApi,
): Attributes => ({
  ...attributes,
  tags_all: tags ?? {},
});

function found<Item>(
  items: ReadonlyMap<string, Item> | undefined,
  id: string,
  attributesOf: (item: Item) => Actual,
): Actual {
  if (items === undefined) return "not-read";
  const item = items.get(id);
  return item === undefined ? "gone" : attributesOf(item);
}

function apiIn({ rest_api_id: id }: Attributes, { apis }: AccountReading, partOf: (api: ReadApi) => Actual): Actual {
  return found(apis, stringOf(id), partOf);
}

function stageIn(state: Attributes, reading: AccountReading, attributesOf: (stage: sdk.Stage) => Actual): Actual {
  return apiIn(state, reading, ({ stages }) => {
    if (stages === undefined) return "not-read";
    const stage = stages.find(({ stageName }) => stageName === stringOf(state.stage_name));
    return stage === undefined ? "gone" : attributesOf(stage);
  });
}

function methodIn(state: Attributes, reading: AccountReading, attributesOf: (method: sdk.Method) => Actual): Actual {
  return apiIn(state, reading, ({ resources }) => {
    if (resources === undefined) return "not-read";
    const resource = resources.find(({ id }) => id === stringOf(state.resource_id));
    const method = resource?.resourceMethods?.[stringOf(state.http_method)];
    return method === undefined ? "gone" : attributesOf(method);
  });
}
