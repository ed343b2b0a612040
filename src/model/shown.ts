import { show } from "../text/show";
import { isObject } from "../vocabulary/objects";

/** What `terraform show -json` prints, in a format that is known. */
export type Shown = Readonly<Record<string, unknown>>;

/**
 * @param name what to call it in messages
 * @throws Error for a text that is nothing that `terraform show -json` prints, or of a format that is not known
 */
export function parseShown(text: string, name: string): Shown {
  const shown = parse(text, name);
  if (!isObject(shown) || typeof shown.format_version !== "string")
    throw new Error(`${name} is JSON, but not of "terraform show -json"; give it a plan or a state that this printed`);
  if (!/^[01]\./.test(shown.format_version))
    throw new Error(
      `${name} has the format version ${show(shown.format_version)}, and 0.x and 1.x are known; update this program`,
    );
  return shown;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const what = text.startsWith("PK")
      ? 'is a plan as Terraform saves it; run "terraform show -json" on it and give what that prints'
      : 'is not valid JSON; give what "terraform show -json" printed, whole';
    throw new Error(`${file} ${what}`);
  }
}
