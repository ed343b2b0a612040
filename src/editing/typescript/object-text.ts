import type { EntrySyntax, ObjectSyntax } from "./object-syntax";
import { entriesText, onOneLine, propertyName, typescriptText } from "./typescript-text";

/** Where an object literal stands, with what is needed of its entries to edit them. */
type Span = Omit<ObjectSyntax, "entries"> & { readonly entries: readonly Omit<EntrySyntax, "value">[] };
type EntrySpan = Span["entries"][number];

/** A text with entries at the end of one of its object literals, written as those that are there. */
export function withEntries(text: string, object: Span, entries: Readonly<Record<string, unknown>>): string {
  const { open, close, entries: written, hasTrailingComma } = object;
  const last = written.at(-1);
  if (!text.slice(open, close).includes("\n") && last)
    return insert(text, last.end, `, ${onOneLine(entries).slice(2, -2)}`);
  const eol = eolOf(text);
  const indent = (last && beginsItsLine(text, last.start) && indentAt(text, last.start)) || `${indentAt(text, open)}  `;
  const outer = indentAt(text, open);
  const all = entriesText(entries, indent);
  // Where the last entry has no comma, the new one has none either.
  const lines = (last && !hasTrailingComma ? all.replace(/,\n$/, "\n") : all).replaceAll("\n", eol);
  if (!last && text.slice(open + 1, close).trim() === "")
    return replace(text, open + 1, close, `${eol}${lines}${outer}`);
  const line = text.lastIndexOf("\n", close) + 1;
  const isAlone = text.slice(line, close).trim() === "";
  const [at, added] = isAlone ? [line, lines] : [close, `${eol}${lines}${outer}`];
  if (!last || hasTrailingComma) return insert(text, at, added);
  return replace(text, last.end, at, `,${text.slice(last.end, at)}${added}`);
}

/** A text in which an entry of an object literal has another value. */
export function withValue(text: string, entry: EntrySpan, value: unknown): string {
  const name = text.slice(entry.start, entry.nameEnd);
  const indent = indentAt(text, entry.start);
  const written = typescriptText(value, indent, name.length + 3).replaceAll("\n", eolOf(text));
  const [colon] = /^\s*:\s*/.exec(text.slice(entry.nameEnd, entry.end)) ?? [];
  if (colon === undefined) return insert(text, entry.nameEnd, `: ${written}`);
  return replace(text, entry.nameEnd + colon.length, entry.end, written);
}

/** A text in which an entry of an object literal has another name. */
export function withName(text: string, entry: EntrySpan, name: string): string {
  const old = text.slice(entry.start, entry.nameEnd);
  const quote = /^["']/.exec(old)?.[0];
  // Quotes stay where they are a matter of taste, and of the kind that was chosen.
  const isTaste = quote !== undefined && propertyName(old.slice(1, -1)) === old.slice(1, -1);
  const plain = isTaste ? JSON.stringify(name) : propertyName(name);
  const written = quote === "'" && plain.startsWith('"') ? `'${name}'` : plain;
  // `{ joe }` is short for `{ joe: joe }`.
  const isShort = entry.nameEnd === entry.end;
  return replace(text, entry.start, entry.nameEnd, isShort ? `${written}: ${old}` : written);
}

/** A text without an entry of an object literal. Comments right above it are its own, and go; one above several stays. */
export function withoutEntry(text: string, object: Span, entry: EntrySpan): string {
  const { entries, hasTrailingComma, open, close } = object;
  const index = entries.indexOf(entry);
  const [before, next] = [entries[index - 1], entries[index + 1]];
  const afterComma = entry.end + (/^\s*,/.exec(text.slice(entry.end))?.[0].length ?? 0);
  const end = lineEnd(text, afterComma);
  const isAlone =
    beginsItsLine(text, entry.start) && /^[ \t]*(?:\/\/.*|\/\*.*\*\/[ \t]*)?$/.test(text.slice(afterComma, end));
  if (!isAlone) {
    if (next) return replace(text, entry.start, next.start, "");
    if (before) return replace(text, before.end, hasTrailingComma ? afterComma - 1 : entry.end, "");
    return replace(text, open + 1, close, "");
  }
  const after = nextLine(text, end);
  const headsOthers = next !== undefined && lineStart(text, next.start) === after;
  const start = headsOthers
    ? lineStart(text, entry.start)
    : startWithComments(text, lineStart(text, entry.start), open);
  const kept = replace(text, start, after, "");
  if (next || !before || hasTrailingComma) return kept;
  const comma = text.indexOf(",", before.end);
  return comma < start ? replace(kept, comma, comma + 1, "") : kept;
}

/** The first of the comments that stand on lines of their own right above a line. */
function startWithComments(text: string, line: number, open: number): number {
  let start = line;
  for (;;) {
    const above = lineStart(text, start - 1);
    if (above <= open || !/^[ \t]*(?:\/\/.*|\/\*.*\*\/[ \t]*)\r?\n$/.test(text.slice(above, start))) return start;
    start = above;
  }
}

export const eolOf = (text: string): string => (/\r?\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n");

const insert = (text: string, at: number, added: string) => replace(text, at, at, added);
const replace = (text: string, start: number, end: number, added: string) =>
  text.slice(0, start) + added + text.slice(end);
const lineStart = (text: string, offset: number) => (offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1);
const nextLine = (text: string, end: number) =>
  text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length);

function lineEnd(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  if (at === -1) return text.length;
  return text[at - 1] === "\r" ? at - 1 : at;
}

const indentAt = (text: string, offset: number) => /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? "";
const beginsItsLine = (text: string, offset: number) => /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
