import { entriesText, onOneLine, propertyName } from "./typescript-text";

/** A map as it stands in a program: from its `{` to its `}`, with what it names. */
interface WrittenMap {
  readonly open: number;
  readonly close: number;
  readonly entries: readonly WrittenEntry[];
}

interface WrittenEntry {
  /** `undefined` for what is spread or computed. */
  readonly name: string | undefined;
  readonly start: number;
  readonly valueStart: number;
  /** Behind the value. */
  readonly end: number;
}

/**
 * The text of a `catalog.ts`, to which entries are added where a person would. What is written there stays as it is:
 * it is not printed anew, so comments, order and whatever else somebody has done are kept.
 */
export class CatalogText {
  private constructor(readonly text: string) {}

  /** @throws Error for a text in which no `defineCatalog({ … })` is found */
  static of(text: string): CatalogText {
    const catalog = new CatalogText(text);
    catalog.mapAt([]);
    return catalog;
  }

  /** Names in the map at a path, such as `["apis", "pets", "stages"]`; none where there is no such map. */
  names(path: readonly string[]): string[] {
    try {
      return this.mapAt(path).entries.flatMap(({ name }) => name ?? []);
    } catch {
      return [];
    }
  }

  /** The data files that it names, as they are written. */
  get dataFiles(): string[] {
    return [...this.text.matchAll(/\bsubscriptionsFromFile\(\s*["']([^"']+)["']\s*\)/g)].map(([, file = ""]) => file);
  }

  /** The text of a value, such as `"a1b2c3d4e5"` with its quotes; `undefined` where there is none. */
  value(path: readonly string[]): string | undefined {
    const name = path.at(-1);
    try {
      const entry = this.mapAt(path.slice(0, -1)).entries.find((each) => each.name === name);
      return entry && this.text.slice(entry.valueStart, entry.end).trim();
    } catch {
      return undefined;
    }
  }

  /**
   * Adds entries at the end of the map at a path, which is made where it is missing.
   *
   * @throws Error where something else than a map stands in its place
   */
  add(path: readonly string[], entries: Readonly<Record<string, unknown>>): CatalogText {
    if (Object.keys(entries).length === 0) return this;
    const parent = path.slice(0, -1);
    const name = path.at(-1);
    if (name !== undefined && !this.names(parent).includes(name)) return this.add(parent, { [name]: entries });
    const map = this.mapAt(path);
    const last = map.entries.at(-1);
    const between = this.text.slice(last?.end ?? map.open + 1, map.close);
    if (!this.text.slice(map.open, map.close).includes("\n") && last)
      return this.insert(last.end, `, ${onOneLine(entries).slice(2, -2)}`);
    const indent = `${this.indentAt(map.open)}  `;
    const lines = entriesText(entries, indent);
    if (!last) return this.replace(map.open + 1, map.close, `\n${lines}${indent.slice(2)}`);
    const withComma = /^\s*,/.test(between) ? this : this.insert(last.end, ",");
    const close = withComma.text.length - (this.text.length - map.close);
    const line = withComma.text.lastIndexOf("\n", close) + 1;
    const isAlone = withComma.text.slice(line, close).trim() === "";
    return withComma.insert(isAlone ? line : close, isAlone ? lines : `\n${lines}${indent.slice(2)}`);
  }

  /** Adds a call to the list of data files, and what it needs to be known. */
  addDataFile(file: string): CatalogText {
    const call = `subscriptionsFromFile(${JSON.stringify(file)})`;
    if (this.text.includes(call)) return this;
    const list = this.mapAt([]).entries.find(({ name }) => name === "subscriptionFiles");
    const [, from] = /import\s*\{[^}]*\bdefineCatalog\b[^}]*\}\s*from\s*"([^"]+)"/.exec(this.text) ?? [];
    const isKnown = /import\s*\{[^}]*\bsubscriptionsFromFile\b/.test(this.text);
    let added: CatalogText;
    if (list) {
      const value = this.text.slice(list.valueStart, list.end).trimStart();
      if (!value.startsWith("["))
        throw new Error(`its subscriptionFiles is no list; add ${call} to it by hand, and adopt again`);
      added = this.insert(this.text.indexOf("[", list.valueStart) + 1, `${call}, `);
    } else {
      added = this.add([], { subscriptionFiles: MARK }).replaceText(JSON.stringify(MARK), `[${call}]`);
    }
    if (isKnown || from === undefined) return added;
    return added.insert(0, `import { subscriptionsFromFile } from ${JSON.stringify(from)};\n`);
  }

  private insert(position: number, text: string): CatalogText {
    return this.replace(position, position, text);
  }

  private replace(start: number, end: number, text: string): CatalogText {
    return new CatalogText(this.text.slice(0, start) + text + this.text.slice(end));
  }

  private replaceText(old: string, text: string): CatalogText {
    return new CatalogText(this.text.replace(old, () => text));
  }

  private indentAt(position: number): string {
    const line = this.text.lastIndexOf("\n", position) + 1;
    return /^[ \t]*/.exec(this.text.slice(line))?.[0] ?? "";
  }

  private mapAt(path: readonly string[]): WrittenMap {
    const call = /\bdefineCatalog\s*\(\s*(?=\{)/.exec(this.text);
    if (!call) throw new Error("it has no defineCatalog({ … }) to which entries could be added");
    let map = this.readMap(call.index + call[0].length);
    for (const name of path) {
      const entry = map.entries.find((each) => each.name === name);
      const start = entry && skipBlank(this.text, entry.valueStart);
      if (start === undefined || this.text[start] !== "{")
        throw new Error(`its ${path.join(".")} is not written as a map, so nothing can be added to it`);
      map = this.readMap(start);
    }
    return map;
  }

  private readMap(open: number): WrittenMap {
    const entries: WrittenEntry[] = [];
    for (let at = skipBlank(this.text, open + 1); ; ) {
      if (this.text[at] === "}") return { open, close: at, entries };
      const { name, valueStart } = this.readName(at);
      const end = endOfValue(this.text, valueStart);
      entries.push({ name, start: at, valueStart, end: at + this.text.slice(at, end).trimEnd().length });
      at = skipBlank(this.text, end);
      if (this.text[at] === ",") at = skipBlank(this.text, at + 1);
      else if (this.text[at] !== "}") throw new Error("it is not well formed");
    }
  }

  private readName(at: number): { readonly name: string | undefined; readonly valueStart: number } {
    const rest = this.text.slice(at, at + 2_000);
    const [whole, quoted, bare] = /^(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([\w$]+))\s*:/.exec(rest) ?? [];
    if (whole === undefined) return { name: /^([\w$]+)\s*[,}]/.exec(rest)?.[1], valueStart: at };
    const name = quoted === undefined ? bare : unquoted(quoted);
    return { name, valueStart: at + whole.length };
  }
}

const MARK = "the list of data files";

const unquoted = (text: string) =>
  text.startsWith('"') ? (JSON.parse(text) as string) : text.slice(1, -1).replaceAll("\\'", "'");

/** Behind blanks and comments. */
function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const [blank = ""] = /^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/.exec(text.slice(at, at + 100_000)) ?? [];
    if (blank === "") return at;
    at += blank.length;
  }
}

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

/** Where the value ends that begins here: at a comma, or at what closes the map. */
function endOfValue(text: string, from: number): number {
  const closing: string[] = [];
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '"' || character === "'" || character === "`") at = endOfText(text, at);
    else if (character === "/" && (text[at + 1] === "/" || text[at + 1] === "*")) at = skipBlank(text, at) - 1;
    else if (CLOSING[character]) closing.push(CLOSING[character]);
    else if (closing.length === 0 && (character === "," || character === "}")) return at;
    else if (character === closing.at(-1)) closing.pop();
  }
  throw new Error("it is not well formed");
}

/** The quote that ends a text. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === text[from]) return at;
  }
  throw new Error("it is not well formed");
}

/** A new catalog, as a person would write it. */
export function newCatalogText(from: string, parts: Readonly<Record<string, object>>, dataFile?: string): string {
  const imported = dataFile === undefined ? "defineCatalog" : "defineCatalog, subscriptionsFromFile";
  const maps = Object.entries(parts).map(([name, entries]) => {
    const text = entriesText(entries as Record<string, unknown>, "    ");
    return `  ${propertyName(name)}: ${text === "" ? "{}" : `{\n${text}  }`},\n`;
  });
  const files =
    dataFile === undefined ? "" : `  subscriptionFiles: [subscriptionsFromFile(${JSON.stringify(dataFile)})],\n`;
  return `import { ${imported} } from "${from}";\n\nexport const catalog = defineCatalog({\n${maps.join("")}${files}});\n`;
}
