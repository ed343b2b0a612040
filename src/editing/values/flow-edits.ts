import { type CollectionEdits, entryBefore, isEmptied, removedRuns, type Splice } from "./collection-edits";
import { lineStart, type SourceEntry } from "./source-value";
import { beginsItsLine, inFlow, type TextStyle } from "./text-style";

/** Splices for a map or a list in brackets: JSON, and YAML's flow style. */
export function flowEdits(text: string, edits: CollectionEdits, style: TextStyle): Splice[] {
  const { at, replaced, added, prepended } = edits;
  if (isEmptied(edits)) return [{ start: at.start, end: at.end, text: wholeOf(text, edits, style) }];
  const splices: Splice[] = removedRuns(edits).map(({ from, to }) => {
    const [first, before, last, next] = [from, from - 1, to, to + 1].map((index) => at.entries[index]);
    if (next) return { start: first?.start ?? 0, end: next.start, text: "" };
    return { start: before ? endOf(before) : 0, end: last ? endOf(last) : 0, text: "" };
  });
  for (const entry of at.entries) {
    if (!replaced.has(entry.name)) continue;
    const { start, end } = entry.value;
    const blank = start === end ? " " : "";
    splices.push({ start, end, text: blank + rendered(replaced.get(entry.name), indentAt(text, entry.start), style) });
  }
  for (const [name, { value, after }] of added) {
    const before = entryBefore(edits, after);
    if (!before) continue;
    const indent = indentAt(text, before.start);
    const key = keyText(text, before, name, style) + colonText(text, before, style);
    const entry = key + rendered(value, indent, style);
    splices.push({ start: endOf(before), end: endOf(before), text: separatorAt(text, edits, before, style) + entry });
  }
  const [first] = at.entries;
  if (prepended.length > 0 && first) {
    const separator = beginsItsLine(text, first.start) ? `,${style.eol}${indentAt(text, first.start) ?? ""}` : ", ";
    const items = prepended.map((item) => rendered(item, indentAt(text, first.start), style) + separator);
    splices.push({ start: first.start, end: first.start, text: items.join("") });
  }
  return splices;
}

const endOf = ({ keyEnd, value }: SourceEntry) => Math.max(keyEnd, value.end);

/** The blanks before what begins its line; `undefined` where something else is before it. */
const indentAt = (text: string, offset: number): string | undefined =>
  beginsItsLine(text, offset) ? text.slice(lineStart(text, offset), offset) : undefined;

/** A collection of which nothing stays. */
function wholeOf(text: string, { at, added, prepended }: CollectionEdits, style: TextStyle): string {
  const value =
    at.kind === "list" ? prepended : Object.fromEntries([...added].map(([name, each]) => [name, each.value]));
  // The line on which the bracket stands says how far the inside is indented.
  const line = /^[ \t]*/.exec(text.slice(lineStart(text, at.start)))?.[0] ?? "";
  return rendered(value, style.indent === "" ? undefined : line, style);
}

/** @param indent of the line on which it begins; `undefined` where all is to stand on that line */
function rendered(value: unknown, indent: string | undefined, style: TextStyle): string {
  if (!style.isJson) return inFlow(value, style);
  if (indent === undefined || style.indent === "") return JSON.stringify(value);
  return JSON.stringify(value, undefined, style.indent).replaceAll("\n", style.eol + indent);
}

/** With quotes, where its neighbor has them. */
export function keyText(text: string, { start }: SourceEntry, name: string, style: TextStyle): string {
  return style.isJson || text[start] === '"' ? JSON.stringify(name) : inFlow(name, style);
}

const colonText = (text: string, { keyEnd, value }: SourceEntry, { isJson }: TextStyle): string => {
  const [written] = /^\s*:[ \t]*/.exec(text.slice(keyEnd, value.start)) ?? [];
  if (written === undefined || (!isJson && !written.endsWith(" "))) return ": ";
  return written;
};

/** What stands between an entry and the next one, as the collection is written. */
function separatorAt(text: string, { at }: CollectionEdits, before: SourceEntry, style: TextStyle): string {
  const index = at.entries.indexOf(before);
  const [left, right] = index > 0 ? [at.entries[index - 1], before] : [before, at.entries[1]];
  const written = left && right ? text.slice(endOf(left), right.start) : "";
  if (/^\s*,\s*$/.test(written)) return written;
  const indent = indentAt(text, before.start);
  if (indent !== undefined) return `,${style.eol}${indent}`;
  return colonText(text, before, style).endsWith(" ") ? ", " : ",";
}
