import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import type { Json } from "../../support/synthesize";

/** A part of a document, with the file in which its references start. */
export interface Part {
  readonly value: Json;
  readonly file: string;
}

const FUNCTIONS = ["Sub", "GetAtt", "Join", "If", "FindInMap", "ImportValue", "Select", "Split", "Ref"];
const longName = (name: string) => (name === "Ref" ? name : `Fn::${name}`);

/** Short forms of CloudFormation's functions, as objects. */
const TAGS = FUNCTIONS.flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => ({ [longName(name)]: text }) },
  ...(["seq", "map"] as const).map((collection) => ({
    tag: `!${name}`,
    collection,
    resolve: (node: Json) => ({ [longName(name)]: node.toJSON() }),
  })),
]);

const isFunction = (value: object) => Object.keys(value).every((name) => /^(Ref|Fn::\w+)$/.test(name));

/**
 * A plain reader of OpenAPI documents, which shares nothing with the one under test: files are parsed, values for what they
 * leave open are put in, and references are followed by hand.
 */
export class PlainDocument {
  private readonly files = new Map<string, Json>();
  readonly root: Part;

  /** @param path relative to the folder in which the program runs; a document within a file stands after `#` */
  constructor(
    path: string,
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {
    const [file = path, pointer = ""] = path.split("#");
    const absolute = resolve(file);
    this.read(absolute, pointer);
    this.root = { value: this.files.get(absolute), file: absolute };
  }

  /** Its part of a name, with references followed. */
  get(part: Part | undefined, ...names: readonly string[]): Part | undefined {
    let found = part && this.follow(part);
    for (const name of names) {
      const value = found?.value;
      if (!found || typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
      found = this.follow({ value: value[name], file: found.file });
    }
    return found;
  }

  /** Its parts by name, as they are written. */
  parts(part: Part | undefined): [string, Part][] {
    const found = part && this.follow(part);
    if (typeof found?.value !== "object" || found.value === null) return [];
    return Object.entries(found.value).map(([name, value]) => [name, { value, file: found.file }]);
  }

  follow(part: Part): Part {
    let at = part;
    for (let steps = 0; steps < 50 && typeof at.value?.$ref === "string"; steps++) {
      const [path = "", pointer = ""] = at.value.$ref.split("#");
      const file: string = path === "" ? at.file : resolve(dirname(at.file), decodeURIComponent(path));
      if (!this.files.has(file)) this.read(file, "");
      at = this.point({ value: this.files.get(file), file }, pointer);
    }
    return at;
  }

  private point(root: Part, pointer: string): Part {
    let at = root;
    for (const each of pointer.split("/").slice(1)) {
      const name = decodeURIComponent(each).replaceAll("~1", "/").replaceAll("~0", "~");
      if (typeof at.value?.$ref === "string") at = this.follow(at);
      at = { value: at.value?.[name], file: at.file };
    }
    return at;
  }

  private read(file: string, pointer: string): void {
    const parsed = parseDocument(readFileSync(file, "utf8"), {
      merge: true,
      customTags: TAGS as Json,
      logLevel: "silent",
    });
    this.files.set(file, this.filled(this.point({ value: parsed.toJS({ maxAliasCount: -1 }), file }, pointer).value));
  }

  private filled(value: Json, place = "#"): Json {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value))
      return value.map((each, index) => this.filled(each, `${place}/${index}`)).filter((each) => each !== undefined);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value["Fn::If"])) {
      const [condition, yes, no] = value["Fn::If"];
      return this.filled(this.variables[condition] === "true" ? yes : no, place);
    }
    if (value.Ref === "AWS::NoValue") return undefined;
    // A function that is not read has its value by its place.
    const text = this.evaluated(value) ?? (isFunction(value) ? this.variables[place] : undefined);
    if (text !== undefined) return text;
    const within = (name: string) => `${place}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.filled(each, within(name))]));
  }

  private text(text: string, own: Json = {}): string {
    return text.replace(/\$\{(!?)([^{}]*)\}/g, (all, escaped, name) => {
      if (escaped) return `\${${name}}`;
      const given = own[name];
      const inner = typeof given === "object" && given !== null ? this.evaluated(given) : given;
      return inner ?? this.variables[name] ?? all;
    });
  }

  /** The text for which a function of CloudFormation stands; `undefined` where the variables do not say. */
  private evaluated(value: Json): string | undefined {
    const [[name, argument] = ["", undefined], ...others]: [string, Json][] = Object.entries(value);
    if (others.length > 0) return undefined;
    const inner = (each: Json): string | undefined =>
      typeof each === "object" && each !== null ? this.evaluated(each) : this.text(String(each));
    if (name === "Ref" && typeof argument === "string") return this.variables[argument];
    if (name === "Fn::ImportValue") return this.variables[inner(argument) ?? ""];
    if (name === "Fn::If") return inner(this.variables[argument[0]] === "true" ? argument[1] : argument[2]);
    if (name === "Fn::GetAtt") return this.variables[Array.isArray(argument) ? argument.join(".") : argument];
    if (name === "Fn::Join") {
      const parts: (string | undefined)[] = argument[1].map(inner);
      return parts.includes(undefined) ? undefined : parts.join(argument[0]);
    }
    if (name === "Fn::Sub") return Array.isArray(argument) ? this.text(argument[0], argument[1]) : this.text(argument);
    return undefined;
  }
}
