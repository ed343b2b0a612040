import { type Node as JsonNode, parseTree } from "jsonc-parser";
import type { Document, Node } from "yaml";

/** A value of a text, and where it stands there. */
export interface SourceValue {
  readonly start: number;
  /** After its last character. */
  readonly end: number;
  readonly kind: "map" | "list" | "scalar";
  /** Whether brackets, not indentation, say what belongs to it. */
  readonly isFlow: boolean;
  /** Of a scalar in YAML: `PLAIN`, `BLOCK_LITERAL` and so on. */
  readonly style?: string | undefined;
  /** Of an alias: what it refers to. */
  readonly target?: SourceValue;
  readonly entries: readonly SourceEntry[];
}

/** An entry of a map, or an item of a list. */
export interface SourceEntry {
  /** Its position, in a list. */
  readonly name: string;
  /** Of its key; in a block list, of its dash. */
  readonly start: number;
  readonly keyEnd: number;
  readonly value: SourceValue;
}

/** The tree of a JSON text, which has been parsed before. */
export function jsonTree(text: string): SourceValue {
  const root = parseTree(text);
  if (!root) throw new Error("not valid JSON");
  return ofJson(root);
}

function ofJson({ type, offset, length, children = [] }: JsonNode): SourceValue {
  const kind = type === "object" ? "map" : type === "array" ? "list" : "scalar";
  let entries: SourceEntry[] | undefined;
  return {
    start: offset,
    end: offset + length,
    kind,
    isFlow: true,
    get entries() {
      entries ??= children.flatMap((child, index): SourceEntry[] => {
        if (type === "array")
          return [{ name: `${index}`, start: child.offset, keyEnd: child.offset, value: ofJson(child) }];
        const [key, value] = child.children ?? [];
        if (!key || !value) return [];
        return [{ name: String(key.value), start: key.offset, keyEnd: key.offset + key.length, value: ofJson(value) }];
      });
      return entries;
    },
  };
}

/** The tree of a YAML document; an alias has the value of its anchor, at the anchor's place. */
export function yamlTree(document: Document.Parsed, text: string): SourceValue {
  const { isAlias, isMap, isScalar, isSeq } = require("yaml") as typeof import("yaml");
  const known = new Map<unknown, SourceValue>();
  return ofNode(document.contents, 0);

  function ofNode(node: unknown, offset: number): SourceValue {
    const followed = isAlias(node) ? node.resolve(document) : node;
    const value = known.get(followed) ?? newValue(followed as Node | null | undefined, offset);
    if (followed) known.set(followed, value);
    return value;
  }

  function newValue(node: Node | null | undefined, offset: number): SourceValue {
    const [written, last] = node?.range ?? [offset, offset];
    // A value that is not written stands right after its colon, before blanks and a comment.
    const start = written === last ? text.slice(0, written).replace(/[ \t]+$/, "").length : written;
    const end = written === last ? start : last;
    const isFlow = (isMap(node) || isSeq(node)) && node.flow === true;
    let entries: readonly SourceEntry[] | undefined;
    return {
      start,
      end,
      kind: isMap(node) ? "map" : isSeq(node) ? "list" : "scalar",
      isFlow,
      style: isScalar(node) ? node.type : undefined,
      get entries() {
        entries ??= entriesOf(node, isFlow);
        return entries;
      },
    };
  }

  function entriesOf(node: Node | null | undefined, isFlow: boolean): readonly SourceEntry[] {
    if (isMap(node))
      return node.items.map(({ key, value }) => {
        const [start, keyEnd] = (key as Node | null)?.range ?? [0, 0];
        // The value stands elsewhere where it is an alias, which matters to where its entry ends.
        const own = isAlias(value) ? aliasAt(value, keyEnd) : ofNode(value, keyEnd);
        return { name: String(isScalar(key) ? key.value : key), start, keyEnd, value: own };
      });
    if (!isSeq(node)) return [];
    const column = columnOf(text, node.range?.[0] ?? 0);
    return node.items.map((item, index) => {
      const start = (item as Node | null)?.range?.[0] ?? 0;
      const value = isAlias(item) ? aliasAt(item, start) : ofNode(item, start);
      return { name: `${index}`, start: isFlow ? start : dashOf(start, column), keyEnd: start, value };
    });
  }

  function aliasAt(alias: Node, offset: number): SourceValue {
    const [start, end] = alias.range ?? [offset, offset];
    const to = ofNode(alias, offset);
    return { start, end, kind: "scalar", isFlow: false, entries: [], target: to };
  }

  /** The dash of an item that stands on its line, or on one above. */
  function dashOf(item: number, column: number): number {
    let line = lineStart(text, item);
    while (line > 0 && !(text[line + column] === "-" && line + column < item)) line = lineStart(text, line - 1);
    return line + column;
  }
}

export const lineStart = (text: string, offset: number): number =>
  offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;

export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);
