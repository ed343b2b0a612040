import { REST_API } from "../contract/rest-api";
import { byName } from "../text/order";
import type { ExternalIds } from "./external-ids";
import { existingKeysIn } from "./identity";
import type { Memberships } from "./memberships";
import type { ExternalApi, ExternalKey, ExternalResources, KeyModel } from "./model";
import type { Naming } from "./naming";
import type { ResourceIndex } from "./resource-index";
import { routesOf } from "./routes";
import { stagesOf } from "./stages";
import type { TerraformResource } from "./terraform-resource";

/** What is managed elsewhere, as far as the resources of one state concern it: parts of APIs, and who is in which plan. */
export function externalResources(
  { apis, plans, keys }: ExternalIds,
  index: ResourceIndex,
  naming: Naming,
  managed: ReadonlyMap<TerraformResource, KeyModel>,
  { ofExternal }: Memberships,
): ExternalResources {
  const existing = existingKeysIn([index]);
  const externalKeys = new Map(
    [...keys].map(([awsId, name]): [string, ExternalKey] => {
      const { subscription, key, stack } = existing.get(awsId) ?? {};
      return [awsId, { external: true, awsId, id: naming.externalKey(awsId), subscription, key, stack, name }];
    }),
  );
  const keyOf = (key: TerraformResource | string) =>
    typeof key === "string" ? externalKeys.get(key) : managed.get(key);
  return {
    apis: apis.map((awsId) => externalApi(awsId, naming.externalApi(awsId), index)),
    plans: plans.map((awsId) => ({
      external: true,
      awsId,
      id: naming.externalPlan(awsId),
      keys: ofExternal.filter(({ plan }) => plan === awsId).flatMap(({ key }) => keyOf(key) ?? []),
    })),
    keys: [...externalKeys.values()],
  };
}

function externalApi(awsId: string, id: string, index: ResourceIndex): ExternalApi {
  // Parts of an API refer to it by its id in AWS, and to nothing else of it.
  const api = { stack: undefined, address: awsId, type: REST_API.type, folder: "", attributes: { id: awsId } };
  return { external: true, awsId, id, name: id, routes: routesOf(api, index), stages: stagesOf(api, index) };
}

/** The external keys that are in a plan which the resources manage. Sorted by id. */
export function externalKeysIn(
  plan: TerraformResource,
  { ofExternal }: Memberships,
  keys: readonly ExternalKey[],
): ExternalKey[] {
  const own = new Set(ofExternal.filter((each) => each.plan === plan).map(({ key }) => key));
  return own.size === 0 ? [] : keys.filter(({ awsId }) => own.has(awsId)).sort((a, b) => byName(a.id, b.id));
}
