import { planNotes } from "../model/plan-notes";
import { planScope } from "../model/plan-scope";
import { gatewayOf } from "../model/read-gateway";
import { type ResourceChange, resourceChanges, UnreadablePlan } from "../model/resource-changes";
import type { Shown } from "../model/shown";
import { identityBefore, resourcesOfShow } from "../model/shown-resources";
import { readStackFiles } from "../model/stack-files";
import { type TerraformResource, type TerraformResources, withoutKeyValues } from "../model/terraform-resource";
import { isObject } from "../vocabulary/objects";
import type { Unread } from "./account-reading";
import { NOTHING_BESIDE } from "./beside";
import type { Compared } from "./compare-account";
import { compare } from "./differences";
import { findingsOf } from "./findings";
import { Facts } from "./findings/facts";
import { changedElsewhere } from "./findings/others";
import { managedResources, wantedIn } from "./managed";
import { isCompared } from "./parts";
import { byRegion } from "./regions";

/** What `terraform show -json` printed of a refresh-only plan. */
export interface RefreshOnlyPlan {
  /** The stack of which it is. */
  readonly stack: string;
  /** The file, for messages. */
  readonly file: string;
  readonly json: Shown;
}

interface ReadPlan {
  readonly state: TerraformResources;
  readonly actual: readonly TerraformResource[];
  readonly drift: readonly ResourceChange[];
  readonly notRead: readonly Unread[];
  readonly isDeployed: boolean;
  readonly stack: string;
}

/**
 * Compares what refresh-only plans found in the account with the states.
 *
 * @param folder cdktf's output folder, whose stacks say what is wanted by now; `undefined` where only the states do
 * @throws Error that names all files that are not such plans
 */
export function comparePlans(plans: readonly RefreshOnlyPlan[], folder: string | undefined): Compared {
  const read = readEach(plans);
  const files =
    folder === undefined ? [] : readStackFiles(folder).filter(({ stack }) => read.some((each) => each.stack === stack));
  const states = read.flatMap(({ state }) => state.resources);
  const actual = new Map(read.flatMap((each) => each.actual).map((each) => [placeOf(each), each]));
  const actualOf = (resource: TerraformResource) => actual.get(placeOf(resource))?.attributes ?? "gone";
  const gateway = gatewayOf({
    resources: states,
    unsupported: [],
    identities: new Map(read.flatMap(({ state }) => [...state.identities])),
  });
  const planned = new Set(files.map(({ stack }) => stack));
  const wanted = folder === undefined ? undefined : wantedIn(folder, files, states);
  // Stacks of which there is no file are compared with their states.
  const managed = [
    ...managedResources(
      states.filter(({ stack }) => planned.has(stack ?? "")),
      wanted,
      actualOf,
    ),
    ...managedResources(
      states.filter(({ stack }) => !planned.has(stack ?? "")),
      undefined,
      actualOf,
    ),
  ];
  const comparison = compare(managed);
  const regions = byRegion(states, files);
  const findings = [...regions].flatMap(([region, resources]) => {
    const own = new Set(resources);
    const facts = new Facts(gateway, resources, region);
    const ofRegion = {
      ...comparison,
      gone: comparison.gone.filter(({ resource }) => own.has(resource)),
      changed: comparison.changed.filter(({ resource }) => own.has(resource)),
    };
    return findingsOf(ofRegion, NOTHING_BESIDE, facts, actualOf);
  });
  const others = changedElsewhere(
    read.flatMap(({ drift }) => drift).filter(({ type }) => !isCompared(type)),
    states,
    gateway,
  );
  return {
    comparedWith: "refresh-only plans",
    regions: [...regions.keys()].flatMap((region) => region ?? []),
    resources: states.filter(({ type }) => isCompared(type)),
    findings: [...findings, ...others],
    notDeployed: [
      ...(wanted?.notCreated ?? []).filter(({ stack }) => planned.has(stack ?? "")),
      ...comparison.notDeployed,
    ],
    neverDeployed: read.filter(({ isDeployed }) => !isDeployed).map(({ stack }) => stack),
    notRead: [
      ...read.flatMap(({ notRead }) => notRead),
      ...comparison.notRead.map(({ resource, why }) => ({ what: `${resource.stack}: ${resource.address}`, why })),
    ],
    notCompared: NOT_COMPARED,
    elsewhere: new Map(),
  };
}

/** What Terraform does not look for, for people. */
const NOT_COMPARED = [
  "what no stack holds: keys, usage plans, stages, routes and settings that somebody added, and keys that were put into further plans",
  "stacks of which no plan was given",
];

const placeOf = ({ stack, address }: Pick<TerraformResource, "address" | "stack">) => `${stack ?? ""}|${address}`;

function readEach(plans: readonly RefreshOnlyPlan[]): ReadPlan[] {
  const problems: string[] = [];
  const read = plans.flatMap((plan) => {
    try {
      return [readPlan(plan)];
    } catch (error) {
      if (!(error instanceof UnreadablePlan)) throw error;
      problems.push(`${plan.file}: ${error.message}`);
      return [];
    }
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return read;
}

const HOW =
  'run "terraform plan -refresh-only -out=drift" in the folder of the stack, and give what "terraform show -json drift" prints';

function readPlan({ stack, json }: RefreshOnlyPlan): ReadPlan {
  const { covers } = scopeOf(json);
  if (Array.isArray(json.resource_changes) && json.resource_changes.length > 0)
    throw new UnreadablePlan(`it plans the configuration, and does not say whether it looked at the account; ${HOW}`);
  const prior = isObject(json.prior_state) ? (json.prior_state as Shown) : undefined;
  const drift = planNotes(json, stack).drift;
  const after = prior === undefined ? NONE : resourcesOfShow(prior, "", stack);
  const changes = new Map(
    resourceChanges({ resource_changes: json.resource_drift }, stack).map((change) => [change.address, change]),
  );
  const before = after.resources.map((each): TerraformResource => {
    const then = changes.get(each.address)?.before;
    return then ? { ...each, attributes: then } : each;
  });
  const there = new Set(after.resources.map(({ address }) => address));
  const deleted = [...changes.values()].flatMap(({ address, type, before: then }): TerraformResource[] =>
    then === undefined || there.has(address) ? [] : [{ stack, address, type, folder: "", attributes: then }],
  );
  return {
    stack,
    state: {
      ...after,
      resources: withoutKeyValues([...before, ...deleted]),
      identities: new Map([...after.identities, ...identityBefore(json, stack)]),
    },
    actual: withoutKeyValues(after.resources),
    drift,
    isDeployed: before.length + deleted.length > 0,
    notRead:
      json.complete === false || covers === "part"
        ? [{ what: `parts of ${stack}`, why: "the plan leaves resources out (-target); plan without it" }]
        : [],
  };
}

/** A plan of a configuration that was never applied covers nothing, which is said elsewhere. */
function scopeOf(json: Shown): { readonly covers: string } {
  if (!isObject(json.planned_values)) throw new UnreadablePlan(`it is not a plan; ${HOW}`);
  return planScope({ ...json, resource_changes: json.resource_changes ?? [] });
}

const NONE: TerraformResources = { resources: [], unsupported: [], identities: new Map() };
