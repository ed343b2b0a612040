import type * as sdk from "@aws-sdk/client-api-gateway";
import { type Account, type AccountApi, type AccountDomainName, toKey, toPlan } from "../aws/account";
import type { ControlPlane } from "../aws/control-plane";
import type { Asking } from "../aws/control-plane-client";
import { mapConcurrently } from "../aws/map-concurrently";
import { allPages } from "../aws/pages";
import { basePathAttributes, domainNameAttributes } from "../aws/terraform-attributes";
import { readDefinition } from "./read-definition";
import { choosesApi, choosesPlan, type Selection } from "./selection";

/** What `adopt` needs of the control plane. */
export const ADOPTING: Asking = {
  command: "adopt",
  rights: "/restapis, /domainnames, /usageplans and /apikeys and what is below them",
  afterwards: "Nothing was written; run the command again.",
};

/** Requests under way at once; what they wait for is the pace. */
const AT_ONCE = 8;

export interface ReadOptions {
  readonly selection: Selection;
  /**
   * Ids of keys that were adopted before, whose plans need not be asked for.
   * @default - none
   */
  readonly knownKeys?: ReadonlySet<string>;
  /**
   * Told how far it is: what is read, how many are done, and of how many if that is known.
   * @default - no callback
   */
  readonly onProgress?: (what: string, done: number, total?: number) => void;
}

/**
 * Reads what an account has in one Region, all pages of it. Values of keys are never asked for: which keys are in a plan
 * comes from the keys, for AWS lists a plan's keys with their values.
 *
 * @throws Error where AWS could not be asked to the end
 */
export async function readAccount(controlPlane: ControlPlane, options: ReadOptions): Promise<Account> {
  const { selection, knownKeys = new Set(), onProgress = () => {} } = options;
  const plans = (await allPages((page) => controlPlane.getUsagePlans(page), onCount("usage plans", onProgress))).map(
    toPlan,
  );
  const restApis = await allPages((page) => controlPlane.getRestApis(page), onCount("APIs", onProgress));
  const chosen = plans.filter((plan) => choosesPlan(selection, plan, restApis));
  const covered = new Set(chosen.flatMap(({ stages }) => stages.map(({ apiId }) => apiId)));
  const isDefined = (api: sdk.RestApi) =>
    selection.definitions && choosesApi(selection, api) && (selection.plans.length === 0 || covered.has(api.id ?? ""));
  const wanted = restApis.filter((api) => covered.has(api.id ?? "") || isDefined(api));
  const parts = selection.definitions ? "definitions of APIs" : "stages of APIs";
  const apis = await mapConcurrently(wanted, AT_ONCE, onCount(parts, onProgress, wanted.length), (api) =>
    readApi(controlPlane, api, isDefined(api)),
  );
  const keys = (await allPages((page) => controlPlane.getApiKeys(page), onCount("keys", onProgress))).map(toKey);
  const asked = keys.filter(({ id }) => !knownKeys.has(id));
  const memberships = await mapConcurrently(
    asked,
    AT_ONCE,
    onCount("plans of keys", onProgress, asked.length),
    async ({ id }) => {
      const its = await allPages((page) => controlPlane.getUsagePlans({ ...page, keyId: id }));
      return [id, its.map((plan) => plan.id ?? "")] as const;
    },
  );
  const domainNames = selection.definitions ? await readDomainNames(controlPlane, onProgress) : [];
  return { apis, plans, keys, plansOfKeys: new Map(memberships), domainNames };
}

async function readDomainNames(
  controlPlane: ControlPlane,
  onProgress: NonNullable<ReadOptions["onProgress"]>,
): Promise<AccountDomainName[]> {
  const names = await allPages((page) => controlPlane.getDomainNames(page), onCount("domain names", onProgress));
  const named = names.filter(({ domainName }) => domainName !== undefined);
  return mapConcurrently(named, AT_ONCE, onCount("base paths", onProgress, named.length), async (domain) => {
    const { domainName = "", domainNameId } = domain;
    const mappings = await allPages((page) =>
      controlPlane.getBasePathMappings({ ...page, domainName, ...(domainNameId && { domainNameId }) }),
    );
    return {
      attributes: domainNameAttributes(domain),
      mappings: mappings.map((mapping) => basePathAttributes(domainName, mapping)),
    };
  });
}

async function readApi(controlPlane: ControlPlane, api: sdk.RestApi, isDefined: boolean): Promise<AccountApi> {
  const { id = "", name = "", createdDate } = api;
  const { item: stages = [] } = await controlPlane.getStages({ restApiId: id });
  return {
    id,
    name,
    createdAt: createdDate?.getTime() ?? 0,
    stages: stages.map(({ stageName = "" }) => stageName),
    definition: isDefined ? await readDefinition(controlPlane, api, stages) : undefined,
  };
}

const onCount = (what: string, tell: NonNullable<ReadOptions["onProgress"]>, total?: number) => (count: number) =>
  tell(what, count, total);
