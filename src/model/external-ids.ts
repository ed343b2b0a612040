import { API_KEY } from "../contract/api-key";
import { stringOf } from "../contract/attributes";
import { decodePlanKey, PLAN_KEY } from "../contract/plan-key";
import { REST_API } from "../contract/rest-api";
import { STAGE } from "../contract/stage";
import { decodeUsagePlan, USAGE_PLAN } from "../contract/usage-plan";
import type { ResourceIndex } from "./resource-index";

/** Ids in AWS of what the resources name and do not manage, sorted. */
export interface ExternalIds {
  readonly apis: readonly string[];
  readonly plans: readonly string[];
  /** With the names of the keys; the id where no resource says the name. */
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * @param states the resources before and after a change, or of one state; what is managed in one of them is external in none
 */
export function externalIds(states: readonly ResourceIndex[]): ExternalIds {
  const all = (type: string) => states.flatMap((index) => index.ofType(type));
  const external = (type: string, named: readonly string[]) => {
    const managed = new Set(all(type).map(({ attributes }) => stringOf(attributes.id)));
    return [...new Set(named.filter((id) => isAwsId(id) && !managed.has(id)))].sort();
  };
  const memberships = all(PLAN_KEY.type).map(({ attributes }) => ({ ...decodePlanKey(attributes), attributes }));
  // The provider says a key's name at its place in a plan, once that exists.
  const names = new Map(
    memberships.flatMap(({ keyId, attributes }) => {
      const name = stringOf(attributes.name);
      return name === "" ? [] : [[keyId, name] as const];
    }),
  );
  const keys = external(
    API_KEY.type,
    memberships.map(({ keyId }) => keyId),
  );
  return {
    apis: external(REST_API.type, [
      ...all(USAGE_PLAN.type).flatMap(({ attributes }) => decodeUsagePlan(attributes).stages.map(({ apiId }) => apiId)),
      ...all(STAGE.type).map(({ attributes }) => stringOf(attributes.rest_api_id)),
    ]),
    plans: external(
      USAGE_PLAN.type,
      memberships.map(({ usagePlanId }) => usagePlanId),
    ),
    keys: new Map(keys.map((id) => [id, names.get(id) ?? id])),
  };
}

/** AWS makes ids of these characters; what is known only later is not an id. */
const isAwsId = (text: string) => /^[a-z0-9]+$/.test(text);
