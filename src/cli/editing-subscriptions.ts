import type { SubscriptionEdit } from "../editing/field-change";
import { checkNewId, checkTier, fileForNew } from "../editing/steps/add";
import { end } from "../editing/steps/end";
import { move } from "../editing/steps/move";
import { rename } from "../editing/steps/rename";
import { addKey, disableKey, removeKey, replaceLeakedKey } from "../editing/steps/rotate";
import type { Step } from "../editing/steps/step";
import { resume, suspend } from "../editing/steps/suspend";
import { Subscriptions } from "../editing/subscriptions/subscriptions";
import type { WrittenSubscription } from "../editing/subscriptions/written-subscription";
import { Texts } from "../editing/texts";
import type { DataFile } from "../editing/typescript/data-files";
import { finish } from "./editing-files";
import type {
  AddOptions,
  EditCommandOptions,
  EndOptions,
  MoveOptions,
  RenameOptions,
  ResumeOptions,
  RotateOptions,
} from "./subscription-options";

export function addSubscription(id: string, options: AddOptions): void {
  checkNewId(id);
  const fields = fieldsOfNew(options);
  const subscriptions = read(options);
  checkTier("--tier", options.tier, subscriptions);
  if (options.trial !== undefined) checkTier("--trial", options.trial, subscriptions);
  const file = fileForNew(subscriptions, options.catalog, options.file);
  apply(subscriptions, { kind: "add", id, fields }, [], options, file);
}

/** @throws Error for options of which one says nothing without the other */
function fieldsOfNew(options: AddOptions): Record<string, unknown> {
  const { tier, customer, cohort, startsOn, endsOn, trial, trialUntil, tag } = options;
  if ((trial === undefined) !== (trialUntil === undefined))
    throw new Error("--trial says which tier is tried and --trial-until how long; give both, or neither");
  const fields = {
    tier,
    customer,
    cohort,
    startsOn,
    endsOn,
    trial: trial === undefined ? undefined : { tier: trial, until: trialUntil },
    tags: Object.keys(tag).length > 0 ? tag : undefined,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export const moveSubscription = (id: string, options: MoveOptions): void =>
  change(id, options, (subscription, subscriptions) => {
    checkTier("--tier", options.tier, subscriptions);
    return move(subscription, options);
  });

export const suspendSubscription = (id: string, options: EditCommandOptions): void => change(id, options, suspend);

export const resumeSubscription = (id: string, options: ResumeOptions): void =>
  change(id, options, (subscription) => resume(subscription, options));

export function renameSubscription(id: string, to: string, options: RenameOptions): void {
  const subscriptions = read(options);
  const { changes, notes } = rename(subscriptions.find(id), { to, deployed: options.deployed });
  apply(subscriptions, { kind: "rename", id, to, changes }, notes, options);
}

export function rotateKeys(id: string, options: RotateOptions): void {
  const chosen = (["disable", "remove", "leaked"] as const).filter((each) => options[each] !== undefined);
  if (chosen.length > 1)
    throw new Error(`${chosen.map((each) => `--${each}`).join(" and ")} are steps of their own; give one of them`);
  const { disable, remove, leaked, key, today, on = today, force } = options;
  change(id, options, (subscription) => {
    if (disable !== undefined) return disableKey(subscription, disable, force);
    if (remove !== undefined) return removeKey(subscription, remove, force);
    if (leaked !== undefined) return replaceLeakedKey(subscription, leaked, { key, today: on });
    return addKey(subscription, { key, today: on });
  });
}

export function endSubscription(id: string, options: EndOptions): void {
  const subscriptions = read(options);
  const { changes, notes, removes } = end(subscriptions.find(id), options);
  apply(subscriptions, removes ? { kind: "remove", id } : { kind: "change", id, changes }, notes, options);
}

const read = ({ catalog }: EditCommandOptions) => Subscriptions.read(catalog, Texts.onDisk());

function change(
  id: string,
  options: EditCommandOptions,
  step: (subscription: WrittenSubscription, subscriptions: Subscriptions) => Step,
): void {
  const subscriptions = read(options);
  const { changes, notes } = step(subscriptions.find(id), subscriptions);
  apply(subscriptions, { kind: "change", id, changes }, notes, options);
}

function apply(
  subscriptions: Subscriptions,
  edit: SubscriptionEdit,
  notes: readonly string[],
  options: EditCommandOptions,
  file?: DataFile,
): void {
  finish(subscriptions.edited(edit, file), notes, options);
}
