import { show } from "../../text/show";
import { MAIN_KEY } from "../../vocabulary/main-key";
import { isObject } from "../../vocabulary/objects";

import { type FieldChange, remove, set } from "../field-change";
import type { WrittenSubscription } from "../subscriptions/written-subscription";
import { fieldOf, refuse, type Step } from "./step";

type Keys = Readonly<Record<string, unknown>>;

/** Fields of a subscription's only key, which it keeps as one of several. */
const OF_ONE_KEY = ["keyValue", "existingKeyId"] as const;

/** A subscription's keys, as if all were written out, and the changes that write them so. */
function keysOf(subscription: WrittenSubscription): { readonly keys: Keys; readonly changes: readonly FieldChange[] } {
  const keys = fieldOf(subscription, "keys");
  if (isObject(keys)) return { keys, changes: [] };
  if (keys !== undefined) refuse(subscription, `keys must be an object of keys by name, got ${show(keys)}`);
  const own = OF_ONE_KEY.flatMap((name) => {
    const value = fieldOf(subscription, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { keys: { [MAIN_KEY]: Object.fromEntries(own) }, changes: own.map(([name]) => remove(name)) };
}

const isEnabled = (key: unknown): boolean => key !== false && !(isObject(key) && key.enabled === false);

/** A cell has no room for an object. */
const NEW_KEY = ({ data }: WrittenSubscription) =>
  data !== undefined && (data.options !== undefined || /\.csv$/i.test(data.path)) ? true : {};

/** All keys, of which some are other ones. */
function written(subscription: WrittenSubscription, others: Keys): FieldChange[] {
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

/** Adds a key beside those that work, so that the customer can change to it without an outage. */
export function addKey(subscription: WrittenSubscription, { key, today }: NewKey): Step {
  const { keys } = keysOf(subscription);
  const name = newName(subscription, keys, key, today);
  const old = Object.keys(keys).filter((each) => isEnabled(keys[each]));
  return {
    changes: written(subscription, { [name]: NEW_KEY(subscription) }),
    notes: [
      `AWS counts each key on its own: until the old one is disabled, both have all limits of the tier.`,
      `Next: deploy, hand the key "${name}" over, and when the old one is silent, run "api-tiers subscription rotate ${subscription.id} --disable ${old[0] ?? MAIN_KEY}".`,
    ],
  };
}

function newName(subscription: WrittenSubscription, keys: Keys, wanted: string | undefined, today: string): string {
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
    refuse(subscription, `its key ${show(name)} works, and would be deleted; disable it first, or add --force`);
  return {
    changes: [remove("keys", name)],
    notes: [
      'The next deploy deletes the key, whose value never comes back, and AWS forgets its use: run "api-tiers usage collect" before if it is billed.',
    ],
  };
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

function knownKey(subscription: WrittenSubscription, keys: Keys, name: string): unknown {
  if (Object.hasOwn(keys, name)) return keys[name];
  return refuse(subscription, `it has no key ${show(name)}; its keys are ${Object.keys(keys).map(show).join(", ")}`);
}

function disabled(subscription: WrittenSubscription, name: string, key: unknown): unknown {
  if (!isObject(key)) return false;
  if (key.existingKeyId !== undefined)
    refuse(
      subscription,
      `its key ${show(name)} is managed elsewhere; disable it there, or remove it here with --force`,
    );
  return Object.keys(key).length === 0 && NEW_KEY(subscription) === true ? false : { ...key, enabled: false };
}
