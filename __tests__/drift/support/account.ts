import { join } from "node:path";
import type * as sdk from "@aws-sdk/client-api-gateway";
import type { Catalog } from "../../../src";
import type { ControlPlane } from "../../../src/aws/control-plane";
import type { HandOverPlaces } from "../../../src/aws/hand-over-places";
import { compareAccount } from "../../../src/drift/compare-account";
import type { ManagedElsewhere } from "../../../src/drift/elsewhere";
import type { DriftReport } from "../../../src/drift/report";
import { reported } from "../../../src/drift/reported";
import { gatewayOf } from "../../../src/model/read-gateway";
import { readStackFiles, type StackFile } from "../../../src/model/stack-files";
import { synthesizedResources } from "../../../src/model/synthesized-resources";
import type { TerraformResources } from "../../../src/model/terraform-resource";
import type { States } from "../../../src/states/read-states";
import { deployedAccount, deployedResources } from "../../support/deployed-account";
import { synthesizeInto } from "../../support/read-synthesized";
import { HANDLERS_FOLDER } from "../../support/whole-catalog";

type Writable<Thing> = { -readonly [Name in keyof Thing]: Thing[Name] };

/** An account that somebody changes by hand. */
export interface PretendedAccount {
  keys: Writable<sdk.ApiKey & { id: string }>[];
  plans: Writable<sdk.UsagePlan & { id: string }>[];
  /** `<key> <plan>` */
  memberships: Set<string>;
  /** Names of parameters and secrets. */
  places: Set<string>;
  apis: { api: sdk.RestApi & { id: string }; stages: sdk.Stage[]; resources: sdk.Resource[] }[];
}

/** A catalog that is deployed: its stacks, their states, and an account that is as they say. */
export interface Deployed {
  readonly folder: string;
  readonly files: readonly StackFile[];
  readonly states: States;
  /** The account as it was deployed, as often as it is asked for. */
  account(): PretendedAccount;
}

export function deployedIn(folder: string, catalog: Catalog): Deployed {
  const output = join(folder, "cdktf.out");
  synthesizeInto(output, catalog, { handlersFolder: HANDLERS_FOLDER });
  const { resources, ...others } = synthesizedResources(output);
  const read: TerraformResources = { ...others, resources: deployedResources(resources) };
  const states = { resources: read, gateway: gatewayOf(read), neverDeployed: [] };
  const account = () => withExistingKeys(accountOf(resources), read);
  return { folder: output, files: readStackFiles(output), states, account };
}

/** With keys that are managed elsewhere, and that subscriptions name. */
function withExistingKeys(account: PretendedAccount, { resources }: TerraformResources): PretendedAccount {
  for (const { attributes } of resources.filter(({ type }) => type === "aws_api_gateway_usage_plan_key")) {
    const id = String(attributes.key_id);
    account.memberships.add(`${id} ${attributes.usage_plan_id}`);
    if (!account.keys.some((key) => key.id === id)) account.keys.push({ id, name: `existing ${id}`, enabled: true });
  }
  return account;
}

const MANAGED = { "managed-by": "cdktf-api-tiers" };

function accountOf(resources: Parameters<typeof deployedAccount>[0]): PretendedAccount {
  const { keys, plans, plansOfKeys, apis } = structuredClone(deployedAccount(resources));
  const withTags = <Thing extends { readonly tags?: Readonly<Record<string, string>> | undefined }>(thing: Thing) => ({
    ...thing,
    tags: { ...thing.tags, ...MANAGED },
  });
  return {
    keys: keys.map(({ createdAt, ...key }) => withTags({ ...key, createdDate: new Date(createdAt) })),
    plans: plans.map(({ stages, throttle, quota, ...plan }) =>
      withTags({
        ...plan,
        ...(throttle && { throttle: { ...throttle } }),
        ...(quota && { quota: { ...quota } }),
        apiStages: stages.map(({ apiId, stage, methodThrottles }) => ({
          apiId,
          stage,
          throttle: { ...methodThrottles },
        })),
      }),
    ) as PretendedAccount["plans"],
    memberships: new Set([...plansOfKeys].flatMap(([key, its]) => its.map((plan) => `${key} ${plan}`))),
    places: new Set(
      resources.flatMap(({ type, attributes }) =>
        type === "aws_ssm_parameter" || type === "aws_secretsmanager_secret" ? String(attributes.name) : [],
      ),
    ),
    apis: apis.flatMap(({ id, definition }) =>
      definition
        ? [
            {
              api: { ...definition.api, id },
              stages: definition.stages.map(withTags),
              resources: [...definition.resources],
            },
          ]
        : [],
    ),
  };
}

/** A control plane that answers from an account, in pages of two, so that no one reads only the first. */
export function controlPlaneOf(account: PretendedAccount): ControlPlane {
  const page = <Item>(items: readonly Item[], position: string | undefined) => {
    const from = Number(position ?? 0);
    return {
      items: items.slice(from, from + 2),
      ...(from + 2 < items.length && { position: String(from + 2) }),
    };
  };
  const apiOf = (id: string | undefined) => {
    const found = account.apis.find(({ api }) => api.id === id);
    if (!found) throw new Error("NotFoundException");
    return found;
  };
  const known: Partial<ControlPlane> = {
    getApiKeys: async (input) => {
      if ("includeValues" in input) throw new Error("somebody asks for values of keys");
      return page(account.keys, input.position);
    },
    getUsagePlans: async ({ keyId, position }) =>
      page(
        account.plans.filter(({ id }) => keyId === undefined || account.memberships.has(`${keyId} ${id}`)),
        position,
      ),
    getRestApis: async ({ position }) =>
      page(
        account.apis.map(({ api }) => api),
        position,
      ),
    getStages: async ({ restApiId }) => ({ item: apiOf(restApiId).stages }),
    getResources: async ({ restApiId, position }) => page(apiOf(restApiId).resources, position),
  };
  return known as ControlPlane;
}

/** Every place is there. */
const EVERYWHERE: HandOverPlaces = {
  parameters: async (names) => new Set(names),
  secrets: async (names) => new Set(names),
};

/** The places that an account has. */
export function placesOf({ places }: PretendedAccount): HandOverPlaces {
  const there = async (names: readonly string[]) => new Set(names.filter((name) => places.has(name)));
  return { parameters: there, secrets: there };
}

/** What is reported of an account. */
export async function driftOf(
  { states, folder, files }: Deployed,
  controlPlane: ControlPlane,
  { elsewhere = [], places = EVERYWHERE }: { elsewhere?: readonly ManagedElsewhere[]; places?: HandOverPlaces } = {},
): Promise<DriftReport> {
  const compared = await compareAccount({
    states,
    folder,
    files,
    elsewhere,
    placesIn: () => places,
    controlPlaneIn: async () => controlPlane,
  });
  return reported(compared, () => undefined);
}
