import { isKeyId } from "../logs/key-id";
import { show } from "../text/show";
import { isObject } from "../vocabulary/objects";
import type { LogIdentities } from "./log-identities";

const EXAMPLE = 'write it as { "<id of the key in AWS>": "<id of the subscription>" }';

/**
 * Whose keys there are, from a file of JSON.
 *
 * @param file what to call it in messages
 * @throws Error for another text; it does not show what could be the value of a key
 */
export function readKeyFile(text: string, file: string): LogIdentities {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${show(file)}: is not valid JSON; ${EXAMPLE}`);
  }
  if (!isObject(value)) throw new Error(`${show(file)}: must be an object; ${EXAMPLE}`);
  const problems = Object.entries(value).flatMap(([id, subscription], index) => {
    if (!isKeyId(id))
      return [
        `entry ${index + 1}: its name has ${id.length} characters, and the id of a key has at most 19 letters and digits; a key's value has no place here`,
      ];
    return typeof subscription === "string" && subscription !== ""
      ? []
      : [`entry ${index + 1}: must be the id of a subscription`];
  });
  if (problems.length > 0)
    throw new Error([...problems.map((problem) => `${show(file)}: ${problem}`), EXAMPLE].join("\n"));
  return { keys: new Map(Object.entries(value as Record<string, string>)), apis: new Map() };
}
