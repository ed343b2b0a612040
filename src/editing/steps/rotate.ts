import { show } from "../../text/show";
import { problemOfKeyName } from "../../vocabulary/identifier";
import { isObject } from "../../vocabulary/objects";
import { type FieldChange, remove, set } from "../field-change";
import type { WrittenSubscription } from "../subscriptions/written-subscription";
import { fieldOf, refuse, type Step } from "./step";
import { isElsewhere, isEnabled, keysOf, lossOf, type WrittenKeys } from "./written-keys";

/** A cell has no room for an object. */
const NEW_KEY = ({ data }: WrittenSubscription) =>
  data !== undefined && (data.options !== undefined || /\.csv$/i.test(data.path)) ? true : {};

/** All keys, of which some are other ones. */
function written(subscription: WrittenSubscription, others: WrittenKeys): FieldChange[] {
  const { keys, changes } = keysOf(subscription);
  if (changes.length === 0 && isObject(fieldOf(subscription, "keys")))
    return Object.entries(others).map(([name, key]) => set(["keys", name], key));
  const all = { ...keys, ...others };
  const short = Object.entries(all).map(([name, key]) => [
    name,
    isObject(key) && Object.keys(key).length === 0 ? NEW_KEY(subscription) : key,
  ]);
  return [...changes, set(["keys"], Object.fromEntries(short))];
}

export interface NewKey {
  /**
   * Name of the new key.
   * @default - the month, such as `2026-11`, or the day
   */
  readonly key?: string | undefined;
  readonly today: string;
}

/**
 * Adds a key beside the one that works, so that the customer can change to it without an outage. Run again, it refuses: the
 * step that is due then is another one.
 */
export function addKey(subscription: WrittenSubscription, { key, today }: NewKey): Step {
  const { keys } = keysOf(subscription);
  const working = Object.keys(keys).filter((each) => isEnabled(keys[each]));
  const [old] = working;
  if (key === undefined && old !== undefined && working.length > 1)
    refuse(
      subscription,
      `its keys ${working.map(show).join(" and ")} work already. Due is: when the old one is silent, ${retire(subscription, old, keys)}; ` +
        "to add one more, name it with --key",
    );
  const name = newName(subscription, keys, key, today);
  return {
    changes: written(subscription, { [name]: NEW_KEY(subscription) }),
    notes:
      old === undefined
        ? [`Next: deploy, and hand the key "${name}" over; no other key of it works.`]
        : [
            "AWS counts each key on its own: until the old one is disabled, both have all limits of the tier.",
            `Next: deploy, hand the key "${name}" over, and when the old one is silent, ${retire(subscription, old, keys)}.`,
          ],
  };
}

/** The step that ends the use of an old key. */
function retire({ id }: WrittenSubscription, name: string, keys: WrittenKeys): string {
  return isElsewhere(keys[name])
    ? `disable ${show(name)} where it is managed, or take it out with "api-tiers subscription rotate ${id} --remove ${name} --force"`
    : `run "api-tiers subscription rotate ${id} --disable ${name}"`;
}

function newName(
  subscription: WrittenSubscription,
  keys: WrittenKeys,
  wanted: string | undefined,
  today: string,
): string {
  const problem = wanted === undefined ? undefined : problemOfKeyName(wanted);
  if (problem !== undefined) refuse(subscription, `the new key ${show(wanted)} ${problem}`);
  if (wanted !== undefined && Object.hasOwn(keys, wanted))
    refuse(subscription, `it has a key ${show(wanted)} already; name another with --key`);
  const month = today.slice(0, "2026-11".length);
  const name = wanted ?? [month, today].find((each) => !Object.hasOwn(keys, each));
  return (
    name ?? refuse(subscription, `it has the keys ${show(month)} and ${show(today)} already; name another with --key`)
  );
}

/** Disables the old key once the customer calls with another one. */
export function disableKey(subscription: WrittenSubscription, name: string, force: boolean): Step {
  const { keys } = keysOf(subscription);
  const key = knownKey(subscription, keys, name);
  if (!isEnabled(key)) refuse(subscription, `its key ${show(name)} is disabled already`);
  if (!force && !Object.keys(keys).some((each) => each !== name && isEnabled(keys[each])))
    refuse(
      subscription,
      `no other key of it works; add one with "api-tiers subscription rotate ${subscription.id}", suspend it, or add --force`,
    );
  return {
    changes: written(subscription, { [name]: disabled(subscription, name, key) }),
    notes: [
      `Calls with it are refused from the deploy on. Remove it when nobody misses it: "api-tiers subscription rotate ${subscription.id} --remove ${name}".`,
    ],
  };
}

/** Removes a key that is disabled. */
export function removeKey(subscription: WrittenSubscription, name: string, force: boolean): Step {
  const { keys, changes } = keysOf(subscription);
  const key = knownKey(subscription, keys, name);
  if (changes.length > 0 || Object.keys(keys).length === 1)
    refuse(subscription, `${show(name)} is its only key; end the subscription instead`);
  if (isEnabled(key) && !force)
    refuse(
      subscription,
      isElsewhere(key)
        ? `its key ${show(name)} is managed elsewhere, and may work; disable it there, or take it out of its plans with --force`
        : `its key ${show(name)} works, and would be deleted; disable it first, or add --force`,
    );
  return { changes: [remove("keys", name)], notes: lossOf({ [name]: key }) };
}

/** Disables a key that others may know at once, and adds another one: there is no overlap. */
export function replaceLeakedKey(subscription: WrittenSubscription, name: string, { key, today }: NewKey): Step {
  const { keys } = keysOf(subscription);
  const leaked = knownKey(subscription, keys, name);
  if (!isEnabled(leaked)) refuse(subscription, `its key ${show(name)} is disabled already`);
  const added = newName(subscription, keys, key, today);
  return {
    changes: written(subscription, {
      [name]: disabled(subscription, name, leaked),
      [added]: NEW_KEY(subscription),
    }),
    notes: [`Deploy now: until then the leaked key works. Then hand the key "${added}" over.`],
  };
}

function knownKey(subscription: WrittenSubscription, keys: WrittenKeys, name: string): unknown {
  if (Object.hasOwn(keys, name)) return keys[name];
  return refuse(subscription, `it has no key ${show(name)}; its keys are ${Object.keys(keys).map(show).join(", ")}`);
}

function disabled(subscription: WrittenSubscription, name: string, key: unknown): unknown {
  if (!isObject(key)) return false;
  if (isElsewhere(key))
    refuse(
      subscription,
      `its key ${show(name)} is managed elsewhere; disable it there, or remove it here with --force`,
    );
  return Object.keys(key).length === 0 && NEW_KEY(subscription) === true ? false : { ...key, enabled: false };
}
