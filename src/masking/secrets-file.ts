import { readFileSync } from "node:fs";
import { isObject } from "../vocabulary/objects";
import { secretValues } from "./secret-values";

/**
 * The secret values in the file of a plan or a state.
 *
 * @throws Error for a file that cannot be read, and for one that is neither
 */
export function secretsOfFile(file: string): ReadonlySet<string> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(
      `${file} is not valid JSON; give what "terraform show -json <plan>" or "terraform state pull" printed, whole`,
    );
  }
  const isShown = isObject(json) && typeof json.format_version === "string";
  const isState = isObject(json) && typeof json.version === "number" && Array.isArray(json.resources);
  if (!isShown && !isState)
    throw new Error(
      `${file} is neither a plan nor a state; give what "terraform show -json <plan>" or "terraform state pull" printed`,
    );
  return secretValues(json);
}
