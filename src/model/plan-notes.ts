import { type Attributes, isEmpty, stringOf } from "../contract/attributes";
import { isObject } from "../vocabulary/objects";
import { Module } from "./configuration";
import { objectsOf } from "./instances";
import { type ResourceChange, resourceChanges } from "./resource-changes";

/** A change that Terraform leaves for a later plan, because something that it needs is not known yet. */
export interface DeferredChange {
  readonly address: string;
  readonly type: string;
  /** Terraform's word: `instance_count_unknown`. */
  readonly reason: string;
}

/** An action of a provider that the apply runs beside the changes of resources. */
export interface InvokedAction {
  readonly address: string;
  readonly type: string;
  /** What triggers it: `before update of aws_lambda_function.pets`; `""` where somebody asked for it. */
  readonly trigger: string;
  /** Whether it is left for a later plan. */
  readonly isDeferred: boolean;
}

/** A resource with provisioners, which run a program when it is created or deleted. */
export interface RunProgram {
  readonly address: string;
  /** `local-exec`, for each. */
  readonly provisioners: readonly string[];
  readonly when: "created" | "deleted";
}

/** A check, precondition or postcondition that does not hold. */
export interface FailedCheck {
  readonly address: string;
  /** Why, in the words of its author; none where it could not be evaluated. */
  readonly messages: readonly string[];
}

/** What a plan says beside what it changes. */
export interface PlanNotes {
  /** `OpenTofu 1.9.0`; `undefined` for Terraform. */
  readonly otherTool: string | undefined;
  readonly formatVersion: string;
  readonly deferred: readonly DeferredChange[];
  readonly actions: readonly InvokedAction[];
  /** Resources whose provisioners the apply runs. */
  readonly programs: readonly RunProgram[];
  /** What was changed outside Terraform: from the state as it was to the account as it is. */
  readonly drift: readonly ResourceChange[];
  readonly failedChecks: readonly FailedCheck[];
  /** Parts of the plan, by name, that hold something and are not known here; sorted. */
  readonly unreadParts: readonly string[];
}

/** The newest version of the format that is known here. Others with the same first number only add to it. */
export const KNOWN_FORMAT = "1.2";

/** @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const KNOWN_PARTS = new Set([
  ...["format_version", "terraform_version", "timestamp", "applyable", "complete", "errored", "variables"],
  ...["planned_values", "proposed_unknown", "prior_state", "configuration", "relevant_attributes", "checks"],
  ...["resource_changes", "resource_drift", "output_changes", "deferred_changes"],
  ...["action_invocations", "deferred_action_invocations"],
]);

/** @throws UnreadablePlan for a change of another shape */
export function planNotes(shown: Attributes, stack: string): PlanNotes {
  return {
    otherTool: otherTool(shown),
    formatVersion: stringOf(shown.format_version),
    deferred: objectsOf(shown.deferred_changes).map(({ reason, resource_change }) => {
      const { address, type } = isObject(resource_change) ? resource_change : {};
      return { address: stringOf(address), type: stringOf(type), reason: stringOf(reason) };
    }),
    actions: [
      ...objectsOf(shown.action_invocations).map((each) => actionOf(each, false)),
      ...objectsOf(shown.deferred_action_invocations).map((each) => actionOf(each.action_invocation, true)),
    ],
    programs: programsIn(shown, stack),
    // A resource that only moves does so in the configuration.
    drift: resourceChanges({ resource_changes: shown.resource_drift }, stack).filter(({ action }) => action !== "none"),
    failedChecks: objectsOf(shown.checks).flatMap(failedCheck),
    unreadParts: Object.keys(shown)
      .filter((name) => !KNOWN_PARTS.has(name) && !isEmpty(shown[name]))
      .sort(),
  };
}

/** OpenTofu writes its own version where Terraform writes Terraform's; its registry gives it away. */
function otherTool(shown: Attributes): string | undefined {
  const version = stringOf(shown.terraform_version);
  const { provider_config } = isObject(shown.configuration) ? shown.configuration : {};
  const providers = [
    ...Object.values(isObject(provider_config) ? provider_config : {}).map((each) => isObject(each) && each.full_name),
    ...objectsOf(shown.resource_changes).map((each) => each.provider_name),
  ];
  if (providers.some((each) => stringOf(each).startsWith("registry.opentofu.org/")))
    return `OpenTofu ${version}`.trim();
  return version === "" ? "a program that does not say its version" : undefined;
}

/** A file that is copied runs nothing. */
function programsIn(shown: Attributes, stack: string): RunProgram[] {
  const root = new Module(isObject(shown.configuration) ? shown.configuration.root_module : undefined, "", undefined);
  return objectsOf(shown.resource_changes).flatMap((each): RunProgram[] => {
    const resource = root.at(stringOf(each.module_address))?.resource(`${stringOf(each.type)}.${stringOf(each.name)}`);
    const provisioners = objectsOf(resource?.provisioners).flatMap(({ type }) =>
      type === "file" ? [] : [stringOf(type)],
    );
    if (provisioners.length === 0) return [];
    return resourceChanges({ resource_changes: [each] }, stack).flatMap(({ address, action }): RunProgram[] => {
      if (action === "create" || action === "replace") return [{ address, provisioners, when: "created" }];
      return action === "delete" ? [{ address, provisioners, when: "deleted" }] : [];
    });
  });
}

function actionOf(invocation: unknown, isDeferred: boolean): InvokedAction {
  const { address, type, lifecycle_action_trigger: trigger } = isObject(invocation) ? invocation : {};
  const { triggering_resource_address: resource, action_trigger_event: event } = isObject(trigger) ? trigger : {};
  const when = stringOf(event).replace(/(?<=[a-z])(?=[A-Z])/g, " ");
  const text = resource === undefined ? "" : `${when.toLowerCase()} of ${stringOf(resource)}`;
  return { address: stringOf(address), type: stringOf(type), trigger: text.trim(), isDeferred };
}

function failedCheck({ address, status, instances }: Attributes): FailedCheck[] {
  if (status !== "fail" && status !== "error") return [];
  const problems = objectsOf(instances).flatMap((each) => objectsOf(each.problems));
  const name = isObject(address) ? stringOf(address.to_display) : "";
  return [{ address: name, messages: problems.map(({ message }) => stringOf(message)) }];
}
