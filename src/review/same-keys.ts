import { keyIdOf } from "../contract/key-id";
import type { KeyModel } from "../model/model";
import { placeOf } from "./gateway-state";

/**
 * The keys that are the same key of a customer before and after a change, wherever they stand. What counts is, in this
 * order: the subscription, the value, the id in AWS, the address, and the name.
 */
export function sameKeys(before: readonly KeyModel[], after: readonly KeyModel[]): ReadonlyMap<KeyModel, KeyModel> {
  const pairs = new Map<KeyModel, KeyModel>();
  const taken = new Set<KeyModel>();
  const match = (
    textOf: (key: KeyModel) => string | undefined,
    mayBe: (was: KeyModel, is: KeyModel) => boolean = () => true,
  ) => {
    const then = byText(before, pairs, textOf);
    const now = byText(after, taken, textOf);
    for (const [text, [was, ...twins]] of then) {
      const [is, ...others] = now.get(text) ?? [];
      // Where several are alike, nobody can tell which is which.
      if (!was || !is || twins.length + others.length > 0 || !mayBe(was, is)) continue;
      pairs.set(was, is);
      taken.add(is);
    }
  };
  match(keyIdOf);
  match(({ valueHash }) => valueHash);
  match(({ awsId }) => awsId);
  match(placeOf, (was, is) => was.name === is.name || !isOtherKey(was, is));
  match((key) => keyIdOf(key) ?? key.name);
  return pairs;
}

/** Whether a key with another name took the place of one: its value is another, or it is created. */
const isOtherKey = (was: KeyModel, is: KeyModel) =>
  (was.valueHash !== undefined && is.valueHash !== undefined) || (was.awsId !== undefined && is.awsId === undefined);

function byText(
  keys: readonly KeyModel[],
  done: ReadonlySet<KeyModel> | ReadonlyMap<KeyModel, unknown>,
  textOf: (key: KeyModel) => string | undefined,
): ReadonlyMap<string, KeyModel[]> {
  const found = new Map<string, KeyModel[]>();
  for (const key of keys) {
    const text = done.has(key) ? undefined : textOf(key);
    if (text === undefined) continue;
    const others = found.get(text);
    if (others) others.push(key);
    else found.set(text, [key]);
  }
  return found;
}
