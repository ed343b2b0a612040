import { type CollectionEdits, entryBefore, isEmptied, type Splice } from "./collection-edits";
import { columnOf, lineStart, type SourceEntry, type SourceValue } from "./source-value";
import { atColumn, beginsItsLine, contentEnd, entryEnd, inBlock, inFlow, lineEnd, type TextStyle } from "./text-style";

/** Splices for a map or a list that indentation holds together. */
export function blockEdits(text: string, edits: CollectionEdits, style: TextStyle): Splice[] {
  const { at, replaced, added, prepended } = edits;
  const [first] = at.entries;
  const indent = " ".repeat(first ? columnOf(text, first.start) : 0);
  if (isEmptied(edits)) return [emptied(text, edits, indent, style)];
  const splices = removals(text, edits);
  for (const entry of at.entries)
    if (replaced.has(entry.name)) splices.push(replacement(text, entry, replaced.get(entry.name), indent, style));
  for (const [name, { value, after }] of added) {
    const before = entryBefore(edits, after);
    if (!before) continue;
    const end = lineEnd(text, entryEnd(text, before));
    // In a file with line breaks of both kinds, those that are there stay.
    const eol = /^\r?\n/.exec(text.slice(end, end + 2))?.[0] ?? style.eol;
    const lines = atColumn(inBlock({ [name]: value }, style), indent, eol);
    splices.push({ start: end, end, text: eol + indent + lines });
  }
  if (prepended.length > 0 && first) {
    const lines = atColumn(inBlock(prepended, style), indent, style.eol);
    splices.push({ start: first.start, end: first.start, text: lines + style.eol + indent });
  }
  return splices;
}

function emptied(text: string, { at, added }: CollectionEdits, indent: string, style: TextStyle): Splice {
  // What is beside the last entry goes with it.
  const end = lineEnd(text, contentEnd(text, at));
  const value = Object.fromEntries([...added].map(([name, each]) => [name, each.value]));
  // A list may stand where its key does, and brackets may not.
  if (at.kind === "list" || added.size === 0) return { start: at.start, end, text: at.kind === "list" ? " []" : "{}" };
  return { start: at.start, end, text: atColumn(inBlock(value, style), indent, style.eol) };
}

/** Entries with the comments right above them, which are theirs; what stands apart from them stays. */
function removals(text: string, { at, removed, keepsHeadings }: CollectionEdits): Splice[] {
  return at.entries.flatMap((entry, index): Splice[] => {
    if (!removed.has(entry.name)) return [];
    const next = at.entries[index + 1];
    // After a dash, the next entry moves to its place.
    if (!beginsItsLine(text, entry.start) && next) return [{ start: entry.start, end: next.start, text: "" }];
    let end = nextLine(text, lineEnd(text, entryEnd(text, entry)));
    const above = startWithComments(text, entry.start);
    const isFollowed = next !== undefined && !removed.has(next.name) && lineStart(text, next.start) === end;
    // Such as the schema that an editor takes.
    const isHeading = keepsHeadings.has(entry.name) && (isFollowed || above === 0);
    const start = isHeading ? lineStart(text, entry.start) : above;
    if (isBlankBefore(text, start)) while (isBlankLine(text, end)) end = nextLine(text, lineEnd(text, end));
    // At the end of a text without a line break, the one before goes.
    const atEnd = end === text.length && text[end - 1] !== "\n" && start > 0;
    return [{ start: atEnd ? lineEnd(text, lineStart(text, start - 1)) : start, end, text: "" }];
  });
}

function startWithComments(text: string, offset: number): number {
  const column = columnOf(text, offset);
  let start = lineStart(text, offset);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    const line = text.slice(above, start);
    if (!line.trimStart().startsWith("#") || line.indexOf("#") !== column) break;
    start = above;
  }
  return start;
}

const nextLine = (text: string, end: number) =>
  text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length);
const isBlankLine = (text: string, start: number) => start < text.length && /^[ \t]*\r?\n/.test(text.slice(start));
const isBlankBefore = (text: string, start: number) =>
  start > 0 && text.slice(lineStart(text, start - 1), start).trim() === "";

function replacement(text: string, entry: SourceEntry, value: unknown, indent: string, style: TextStyle): Splice {
  const { value: old } = entry;
  const end = Math.max(entry.keyEnd, contentEnd(text, old));
  if (isInline(old) && isScalar(value) && old.start < old.end)
    return { ...range(old), text: inline(value, old, style) };
  if (old.isFlow && old.entries.length > 0 && typeof value === "object")
    return { ...range(old), text: inFlow(value, style) };
  const colon = colonEnd(text, entry);
  const [first = "", ...others] = inBlock({ k: value }, style);
  // A comment beside the old value stays on its line, and blanks too: further down they could become part of the value.
  const after = Math.max(end, colon);
  const [comment = ""] = /^[ \t]+(?:#.*)?$/.exec(text.slice(after, lineEnd(text, after))) ?? [];
  const lines = [first.slice("k:".length) + comment, ...others];
  return { start: colon, end: after + comment.length, text: atColumn(lines, indent, style.eol) };
}

const range = ({ start, end }: SourceValue) => ({ start, end });
const isScalar = (value: unknown) => typeof value !== "object" && !String(value).includes("\n");
const isInline = ({ kind, style, target }: SourceValue) =>
  kind === "scalar" && target === undefined && !style?.startsWith("BLOCK");

const QUOTED = ["QUOTE_DOUBLE", "QUOTE_SINGLE"];

/** In the quotes of what it takes the place of. */
function inline(value: unknown, { style: quotes }: SourceValue, style: TextStyle): string {
  if (typeof value !== "string" || quotes === undefined || !QUOTED.includes(quotes)) return inFlow(value, style);
  return inFlow(value, {
    ...style,
    yaml: { ...style.yaml, defaultStringType: quotes as "QUOTE_DOUBLE", singleQuote: quotes === "QUOTE_SINGLE" },
  });
}

function colonEnd(text: string, { keyEnd }: SourceEntry): number {
  const [written = ""] = /^\s*:/.exec(text.slice(keyEnd, keyEnd + 80)) ?? [];
  return keyEnd + written.length;
}
