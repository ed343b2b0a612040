import { isReservedTag } from "../contract/tags";
import { type Tags, tagsSchema } from "../vocabulary/tags";

/** Tags as the catalog takes them: without AWS's own, and without ours, which say what the catalog says. */
export function adoptTags(tags: Tags): { readonly tags: Tags | undefined; readonly isComplete: boolean } {
  const own = Object.entries(tags).filter(([name]) => !isReservedTag(name));
  const entries = Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)));
  const { success } = tagsSchema.safeParse(entries);
  return { tags: success && own.length > 0 ? entries : undefined, isComplete: success };
}
