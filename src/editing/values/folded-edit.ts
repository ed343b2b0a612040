import type { Splice } from "./collection-edits";
import { commonLengths } from "./common-lengths";
import { lineStart, type SourceValue } from "./source-value";
import type { TextStyle } from "./text-style";

/**
 * The splice for a folded scalar (`>`), where a line of the value stands on one or more lines of the text; `undefined` for
 * lines that are indented further, which do not fold.
 */
export function foldedEdit(
  text: string,
  { start, end }: SourceValue,
  [from, to]: readonly [string, string],
  { eol }: TextStyle,
): Splice | undefined {
  if (from.endsWith("\n") !== to.endsWith("\n")) return undefined;
  const [old, lines] = [from, to].map((each) => each.replace(/\n$/, "").split("\n")) as [string[], string[]];
  const groups = groupsOf(text, text.indexOf("\n", start) + 1, end);
  if (!groups || groups.length !== old.filter(isFilled).length) return undefined;
  const [before, after] = commonLengths(old, lines);
  const last = old.slice(0, before).findLastIndex(isFilled);
  const added = lines.slice(last + 1, lines.length - after);
  const first = groups[old.slice(0, last + 1).filter(isFilled).length - 1];
  const until = groups[old.slice(0, old.length - after).filter(isFilled).length - 1];
  const isIndented =
    added.some((line) => /^[ \t]/.test(line)) || added.at(-1) === "" || old[old.length - after - 1] === "";
  if (!first || !until || isIndented) return undefined;
  const indent = " ".repeat(first.indent);
  // A line break stands for a blank, so each of the value needs one more.
  const written = `\n${added.join("\n")}`.replaceAll(/\n+/g, (breaks) => `${breaks}\n`);
  const folded = added.length === 0 ? "" : written.replaceAll(/\n(?=[^\n])/g, `\n${indent}`).replaceAll("\n", eol);
  return { start: first.end, end: until.end, text: folded };
}

const isFilled = (line: string) => line !== "";

/** Lines of the text that are one line of the value. */
function groupsOf(
  text: string,
  from: number,
  to: number,
): { readonly end: number; readonly indent: number }[] | undefined {
  const groups: { end: number; indent: number }[] = [];
  let isOpen = false;
  for (const match of text.slice(from, to).matchAll(/[^\n]*(?:\n|$)/g)) {
    const line = match[0].replace(/\r?\n$/, "");
    const indent = line.search(/[^ ]/);
    isOpen &&= indent !== -1;
    if (indent === -1) continue;
    const [first] = groups;
    if (first && first.indent !== indent) return undefined;
    const end = from + match.index + line.length;
    if (isOpen) groups.splice(-1, 1, { end, indent });
    else groups.push({ end, indent });
    isOpen = true;
  }
  return groups.length > 0 && lineStart(text, from) === from ? groups : undefined;
}
