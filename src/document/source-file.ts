import { readFileSync } from "node:fs";
import { extname, relative } from "node:path";
import type { Document, LineCounter, Node } from "yaml";
import { show } from "../text/show";
import { cloudFormationTags } from "./cloudformation-tags";
import { JsonPlaces } from "./json-places";
import { fillIn, type OpenValue, type Variables } from "./open-values";
import { plainYaml } from "./plain-yaml";
import { partsOfPointer } from "./pointer";

// Loaded with the first document, because a program without one needs no parser.
const yamlParser = () => require("yaml") as typeof import("yaml");

/** A file that cannot be read; the message says why. */
export class UnreadableFile extends Error {}

export interface SourceOptions {
  /** Of a document that stands in no file. */
  readonly text?: string;
  /**
   * Where the document stands in a file that holds more, as a JSON pointer.
   * @default - the file is the document
   */
  readonly pointer?: string;
  /** Values for what it leaves open. */
  readonly variables?: Variables;
}

/** One file of an OpenAPI document, or a whole one that stands in no file, in YAML or JSON. */
export class SourceFile {
  readonly isFile: boolean;
  /** As messages show it. */
  readonly name: string;
  readonly root: unknown;
  /** What CloudFormation would put in, and nobody has. */
  readonly open: readonly OpenValue[];
  /** Names of variables that it has. */
  readonly variables: ReadonlySet<string>;
  private readonly above: readonly string[];
  private parsed: { readonly document: Document.Parsed; readonly lines: LineCounter } | undefined;
  private jsonPlaces: JsonPlaces | undefined;
  private readonly text: string;
  private readonly isJson: boolean;

  /**
   * @param path absolute; a name in messages for a text that stands in no file
   * @throws UnreadableFile
   */
  constructor(
    readonly path: string,
    { text, pointer = "", variables = {} }: SourceOptions = {},
  ) {
    this.isFile = text === undefined;
    this.name = this.isFile ? relative(process.cwd(), path).split("\\").join("/") : path;
    this.text = text ?? readText(path);
    this.isJson = this.isFile ? extname(path).toLowerCase() === ".json" : this.text.trimStart().startsWith("{");
    // Parsers that know lines take much longer: they are asked only once a line is wanted.
    const plainValue = this.isJson ? { value: parseJson(this.text) } : plainYaml(this.text);
    const whole = plainValue ? plainValue.value : this.parseYaml();
    // Of what was parsed: in the text, a character may be written by an escape.
    const plain = plainValue && !MAY_NEED_A_LOOK.test(this.text) ? "" : plainOf(whole);
    if (this.isFile) refuseTokens(plain);
    this.above = partsOfPointer(pointer);
    const part = this.partOf(whole, pointer);
    const filled = MAY_BE_OPEN.test(plain)
      ? fillIn(part, variables)
      : { root: part, open: [], names: new Set<string>() };
    this.root = filled.root;
    this.open = filled.open;
    this.variables = filled.names;
  }

  private partOf(whole: unknown, pointer: string): unknown {
    let part = whole;
    for (const name of this.above) {
      if (typeof part !== "object" || part === null || !Object.hasOwn(part, name))
        throw new UnreadableFile(
          `has nothing at ${show(pointer)}; write the path to the document in it, from its root`,
        );
      part = (part as Record<string, unknown>)[name];
    }
    return part;
  }

  /** Line at which something stands, as far as it is there: `["paths", "/pets"]`. */
  lineOf(path: readonly string[]): number {
    if (!this.isJson) return this.lineInYaml([...this.above, ...path]);
    this.jsonPlaces ??= new JsonPlaces(this.text);
    return this.jsonPlaces.lineOf([...this.above, ...path]);
  }

  private lineInYaml(path: readonly string[]): number {
    const { isAlias, isMap, isNode, isSeq } = yamlParser();
    const { document, lines } = this.yaml();
    let node: unknown = document.contents;
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    for (const name of path) {
      if (isAlias(node)) node = node.resolve(document);
      const next = isMap(node)
        ? node.items.find(({ key }) => keyOf(key) === name)
        : isSeq(node)
          ? { key: node.items[Number(name)], value: node.items[Number(name)] }
          : undefined;
      if (!next) break;
      offset = (next.key as Node | undefined)?.range?.[0] ?? offset;
      node = next.value;
    }
    return lines.linePos(offset).line;
  }

  private parseYaml(): unknown {
    const { document } = this.yaml();
    const [problem] = document.errors;
    if (problem) {
      const reason = problem.message.split("\n")[0]?.replace(/ at line \d+.*$/, "");
      throw new UnreadableFile(`is not well formed at line ${problem.linePos?.[0].line ?? 1}: ${reason}; fix it there`);
    }
    try {
      return document.toJS({ maxAliasCount: 10_000 });
    } catch {
      throw new UnreadableFile("refers to an anchor (*name) that is not there, or to too many; write it out");
    }
  }

  private yaml() {
    const parser = yamlParser();
    const lines = new parser.LineCounter();
    this.parsed ??= {
      document: parser.parseDocument(this.text, {
        lineCounter: lines,
        uniqueKeys: true,
        merge: true,
        customTags: (tags) => [...tags, ...cloudFormationTags(parser)],
      }),
      lines,
    };
    return this.parsed;
  }
}

function plainOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    throw new UnreadableFile("has an anchor (&name) that holds itself; write it out");
  }
}

/** Without one of these in its text, a document has none of what is looked for in its values. */
const MAY_NEED_A_LOOK = /\\|TfToken\[|\$\{|Fn::|Ref/;

/** Without one of these, a document leaves nothing open. */
const MAY_BE_OPEN = /\$\{|"Fn::|"Ref":/;

const keyOf = (key: unknown): string => String(yamlParser().isScalar(key) ? key.value : key);

/** CDKTF replaces its tokens in every text of a stack, by whatever one of its own has the number. */
function refuseTokens(plain: string): void {
  if (plain.includes("TfToken["))
    throw new UnreadableFile('has "TfToken[", which CDKTF would replace by a value of its own; take it out');
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UnreadableFile(code === "ENOENT" ? "does not exist" : `cannot be read (${code})`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableFile(`is not valid JSON: ${(cause as Error).message}; fix it, or name it .yaml`);
  }
}
