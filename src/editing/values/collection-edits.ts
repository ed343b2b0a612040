import type { SourceEntry, SourceValue } from "./source-value";

/** What becomes of one map or list. */
export interface CollectionEdits {
  readonly at: SourceValue;
  /** How far it is from the root. */
  readonly depth: number;
  /** By the name of an entry. */
  readonly replaced: Map<string, unknown>;
  readonly removed: Set<string>;
  /** Of those, the ones above which a comment stays that may be about more. */
  readonly keepsHeadings: Set<string>;
  /** New entries of a map. */
  readonly added: Map<string, { readonly value: unknown; readonly after: readonly string[] }>;
  /** New items of a list, before all others. */
  prepended: readonly unknown[];
}

/** A piece of a text that another takes the place of. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where a new entry is written: after the last of these that stays, or after all. */
export function entryBefore({ at, removed }: CollectionEdits, after: readonly string[]): SourceEntry | undefined {
  const kept = at.entries.filter(({ name }) => !removed.has(name));
  return kept.findLast(({ name }) => after.includes(name)) ?? kept.at(-1);
}

/** Entries that are removed, in runs that stand beside each other. */
export function removedRuns({ at, removed }: CollectionEdits): { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  at.entries.forEach(({ name }, index) => {
    if (!removed.has(name)) return;
    const last = runs.at(-1);
    if (last?.to === index - 1) last.to = index;
    else runs.push({ from: index, to: index });
  });
  return runs;
}

export const isEmptied = ({ at, removed }: CollectionEdits): boolean =>
  at.entries.every(({ name }) => removed.has(name));
