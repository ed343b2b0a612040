import type { ControlPlane } from "../aws/control-plane";
import type { HandOverPlaces } from "../aws/hand-over-places";
import { API_KEY } from "../contract/api-key";
import { stringOf } from "../contract/attributes";
import { INTEGRATION } from "../contract/integration-resource";
import { METHOD } from "../contract/method";
import { METHOD_SETTINGS } from "../contract/method-settings";
import { REST_API } from "../contract/rest-api";
import { STAGE } from "../contract/stage";
import { USAGE_PLAN } from "../contract/usage-plan";
import type { StackFile } from "../model/stack-files";
import type { TerraformResource } from "../model/terraform-resource";
import type { States } from "../states/read-states";
import { actualIn } from "./account-actual";
import { type AccountReading, readForDrift, type Unread } from "./account-reading";
import { besideIn, hasBody } from "./beside";
import { compare } from "./differences";
import { type ManagedElsewhere, OWNERS } from "./elsewhere";
import { findingsOf } from "./findings";
import { Facts } from "./findings/facts";
import type { DriftFinding } from "./findings/finding";
import { addressOf } from "./findings/finding";
import { missingHandOvers } from "./hand-overs";
import { managedResources, wantedIn } from "./managed";
import { isCompared } from "./parts";
import { byRegion } from "./regions";

/** What comparing deployed resources with what is there came to, before it is reported. */
export interface Compared {
  readonly comparedWith: "account" | "refresh-only plans";
  readonly regions: readonly string[];
  /** Those that were compared. */
  readonly resources: readonly TerraformResource[];
  readonly findings: readonly DriftFinding[];
  readonly notDeployed: readonly TerraformResource[];
  readonly neverDeployed: readonly string[];
  readonly notRead: readonly Unread[];
  readonly notCompared: readonly string[];
  readonly elsewhere: ReadonlyMap<string, number>;
}

export interface AccountOptions {
  readonly states: States;
  /** cdktf's output folder, of which the states are. */
  readonly folder: string;
  readonly files: readonly StackFile[];
  /** The account in a Region; `undefined` for that of the environment. */
  readonly controlPlaneIn: (region: string | undefined) => Promise<ControlPlane>;
  /** Where keys are handed over, in a Region. */
  readonly placesIn: (region: string | undefined) => HandOverPlaces;
  /**
   * Who else manages keys, besides those that are known.
   * @default - nobody
   */
  readonly elsewhere?: readonly ManagedElsewhere[];
  readonly onProgress?: (what: string, done: number, total?: number) => void;
}

/**
 * Compares an account with the stacks that were deployed to it.
 *
 * @throws Error where nothing is deployed, and where the account has nothing of what was
 */
export async function compareAccount(options: AccountOptions): Promise<Compared> {
  const { states, folder, files, controlPlaneIn, placesIn, elsewhere: others = [], onProgress } = options;
  const deployed = states.resources.resources;
  if (!deployed.some(({ type }) => isCompared(type)))
    throw new Error(
      `no stack in ${folder} is deployed, so there is nothing to compare; deploy first, or name another folder`,
    );
  const wanted = wantedIn(folder, files, deployed);
  const regions = byRegion(deployed, files);
  const knownPlans = new Set(states.gateway.external.plans.map(({ awsId }) => awsId));
  const owners = [...OWNERS, ...others];
  const results: Omit<Compared, "comparedWith" | "neverDeployed" | "notCompared" | "notDeployed" | "regions">[] = [];
  const notDeployed: TerraformResource[] = [...wanted.notCreated];
  for (const [region, resources] of regions) {
    if (!resources.some(({ type }) => isCompared(type))) continue;
    const reading = await readForDrift(await controlPlaneIn(region), {
      apis: apisOf(resources),
      ...(onProgress && { onProgress }),
    });
    refuseOtherAccount(resources, reading, region);
    const actualOf = actualIn(reading);
    const comparison = compare(managedResources(resources, wanted, actualOf));
    const beside = besideIn(reading, resources, knownPlans, owners);
    const facts = new Facts(states.gateway, resources, region);
    notDeployed.push(...comparison.notDeployed);
    const handOvers = await missingHandOvers(resources, states.gateway, placesIn(region));
    const unread = [...reading.unread, ...handOvers.unread].map((each) =>
      region === undefined ? each : { ...each, what: `${each.what} in ${region}` },
    );
    results.push({
      resources: resources.filter(({ type }) => isCompared(type)),
      findings: [...findingsOf(comparison, beside, facts, actualOf), ...handOvers.findings],
      notRead: [...unread, ...unreadResources(comparison.notRead, reading.unread)],
      elsewhere: beside.elsewhere,
    });
  }
  return {
    comparedWith: "account",
    regions: [...regions.keys()].flatMap((region) => region ?? []),
    resources: results.flatMap((each) => each.resources),
    findings: results.flatMap((each) => each.findings),
    notDeployed,
    neverDeployed: states.neverDeployed,
    notRead: results.flatMap((each) => each.notRead),
    notCompared: [...NOT_COMPARED, ...documented(deployed, states)],
    elsewhere: sum(results.map((each) => each.elsewhere)),
  };
}

/** What this reads nothing of, for people. A refresh-only plan compares all of it that a stack holds. */
const NOT_COMPARED = [
  "values of keys, which are never asked for",
  "authorizers, models, request validators, gateway responses, and what methods and integrations answer",
  "domain names, base paths, VPC links, web ACLs, access log groups and alarms",
  "Lambda functions, their aliases and permissions",
  "what parameters and secrets hold to which keys are handed over",
  "usage plans of others that cover APIs which no stack defines",
] as const;

/** Of an API that a document describes, Terraform has no resource for a route. */
function documented(deployed: readonly TerraformResource[], { gateway }: States): string[] {
  const names = deployed
    .filter((each) => each.type === REST_API.type && hasBody(each))
    .map(
      ({ attributes }) => gateway.apis.find(({ awsId }) => awsId === attributes.id)?.id ?? stringOf(attributes.name),
    );
  return names.length === 0 ? [] : [`routes that a document describes, of ${names.sort().join(", ")}`];
}

/** Where the account as a whole could be read, what is open is said one by one. */
const unreadResources = (notRead: ReturnType<typeof compare>["notRead"], unread: readonly Unread[]): Unread[] =>
  unread.length > 0 ? [] : notRead.map(({ resource, why }) => ({ what: addressOf(resource), why }));

const PARTS = [STAGE.type, METHOD_SETTINGS.type, METHOD.type, INTEGRATION.type];

/** Ids of the APIs of which something is compared. */
function apisOf(resources: readonly TerraformResource[]): ReadonlySet<string> {
  return new Set(
    resources.flatMap(({ type, attributes }) => {
      if (type === REST_API.type) return stringOf(attributes.id);
      return PARTS.includes(type) ? stringOf(attributes.rest_api_id) : [];
    }),
  );
}

/** An account that has nothing of all that was deployed is another one, as far as anybody can tell. */
function refuseOtherAccount(
  resources: readonly TerraformResource[],
  { keys, plans, apis }: AccountReading,
  region: string | undefined,
): void {
  const there: Readonly<Record<string, ReadonlyMap<string, unknown> | undefined>> = {
    [API_KEY.type]: keys,
    [USAGE_PLAN.type]: plans,
    [REST_API.type]: apis,
  };
  const named = resources.filter(({ type }) => type in there);
  const isOpen = named.some(({ type }) => there[type] === undefined);
  if (named.length === 0 || isOpen || named.some(({ type, attributes }) => there[type]?.has(stringOf(attributes.id))))
    return;
  throw new Error(
    `none of the ${named.length} keys, usage plans and APIs that the states know is in this account${region === undefined ? "" : ` in ${region}`}; ` +
      "look at AWS_PROFILE and AWS_REGION, or at the folder: these may be the states of another account",
  );
}

function sum(counts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const [owner, count] of counts.flatMap((each) => [...each])) all.set(owner, (all.get(owner) ?? 0) + count);
  return all;
}
