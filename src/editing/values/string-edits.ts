import type { Splice } from "./collection-edits";
import { commonLengths } from "./common-lengths";
import { foldedEdit } from "./folded-edit";
import type { SourceValue } from "./source-value";
import type { TextStyle } from "./text-style";

/**
 * The splice that turns one string into another and leaves what both have in common as it is written; `undefined` for a
 * style in which that is not possible.
 */
export function stringEdit(
  text: string,
  at: SourceValue,
  [from, to]: readonly [string, string],
  style: TextStyle,
): Splice | undefined {
  if (at.style === "BLOCK_LITERAL") return literalEdit(text, at, [from, to], style);
  if (at.style === "BLOCK_FOLDED") return foldedEdit(text, at, [from, to], style);
  return text[at.start] === '"' ? quotedEdit(text, at, [from, to]) : undefined;
}

/** Each line of the value has one of its own in the text. */
function literalEdit(
  text: string,
  { start, end }: SourceValue,
  [from, to]: readonly [string, string],
  { eol }: TextStyle,
): Splice | undefined {
  // The last line break is the header's business.
  if (from.endsWith("\n") !== to.endsWith("\n")) return undefined;
  const [old, lines] = [from, to].map((each) => each.replace(/\n$/, "").split("\n")) as [string[], string[]];
  const written = text
    .slice(start, end)
    .split("\n")
    .slice(1, old.length + 1);
  const filled = old.findIndex((line) => line.trim() !== "");
  const indent = (written[filled] ?? "").indexOf(old[filled] ?? "");
  if (filled === -1 || indent < 1 || written.length !== old.length) return undefined;
  const [before, after] = commonLengths(old, lines);
  const ends = [text.indexOf("\n", start)];
  for (const line of written) ends.push((ends.at(-1) ?? 0) + 1 + line.length);
  const at = (index: number) => {
    const found = Math.min(ends[index] ?? end, end);
    return text[found - 1] === "\r" ? found - 1 : found;
  };
  const added = lines.slice(before, lines.length - after);
  return {
    start: at(before),
    end: at(old.length - after),
    text: added.map((line) => eol + (line === "" ? "" : " ".repeat(indent) + line)).join(""),
  };
}

/** In JSON's escapes, which YAML has too. */
function quotedEdit(text: string, at: SourceValue, [from, to]: readonly [string, string]): Splice | undefined {
  const written = text.slice(at.start + 1, at.end - 1).match(/\\u[0-9a-fA-F]{4}|\\[\s\S]|[\s\S]/g) ?? [];
  if (written.length !== from.length) return undefined;
  const [before, after] = commonLengths(from, to);
  const lengthOf = (pieces: readonly string[]) => pieces.join("").length;
  return {
    start: at.start + 1 + lengthOf(written.slice(0, before)),
    end: at.end - 1 - lengthOf(written.slice(written.length - after)),
    text: JSON.stringify(to.slice(before, to.length - after)).slice(1, -1),
  };
}
