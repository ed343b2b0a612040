import { stringOf } from "../contract/attributes";
import type { ExportedSubscription } from "../contract/self-service-export";
import { KnownValues } from "../masking/known-values";
import { keyValues, secretValues } from "../masking/secret-values";
import { withBodies } from "../model/body/with-bodies";
import { externalIds } from "../model/external-ids";
import { namingOf } from "../model/naming";
import { type PlanNotes, planNotes } from "../model/plan-notes";
import { type PlanScope, planScope } from "../model/plan-scope";
import { isRedacted } from "../model/redacted";
import { type ResourceChange, resourceChanges, UnreadablePlan } from "../model/resource-changes";
import { ResourceIndex } from "../model/resource-index";
import { RuntimeKeysError, tiersOf } from "../model/runtime-keys";
import { identityBefore, resourcesOfShow } from "../model/shown-resources";
import { readStackFiles } from "../model/stack-files";
import { synthesizedResources } from "../model/synthesized-resources";
import { type TerraformResource, type TerraformResources, withoutKeyValues } from "../model/terraform-resource";
import { byName } from "../text/order";
import { withBodyChanges } from "./body-changes";
import { compareSynthesized, NOTHING } from "./compare-synthesized";
import { GatewayState, type RuntimeKeys } from "./gateway-state";
import { stagesRenamed } from "./holdings";
import { KeySources } from "./key-sources";
import { type KeyOutput, keyOutputs } from "./outputs";
import type { PlanFile } from "./plan-file";
import { onRenamedTiers, tiersRenamed } from "./renamed-tiers";

/** What a review reads besides the plans. */
export interface Synthesized {
  /**
   * cdktf's output folder of what is reviewed; it names the stacks that have no plan yet.
   * @default - only the plans are known
   */
  readonly synthesized?: string;
  /**
   * cdktf's output folder of the branch on which the change builds; it names the stacks that the change drops.
   * @default - no stack is known to be dropped
   */
  readonly base?: string;
  /**
   * Customers who signed up by themselves, whose keys are in no plan of Terraform.
   * @default - none
   */
  readonly selfService?: readonly ExportedSubscription[];
}

/** A plan: what it covers, and what it says beside its changes. */
export interface Source extends PlanScope, PlanNotes {
  readonly stack: string;
}

/** All that is known of a change. */
export interface Plans {
  /** The plans, in the order of their stacks. */
  readonly sources: readonly Source[];
  readonly changes: readonly ResourceChange[];
  readonly before: GatewayState;
  readonly after: GatewayState;
  /** Stages that get another name where they stand, before → after, as `<place of the API> <name>`. */
  readonly renamedStages: ReadonlyMap<string, string>;
  readonly secrets: KnownValues;
  /** Where values of keys go by the configuration of each plan, by stack. */
  readonly keySources: ReadonlyMap<string, KeySources>;
  /** The values of keys that the plans show. They are never printed. */
  readonly keyValues: KnownValues;
  /** Outputs that hold the value of a key, before or after. */
  readonly outputs: readonly KeyOutput[];
  /** Stacks with a plan, sorted. */
  readonly planned: readonly string[];
  /** Stacks that are synthesized, and have no plan, since something on which they build was never applied. Sorted. */
  readonly pending: readonly string[];
  /** Stacks that were synthesized before the change, and are not any more. Sorted. */
  readonly dropped: readonly string[];
}

/**
 * Reads the plans of one change, and what was synthesized around them.
 *
 * @throws Error that names all plans that cannot be read
 */
export function readPlans(files: readonly PlanFile[], { synthesized, base, selfService = [] }: Synthesized): Plans {
  const secrets = new KnownValues();
  const shownKeys = new KnownValues();
  const read = readEach(files, (plan) => {
    for (const value of secretValues(plan.json)) secrets.add(value);
    const { stack, json } = plan;
    for (const value of keyValues(json)) if (!isRedacted(value)) shownKeys.add(value);
    return {
      keySources: [stack, new KeySources(json)] as const,
      changes: resourceChanges(json, stack),
      source: { stack, ...planScope(json), ...planNotes(json, stack) },
      identityBefore: identityBefore(json, stack),
      after: resourcesOfShow(json, "", stack),
    };
  });
  const keySources = new Map(read.map((each) => each.keySources));
  const planned = files.map(({ stack }) => stack).sort();
  const here = synthesized === undefined ? undefined : stacksIn(synthesized);
  const pending = (here ?? []).filter((stack) => !planned.includes(stack));
  const dropped = base === undefined ? [] : stacksIn(base).filter((stack) => !(here ?? planned).includes(stack));
  const planChanges = read.flatMap((each) => each.changes);
  const isUsed = pending.length + dropped.length > 0;
  const then = base === undefined || !isUsed ? NO_RESOURCES : synthesizedResources(base);
  const now = synthesized === undefined || pending.length === 0 ? NO_RESOURCES : synthesizedResources(synthesized);
  const comparison =
    synthesized === undefined || pending.length === 0
      ? NOTHING
      : compareSynthesized(pending, synthesized, now.resources, then.resources, planChanges);
  const changes = [...planChanges, ...comparison.changes];
  // What a dropped stack holds stays as it is.
  const left = then.resources.filter(({ stack = "" }) => dropped.includes(stack));
  const existing = withoutTakenOver(planChanges);
  // What a plan leaves out stays as it is, too.
  const untouched = read.flatMap(({ source }) => resourcesLeftOut(source));
  const before = [...resourcesBefore(existing), ...comparison.before, ...left, ...untouched];
  const after = [
    ...read.flatMap((each) => each.after.resources),
    // What is forgotten stays in the account as it is.
    ...resourcesBefore(existing.filter(({ action }) => action === "forget")),
    ...comparison.after,
    ...left,
    ...untouched,
  ];
  const resourcesThen = withBodies({
    resources: before,
    unsupported: [],
    identities: new Map([
      ...identitiesOf(then, [...pending, ...dropped]),
      ...read.flatMap((each) => [...each.identityBefore]),
    ]),
  });
  const resourcesNow = withBodies(
    {
      resources: after,
      unsupported: read.flatMap((each) => each.after.unsupported),
      identities: new Map([
        ...identitiesOf(then, dropped),
        ...identitiesOf(now, pending),
        ...read.flatMap((each) => [...each.after.identities]),
      ]),
    },
    resourcesThen.resources,
  );
  const [stateBefore, stateAfter] = statesOf(files, resourcesThen, resourcesNow, selfService);
  return {
    sources: read.map(({ source }) => source).sort((a, b) => byName(a.stack, b.stack)),
    changes: withBodyChanges(changes, resourcesThen.resources, resourcesNow.resources),
    before: stateBefore,
    renamedStages: stagesRenamed(stateBefore, stateAfter),
    after: stateAfter,
    secrets,
    keySources,
    keyValues: shownKeys,
    outputs: keyOutputs(files, keySources, shownKeys),
    planned,
    pending,
    dropped,
  };
}

const NO_PLAN = 'is not as "terraform show -json" prints plans';

const NO_RESOURCES: TerraformResources = { resources: [], unsupported: [], identities: new Map() };

const identitiesOf = ({ identities }: TerraformResources, stacks: readonly string[]) =>
  [...identities].filter(([stack = ""]) => stacks.includes(stack));

/** The states before and after; what a plan holds is known only by what is done with it. */
function statesOf(
  files: readonly PlanFile[],
  before: TerraformResources,
  after: TerraformResources,
  selfService: readonly ExportedSubscription[],
): readonly [GatewayState, GatewayState] {
  const indexOf = ({ resources, ...others }: TerraformResources) =>
    new ResourceIndex({ resources: withoutKeyValues(resources), ...others });
  try {
    const [then, now] = [indexOf(before), indexOf(after)];
    const external = externalIds([then, now]);
    const naming = namingOf([then, now], external);
    const stateOf = (index: ResourceIndex, runtime?: RuntimeKeys) => new GatewayState(index, external, naming, runtime);
    const states = [stateOf(then), stateOf(now)] as const;
    if (selfService.length === 0) return states;
    // A tier that the plans remove is known before them, and one that they rename has its customers under both ids.
    const tiers = new Set(states.flatMap(({ gateway }) => [...tiersOf(gateway)]));
    const renamed = onRenamedTiers(selfService, tiersRenamed(...states));
    return [stateOf(then, { subscriptions: selfService, tiers }), stateOf(now, { subscriptions: renamed, tiers })];
  } catch (error) {
    if (error instanceof RuntimeKeysError) throw error;
    throw new Error(
      files.map(({ file }) => `${file} or another of these plans ${NO_PLAN}; create them again`).join("\n"),
    );
  }
}

function readEach<Result>(files: readonly PlanFile[], read: (plan: PlanFile) => Result): Result[] {
  const problems: string[] = [];
  const results = files.flatMap((plan) => {
    try {
      return [read(plan)];
    } catch (error) {
      // A plan that was changed by hand may be wrong in any way.
      const what = error instanceof UnreadablePlan ? `: ${error.message}` : "";
      problems.push(`${plan.file} ${NO_PLAN}${what}; create it again`);
      return [];
    }
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return results;
}

const stacksIn = (folder: string): string[] => readStackFiles(folder).map(({ stack }) => stack);

/** Without what Terraform forgets at one address and imports at another: it is there once. */
function withoutTakenOver(changes: readonly ResourceChange[]): ResourceChange[] {
  const idOf = ({ type, before }: ResourceChange) => `${type} ${stringOf(before?.id)}`;
  const imported = new Set(changes.filter((change) => change.imported).map(idOf));
  return changes.filter((change) => change.action !== "forget" || !imported.has(idOf(change)));
}

/** The account as it is. Resources that move have their new address, so that they are the same before and after. */
function resourcesBefore(changes: readonly ResourceChange[]): TerraformResource[] {
  return changes.flatMap(({ stack, address, type, before }): TerraformResource[] =>
    before ? [{ stack, address, type, folder: "", attributes: before }] : [],
  );
}

const resourcesLeftOut = ({ stack, leftOut }: Source): TerraformResource[] =>
  leftOut.map(({ address, type, values }) => ({ stack, address, type, folder: "", attributes: values }));
