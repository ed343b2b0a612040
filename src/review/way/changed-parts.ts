import { type Attributes, isEmpty } from "../../contract/attributes";
import type { ResourceChange } from "../../model/resource-changes";
import { isObject } from "../../vocabulary/objects";

/** In the place of an attribute: the resource is deleted and created again, whatever its attributes become. */
export const REPLACEMENT = "(replacement)";

/**
 * What changes of an existing resource: attributes, and parts of a block that stands once, such as
 * `settings.logging_level`. A replacement is a part of its own.
 */
export function changedParts({ action, before, after, changedAttributes }: ResourceChange): string[] {
  if (action === "none" || before === undefined || after === undefined) return [];
  const parts = changedAttributes.flatMap((name) => partsOf(name, before, after));
  return action === "replace" ? [REPLACEMENT, ...parts] : parts;
}

function partsOf(name: string, before: Attributes, after: Attributes): string[] {
  // What is not known yet is another value, also where there was none.
  if (!(name in after)) return [name];
  const [was, is] = [onlyBlock(before[name]), onlyBlock(after[name])];
  if (was === undefined || is === undefined) return isSame(before[name], after[name]) ? [] : [name];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  const parts = names.filter((each) => !isSame(was[each], is[each])).map((each) => `${name}.${each}`);
  // Something in the block is known only after the apply.
  return parts.length > 0 ? parts : [name];
}

/** The block of a name that stands once; a map of strings, such as tags, is not a block. */
function onlyBlock(value: unknown): Attributes | undefined {
  if (!Array.isArray(value) || value.length !== 1) return undefined;
  return isObject(value[0]) ? value[0] : undefined;
}

/** What is missing afterwards may be unknown. */
function isSame(before: unknown, after: unknown): boolean {
  if (after === undefined) return before === undefined;
  return (isEmpty(before) && isEmpty(after)) || JSON.stringify(before) === JSON.stringify(after);
}

/** Whether an explanation of some attributes covers a part: `settings` covers `settings.logging_level`. */
export const covers = (attributes: ReadonlySet<string>, part: string): boolean =>
  attributes.has(part) || attributes.has(part.replace(/\..*$/s, ""));
