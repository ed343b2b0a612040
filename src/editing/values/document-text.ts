import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../vocabulary/objects";
import { blockEdits } from "./block-edits";
import { type Change, ChangeProblem, withChanges } from "./change";
import type { CollectionEdits, Splice } from "./collection-edits";
import { flowEdits, keyText } from "./flow-edits";
import { jsonTree, type SourceValue, yamlTree } from "./source-value";
import { stringEdit } from "./string-edits";
import { styleOf, type TextStyle } from "./text-style";

/**
 * The text of a document with changes; each byte that they do not concern is as it was. The result is parsed and compared
 * with what was intended before it is given back.
 *
 * @throws ChangeProblem for changes that this text does not let through
 */
export function changedText(text: string, isJson: boolean, changes: readonly Change[]): string {
  if (changes.length === 0) return text;
  const { value, root } = parsed(text, isJson);
  const intended = withChanges(value, changes);
  const style = styleOf(text, root, isJson);
  // Strings are changed in place where they can be; how they are written has more cases than are known here.
  for (const inPlace of [true, false]) {
    const splices = splicesOf(text, { root, value }, changes, style, inPlace);
    const written = spliced(text, splices);
    if (isDeepStrictEqual(parsedValue(written, isJson), intended)) return written;
  }
  throw new ChangeProblem(
    "is written in a way that cannot be changed in one place only, such as an anchor (&name) that is used at several; write it out there",
  );
}

export const isJsonFile = (path: string): boolean => extname(path).toLowerCase() === ".json";

/** @throws ChangeProblem for a file whose bytes would not come out again */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  const text = bytes.toString("utf8");
  if (!Buffer.from(text, "utf8").equals(bytes)) throw new ChangeProblem("is not written in UTF-8; convert it first");
  return text;
}

export function parsed(text: string, isJson: boolean): { readonly value: unknown; readonly root: SourceValue } {
  if (isJson) return { value: JSON.parse(text), root: jsonTree(text) };
  const { parseDocument } = require("yaml") as typeof import("yaml");
  const document = parseDocument(text, { uniqueKeys: true, merge: true });
  const [problem] = document.errors;
  if (problem) throw new ChangeProblem(`is not well formed: ${problem.message.split("\n")[0]}`);
  return { value: document.toJS({ maxAliasCount: 10_000 }), root: yamlTree(document, text) };
}

/** `undefined` for a text that cannot be read. */
function parsedValue(text: string, isJson: boolean): unknown {
  try {
    if (isJson) return JSON.parse(text);
    const { parseDocument } = require("yaml") as typeof import("yaml");
    const document = parseDocument(text, { uniqueKeys: true, merge: true });
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 10_000 });
  } catch {
    return undefined;
  }
}

function splicesOf(
  text: string,
  { root, value }: { readonly root: SourceValue; readonly value: unknown },
  changes: readonly Change[],
  style: TextStyle,
  inPlace: boolean,
): Splice[] {
  const collections = new Map<SourceValue, CollectionEdits>();
  const strings: Splice[] = [];
  for (const change of changes) {
    const name = change.path.at(-1) ?? "";
    const at = collectionAt(root, change.kind === "prepend" ? change.path : change.path.slice(0, -1));
    if (change.kind === "rename") {
      const named = at.entries.findLast((each) => each.name === name);
      if (named)
        strings.push({ start: named.start, end: named.keyEnd, text: keyText(text, named, change.name, style) });
      continue;
    }
    const edits: CollectionEdits = collections.get(at) ?? emptyEdits(at, change.path.length);
    collections.set(at, edits);
    const entry = at.entries.findLast((each) => each.name === name);
    if (change.kind === "prepend") edits.prepended = change.items;
    else if (change.kind === "remove") {
      edits.removed.add(name);
      if (change.keepsHeadings) edits.keepsHeadings.add(name);
    } else if (!entry) edits.added.set(name, { value: change.value, after: change.after ?? [] });
    else {
      const strs = [valueAt(value, change.path), change.value] as const;
      const splice = inPlace && areStrings(strs) ? stringEdit(text, entry.value, strs, style) : undefined;
      if (splice) strings.push(splice);
      else edits.replaced.set(name, change.value);
    }
  }
  const of = (edits: CollectionEdits) => (edits.at.isFlow ? flowEdits : blockEdits)(text, edits, style);
  // Where the ends of two maps are the same, what goes into the inner one is written first.
  const fromInside = [...collections.values()].sort((a, b) => b.depth - a.depth);
  return [...strings, ...fromInside.flatMap(of)];
}

const emptyEdits = (at: SourceValue, depth: number): CollectionEdits => ({
  at,
  depth,
  replaced: new Map(),
  removed: new Set(),
  keepsHeadings: new Set(),
  added: new Map(),
  prepended: [],
});

const areStrings = (pair: readonly [unknown, unknown]): pair is readonly [string, string] =>
  typeof pair[0] === "string" && typeof pair[1] === "string";

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const name of path) at = isObject(at) || Array.isArray(at) ? (at as Record<string, unknown>)[name] : undefined;
  return at;
}

function collectionAt(root: SourceValue, path: readonly string[]): SourceValue {
  let at = root.target ?? root;
  for (const name of path) {
    const entry = at.entries.findLast((each) => each.name === name);
    if (!entry)
      throw new ChangeProblem(
        `has ${JSON.stringify(path.join("."))} by a merge (<<) of another place; write it out there`,
      );
    at = entry.value.target ?? entry.value;
  }
  return at;
}

function spliced(text: string, splices: readonly Splice[]): string {
  const pieces: string[] = [];
  let from = 0;
  const placed = outOfRemovals(text, splices);
  // What is written at the same place comes in the order of the changes, and before what goes there.
  for (const { start, end, text: piece } of placed.sort((a, b) => a.start - b.start || sizeOf(a) - sizeOf(b))) {
    // Of lines that go, one may belong to two entries.
    const at = piece === "" ? Math.max(start, from) : start;
    if (at < from) return "";
    pieces.push(text.slice(from, at), piece);
    from = Math.max(from, end);
  }
  return [...pieces, text.slice(from)].join("");
}

/** What is written after lines that go is written before them. */
function outOfRemovals(text: string, splices: readonly Splice[]): Splice[] {
  const removals = splices
    .filter((splice) => splice.text === "" && sizeOf(splice) > 0)
    .sort((a, b) => b.start - a.start);
  return splices.map((splice) => {
    if (sizeOf(splice) > 0) return splice;
    let at = splice.start;
    for (const { start, end } of removals) if (start < at && at < end) at = start - (text[start - 2] === "\r" ? 2 : 1);
    return { ...splice, start: at, end: at };
  });
}

const sizeOf = ({ start, end }: Splice) => end - start;
