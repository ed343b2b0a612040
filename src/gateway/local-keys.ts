import { createHmac } from "node:crypto";
import type { KeyModel } from "../model/model";

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
