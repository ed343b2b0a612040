import { Secrets } from "../model/secrets";
import { collectSecrets, KEY_RESOURCES } from "../model/secrets-of-plan";
import { parseShown } from "../model/shown-resources";

/** The first line of a resource, as Terraform shows it, with or without a change before it. */
const HEADER = /(?:resource|data) "([a-z0-9_]+)"/;
/** An attribute called `value`, and what it was and becomes. */
const VALUE = /\bvalue\s*=\s*(.*)$/;
const QUOTED = /"((?:[^"\\]|\\.)*)"/g;

/**
 * Takes keys out of what Terraform prints: of `terraform plan`, `show` or `apply`, of `cdktf diff`, or of
 * `terraform show -json`. A value is found in the resources that hold keys, and masked wherever it stands.
 *
 * @param known further values to mask, such as those of a plan
 */
export function maskPlanText(text: string, known = new Secrets()): string {
  collectFromJson(text, known);
  let holdsKey = false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
  for (const line of text.replace(/\u001b\[[0-9;]*m/g, "").split(/\r?\n/)) {
    const [, type] = HEADER.exec(line) ?? [];
    if (type !== undefined) holdsKey = KEY_RESOURCES.test(type);
    const [, values = ""] = (holdsKey && VALUE.exec(line)) || [];
    for (const [, value] of values.matchAll(QUOTED)) known.add(value);
  }
  return known.mask(text);
}

function collectFromJson(text: string, known: Secrets): void {
  if (!text.trimStart().startsWith("{")) return;
  try {
    collectSecrets(parseShown(text, "standard input"), known);
  } catch {
    // It is no plan, and read as any other text.
  }
}
