import { show } from "../../text/show";
import { MAIN_KEY } from "../../vocabulary/main-key";
import { isObject } from "../../vocabulary/objects";
import { type FieldChange, remove } from "../field-change";
import type { WrittenSubscription } from "../subscriptions/written-subscription";
import { fieldOf, refuse } from "./step";

export type WrittenKeys = Readonly<Record<string, unknown>>;

/** Fields of a subscription's only key, which it keeps as one of several. */
const OF_ONE_KEY = ["keyValue", "existingKeyId"] as const;

/** A subscription's keys, as if all were written out, and the changes that write them so. */
export function keysOf(subscription: WrittenSubscription): {
  readonly keys: WrittenKeys;
  readonly changes: readonly FieldChange[];
} {
  const keys = fieldOf(subscription, "keys");
  if (isObject(keys)) return { keys, changes: [] };
  if (keys !== undefined) refuse(subscription, `keys must be an object of keys by name, got ${show(keys)}`);
  const own = OF_ONE_KEY.flatMap((name) => {
    const value = fieldOf(subscription, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { keys: { [MAIN_KEY]: Object.fromEntries(own) }, changes: own.map(([name]) => remove(name)) };
}

/** Whether a key works, as far as its own entry says. */
export const isEnabled = (key: unknown): boolean => key !== false && !(isObject(key) && key.enabled === false);

/** Whether another stack or a person manages the key: the catalog only puts it into plans. */
export const isElsewhere = (key: unknown): boolean => isObject(key) && key.existingKeyId !== undefined;

/** What is lost with keys that are taken out. */
export function lossOf(keys: WrittenKeys): string[] {
  const [own, elsewhere] = [false, true].map((which) =>
    Object.keys(keys).filter((name) => isElsewhere(keys[name]) === which),
  ) as [string[], string[]];
  const named = elsewhere.map(show).join(", ");
  return [
    ...(own.length > 0
      ? [
          `The next deploy deletes ${own.length === 1 ? "the key" : "the keys"} ${own.map(show).join(", ")}, whose value never comes back, ` +
            'and AWS forgets its use: run "api-tiers usage collect" before if it is billed.',
        ]
      : []),
    ...(elsewhere.length > 0
      ? [
          `The next deploy takes ${named} out of its plans, so it can call nothing by them; the key itself stays in AWS, because it is managed elsewhere.`,
        ]
      : []),
  ];
}
