import { createHmac } from "node:crypto";
import type { KeyModel } from "../model/model";
import { findNamed } from "../model/names";

/** Every local key begins with it, so that it is not mistaken for a real key. */
const PREFIX = "local";
/** Characters after it; AWS takes 20 to 128 in all. */
const LENGTH = 35;

/**
 * Values for keys that work here and nowhere else. The real ones are never read.
 *
 * @param seed makes the same values of the same keys
 */
export function localKeyValue(key: Pick<KeyModel, "id">, seed: string): string {
  const digest = createHmac("sha512", seed).update(key.id).digest("base64");
  return PREFIX + digest.replace(/[^A-Za-z0-9]/g, "").slice(0, LENGTH);
}

/** A value that was given for a key, and where it comes from: `--key joe-black`, `TF_VAR_globex_key`. */
export interface GivenKey {
  readonly value: string;
  readonly from: string;
}

/** Values that were given for keys, by the key's id. */
export type GivenKeys = ReadonlyMap<string, GivenKey>;

/**
 * Values of keys that a team knows already: what is given by a subscription's name comes before what a key's own Terraform
 * variable has in the environment.
 *
 * @param named by the subscription's id; of a key that this project did not create, its name or address
 * @throws Error for a key that is not there, a value that AWS would not take, or one value of two keys; never with a value
 */
export function givenKeys(
  keys: readonly KeyModel[],
  named: ReadonlyMap<string, GivenKey>,
  environment: Readonly<Record<string, string | undefined>>,
): GivenKeys {
  const given = new Map<string, GivenKey>();
  for (const { id, valueVariable } of keys) {
    const name = `TF_VAR_${valueVariable}`;
    const value = valueVariable === undefined ? undefined : environment[name];
    if (value !== undefined && value !== "") given.set(id, { value, from: name });
  }
  for (const [name, key] of named)
    given.set(findNamed(name, keys, "subscription", ({ subscription }) => subscription).id, key);
  const owners = new Map<string, GivenKey>();
  for (const key of given.values()) {
    const { value, from } = key;
    if (!/^[A-Za-z0-9]{20,128}$/.test(value))
      throw new Error(`${from} is not 20 to 128 letters and digits, as AWS wants a key's value; correct it`);
    const other = owners.get(value);
    if (other)
      throw new Error(`${other.from} and ${from} have one value, and AWS gives no value to two keys; change one`);
    owners.set(value, key);
  }
  return given;
}
