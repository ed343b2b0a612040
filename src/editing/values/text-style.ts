import type { CreateNodeOptions, DocumentOptions, SchemaOptions, ToStringOptions } from "yaml";
import { entriesOf } from "../../vocabulary/objects";
import { columnOf, lineStart, type SourceEntry, type SourceValue } from "./source-value";

type YamlOptions = ToStringOptions & CreateNodeOptions & DocumentOptions & SchemaOptions;

/** How a text is written, so that what is added to it looks the same. */
export interface TextStyle {
  readonly isJson: boolean;
  readonly eol: "\n" | "\r\n";
  /** Of one level, in JSON; empty where all is on one line. */
  readonly indent: string;
  readonly yaml: YamlOptions;
  /** How far a map and a list of block YAML stand from their key. */
  readonly steps: { readonly map: number; readonly list: number };
}

export function styleOf(text: string, root: SourceValue, isJson: boolean): TextStyle {
  const eol = /\r?\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n";
  const [first] = root.entries;
  const indent = first && beginsItsLine(text, first.start) ? text.slice(lineStart(text, first.start), first.start) : "";
  return { isJson, eol, indent, yaml: isJson ? {} : yamlStyle(text), steps: stepsOf(text, root) };
}

/** As the first nested map and the first list of the document have it. */
function stepsOf(text: string, root: SourceValue): TextStyle["steps"] {
  const steps: { map?: number; list?: number } = {};
  const look = ({ entries, kind, isFlow }: SourceValue, depth: number): void => {
    if (isFlow || depth > 4 || (steps.map !== undefined && steps.list !== undefined)) return;
    for (const { start, value } of entries) {
      const [inner] = value.entries;
      if (kind !== "map" || value.kind === "scalar" || value.isFlow || !inner) continue;
      steps[value.kind] ??= columnOf(text, inner.start) - columnOf(text, start);
      look(value, depth + 1);
    }
  };
  look(root, 0);
  const { map = 2, list = map } = steps;
  return { map: Math.max(map, 1), list: Math.max(list, 0) };
}

function yamlStyle(text: string): YamlOptions {
  const count = (quote: string) => text.split(quote).length;
  return {
    singleQuote: count("'") > count('"'),
    lineWidth: 0,
    aliasDuplicateObjects: false,
    flowCollectionPadding: false,
  };
}

/** Whether only blanks stand before it on its line. */
export const beginsItsLine = (text: string, offset: number): boolean =>
  /^[ \t\uFEFF]*$/.test(text.slice(lineStart(text, offset), offset));

/** Where its content ends, without a comment and blank lines after it. */
export function contentEnd(text: string, value: SourceValue): number {
  const last = value.isFlow ? undefined : value.entries.at(-1);
  if (last) return entryEnd(text, last);
  // What is written as a block ends with the line break.
  return value.style?.startsWith("BLOCK") && text[value.end - 1] === "\n"
    ? value.end - (text[value.end - 2] === "\r" ? 2 : 1)
    : value.end;
}

export const entryEnd = (text: string, { keyEnd, value }: SourceEntry): number =>
  Math.max(keyEnd, contentEnd(text, value));

/** The end of its line, before the line break. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  if (at === -1) return text.length;
  return text[at - 1] === "\r" && at > offset ? at - 1 : at;
}

/** A YAML value in brackets, on one line. */
export function inFlow(value: unknown, { yaml }: TextStyle): string {
  const { stringify } = require("yaml") as typeof import("yaml");
  const json = JSON.stringify(value);
  // Without quotes, several lines would be several lines here too.
  if (json.includes("\\n")) return json;
  // What needs quotes between brackets may need none elsewhere.
  return stringify([value], { ...yaml, collectionStyle: "flow" })
    .trim()
    .slice(1, -1);
}

/** Entries of a block map, or items of a block list, as lines without indentation. */
export function inBlock(value: unknown, style: TextStyle): string[] {
  if (Array.isArray(value))
    return value.flatMap((item) => (isFilled(item) ? besideDash(inBlock(item, style)) : scalarLines([item], style)));
  return entriesOf(value).flatMap(([name, inner]) => {
    if (!isFilled(inner)) return scalarLines({ [name]: inner }, style);
    const indent = " ".repeat(Array.isArray(inner) ? style.steps.list : style.steps.map);
    const [key = ""] = scalarLines({ [name]: 0 }, style);
    return [key.replace(/ 0$/, ""), ...inBlock(inner, style).map((line) => (line === "" ? "" : indent + line))];
  });
}

const isFilled = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length > 0;

const besideDash = (lines: readonly string[]) =>
  lines.map((line, index) => (index === 0 ? `- ${line}` : line === "" ? "" : `  ${line}`));

/** A map or a list with nothing below its one entry. */
function scalarLines(value: unknown, { yaml, steps }: TextStyle): string[] {
  const { stringify } = require("yaml") as typeof import("yaml");
  return stringify(value, { ...yaml, indent: steps.map })
    .replace(/\n$/, "")
    .split("\n");
}

/** Lines after the first one at a column; an empty one stays empty. */
export const atColumn = (lines: readonly string[], indent: string, eol: string): string =>
  lines.map((line, index) => (index === 0 || line === "" ? line : indent + line)).join(eol);
