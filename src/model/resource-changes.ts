import { type Attributes, stringOf } from "../contract/attributes";
import { canonicalJson } from "../text/canonical-json";
import { isObject } from "../vocabulary/objects";
import { isDefault } from "./aws-defaults";
import { Module } from "./configuration";
import { objectsOf } from "./instances";

/** What Terraform is going to do with a resource; `forget` takes it out of the state and leaves it where it is. */
export type Action = "create" | "delete" | "forget" | "none" | "replace" | "update";

/** What a plan says of one resource. */
export interface ResourceChange {
  readonly stack: string;
  /** Terraform's address after the change. */
  readonly address: string;
  /** The address before; `undefined` unless the resource moves. */
  readonly previousAddress: string | undefined;
  readonly type: string;
  readonly action: Action;
  /**
   * Whether what replaces it is created before it is deleted.
   *
   * @default false
   */
  readonly createdFirst?: boolean;
  /** Attributes for whose sake the resource is replaced, such as `value`; none where a person asked for it. */
  readonly replacedFor: readonly string[];
  /**
   * Whether it is replaced because something changes to which the configuration ties it (`replace_triggered_by`).
   *
   * @default false
   */
  readonly triggered?: boolean;
  /** Whether an existing resource is taken into the state. */
  readonly imported: boolean;
  /** `undefined` for what does not exist yet. */
  readonly before: Attributes | undefined;
  /** `undefined` for what will not exist any more; what AWS decides is missing. */
  readonly after: Attributes | undefined;
  /** Attributes of an existing resource that will be different, sorted. */
  readonly changedAttributes: readonly string[];
  /** Attributes that are known only after the apply, in whole or in part; sorted. */
  readonly unknownAttributes: readonly string[];
  /** Attributes that Terraform marks as sensitive, in whole or in part; sorted. */
  readonly sensitiveAttributes: readonly string[];
  /** Whether it is updated in a way that the plan does not show: somebody may have taken it out. */
  readonly isHidden?: boolean;
  /** Address of the API whose body describes it; only of a part that Terraform does not manage as a resource. */
  readonly bodyOf?: string | undefined;
}

/** A part of a plan that cannot be read is an error in the plan, and names the place. */
export class UnreadablePlan extends Error {}

/** The changes that a plan announces to the resources that Terraform manages; unchanged ones are among them. */
export function resourceChanges(shown: Attributes, stack: string): ResourceChange[] {
  const { resource_changes: changes = [] } = shown;
  const configuration = isObject(shown.configuration) ? shown.configuration.root_module : undefined;
  const given = givenIn(new Module(configuration, "", undefined));
  if (!Array.isArray(changes)) throw new UnreadablePlan(`resource_changes is not a list`);
  return changes.flatMap((each, index) => {
    const place = `resource_changes[${index}]`;
    if (!isObject(each) || typeof each.address !== "string" || typeof each.type !== "string" || !isObject(each.change))
      throw new UnreadablePlan(`${place} is not a change of a resource`);
    if (each.mode === "data") return [];
    // An object that an apply before did not come to delete has the address of the one that took its place.
    const deposed = typeof each.deposed === "string" ? ` (deposed ${each.deposed})` : "";
    const change = resourceChange(each.address + deposed, each.type, each, each.change, stack, place);
    return [change.action === "replace" ? withoutDefaults(change, given(each)) : change];
  });
}

/** What the configuration gives a resource. */
const givenIn =
  (root: Module) =>
  ({ module_address: module, type, name }: Attributes): Attributes | undefined => {
    const resource = root.at(stringOf(module))?.resource(`${stringOf(type)}.${stringOf(name)}`);
    return isObject(resource?.expressions) ? resource.expressions : undefined;
  };

/** What is decided by AWS again, as it was decided before, is known only after the apply and does not change. */
function withoutDefaults(change: ResourceChange, given: Attributes | undefined): ResourceChange {
  const { type, before = {}, after = {} } = change;
  // A plan that says nothing of its configuration leaves all open.
  if (given === undefined) return change;
  const completed = Object.fromEntries(
    Object.entries(before).flatMap(([name, was]) => {
      if (!(name in after)) return !(name in given) && isDefault(type, name, was, before) ? [[name, was]] : [];
      const [block, blockThen, blockGiven] = [onlyBlock(after[name]), onlyBlock(was), onlyBlock(given[name])];
      if (!block || !blockThen || !blockGiven) return [];
      const missing = Object.entries(blockThen).filter(
        ([part, value]) =>
          !(part in block) && !(part in blockGiven) && isDefault(type, `${name}.${part}`, value, blockThen),
      );
      return missing.length > 0 ? [[name, [{ ...block, ...Object.fromEntries(missing) }]]] : [];
    }),
  );
  const stays = (name: string) => name in completed && canonicalJson(completed[name]) === canonicalJson(before[name]);
  return {
    ...change,
    after: { ...after, ...completed },
    changedAttributes: change.changedAttributes.filter((name) => !stays(name)),
  };
}

function onlyBlock(value: unknown): Attributes | undefined {
  const [block, ...others] = objectsOf(value);
  return others.length === 0 ? block : undefined;
}

function resourceChange(
  address: string,
  type: string,
  { previous_address: previous, action_reason: reason }: Attributes,
  change: Attributes,
  stack: string,
  place: string,
): ResourceChange {
  const before = isObject(change.before) ? change.before : undefined;
  const after = isObject(change.after) ? change.after : undefined;
  const planned = actionOf(change.actions, place);
  const changed = before && after && planned !== "none" ? changedAttributes(before, after, change.after_unknown) : [];
  // Terraform also updates a resource of which another part is sensitive from now on.
  const [marksBefore, marksAfter] = [change.before_sensitive, change.after_sensitive].map((each) =>
    JSON.stringify(each),
  );
  const showsNothing = planned === "update" && changed.length === 0;
  const action = showsNothing && marksBefore !== marksAfter ? "none" : planned;
  return {
    stack,
    address,
    previousAddress: typeof previous === "string" && previous !== address ? previous : undefined,
    type,
    action,
    replacedFor: action === "replace" ? pathsOf(change.replace_paths) : [],
    imported: isObject(change.importing),
    before,
    after,
    changedAttributes: changed,
    isHidden: showsNothing && action !== "none",
    unknownAttributes: after ? markedIn(change.after_unknown) : [],
    sensitiveAttributes: [
      ...new Set([...markedIn(change.before_sensitive), ...markedIn(change.after_sensitive)]),
    ].sort(),
    ...(isCreatedFirst(change.actions) && { createdFirst: true }),
    ...(reason === "replace_by_triggers" && { triggered: true }),
  };
}

const ACTIONS: Readonly<Record<string, Action>> = {
  "no-op": "none",
  create: "create",
  update: "update",
  delete: "delete",
  forget: "forget",
  "delete,create": "replace",
  "create,delete": "replace",
  "create,forget": "replace",
  "forget,create": "replace",
};

function actionOf(actions: unknown, place: string): Action {
  const action = Array.isArray(actions) ? ACTIONS[actions.join(",")] : undefined;
  if (action === undefined)
    throw new UnreadablePlan(`${place}.change.actions is none that is known (${Object.keys(ACTIONS).join("; ")})`);
  return action;
}

const isCreatedFirst = (actions: unknown) => Array.isArray(actions) && actions.length > 1 && actions[0] === "create";

/** `value` and `api_stages[0].stage`, as Terraform's list of paths has them. */
function pathsOf(paths: unknown): string[] {
  if (!Array.isArray(paths)) return [];
  const texts = paths.map((path) =>
    (Array.isArray(path) ? path : []).map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join(""),
  );
  return [...new Set(texts.map((text) => text.replace(/^\./, "")))].sort();
}

function changedAttributes(before: Attributes, after: Attributes, unknown: unknown): string[] {
  const later = isObject(unknown) ? unknown : {};
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(later)]);
  return [...names]
    .filter((name) => isMarked(later[name]) || JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .sort();
}

/** The attributes that are marked, sorted. */
const markedIn = (marks: unknown): string[] =>
  Object.entries(isObject(marks) ? marks : {})
    .filter(([, mark]) => isMarked(mark))
    .map(([name]) => name)
    .sort();

/** Whether something in a value is marked: as known only after the apply, or as sensitive. */
function isMarked(mark: unknown): boolean {
  if (mark === true) return true;
  if (Array.isArray(mark)) return mark.some(isMarked);
  return isObject(mark) && Object.values(mark).some(isMarked);
}
