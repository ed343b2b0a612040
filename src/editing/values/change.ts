import { isObject } from "../../vocabulary/objects";

/** A change of a document's value, of which all else stays as it is written. */
export type Change = SetChange | RemoveChange | RenameChange | PrependChange;

export interface SetChange {
  readonly kind: "set";
  /** Of an entry of a map, which may be new there; the map is there. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** Names of entries after which a new one is written, the last of those that are there; at the end without them. */
  readonly after?: readonly string[];
}

export interface RemoveChange {
  readonly kind: "remove";
  /** Of an entry of a map, or an item of a list. */
  readonly path: readonly string[];
  /**
   * Whether a comment right above it stays where it may be about more: above several entries, or at the beginning of the text.
   * @default false
   */
  readonly keepsHeadings?: boolean;
}

export interface RenameChange {
  readonly kind: "rename";
  /** Of an entry of a map, by its old name. */
  readonly path: readonly string[];
  /** The new name, which no other entry of the map has. */
  readonly name: string;
}

export interface PrependChange {
  readonly kind: "prepend";
  /** Of a list that has items. */
  readonly path: readonly string[];
  readonly items: readonly unknown[];
}

/** Why a change cannot be written into a text. */
export class ChangeProblem extends Error {}

/** The value with all of the changes; positions in lists are those of the value as it is given. */
export function withChanges(value: unknown, changes: readonly Change[]): unknown {
  const of = (kind: Change["kind"]) => changes.filter((change) => change.kind === kind);
  let changed = value;
  for (const change of changes)
    if (change.kind === "set") changed = changedAt(changed, change.path, () => change.value);
  // What goes keeps its position, until nothing is looked for by positions any more.
  for (const { path } of of("remove")) changed = changedAt(changed, path, () => GONE);
  for (const change of of("prepend").sort((a, b) => b.path.length - a.path.length))
    if (change.kind === "prepend")
      changed = changedAt(changed, change.path, (list) => [...change.items, ...(list as unknown[])]);
  const kept = of("remove").length > 0 ? withoutGone(changed) : changed;
  // Until here, entries are looked for by their old names.
  return changes
    .filter((change) => change.kind === "rename")
    .sort((a, b) => b.path.length - a.path.length)
    .reduce((renamed, { path, name }) => {
      const old = path.at(-1);
      return changedAt(renamed, path.slice(0, -1), (map) =>
        Object.fromEntries(Object.entries(map as object).map(([each, value]) => [each === old ? name : each, value])),
      );
    }, kept);
}

const GONE = Symbol("gone");

function withoutGone(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== GONE).map(withoutGone);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, entry]) => entry !== GONE);
  return Object.fromEntries(kept.map(([name, entry]) => [name, withoutGone(entry)]));
}

function changedAt(value: unknown, path: readonly string[], to: (old: unknown) => unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return to(value);
  if (Array.isArray(value)) return value.with(Number(name), changedAt(value[Number(name)], rest, to));
  if (!isObject(value)) throw new ChangeProblem(`has no map at ${JSON.stringify(name)}`);
  return { ...value, [name]: changedAt(value[name], rest, to) };
}
