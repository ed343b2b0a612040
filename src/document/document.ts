import { dirname, resolve } from "node:path";
import { isObject } from "../vocabulary/objects";
import type { OpenValue, Variables } from "./open-values";
import { decoded, partsOfPointer } from "./pointer";
import { SourceFile, UnreadableFile } from "./source-file";

/** A reference that leads nowhere; the message says why, and what to do. */
export class BrokenReference extends Error {
  constructor(
    readonly at: DocumentNode,
    message: string,
  ) {
    super(message);
  }
}

/** The files of an OpenAPI document, each read once. */
export class DocumentFiles {
  private readonly files = new Map<string, SourceFile>();

  /** @param variables values for what the files leave open */
  constructor(private readonly variables: Variables = {}) {}

  /**
   * The root of a file, or of the document that stands in it: `template.yaml#/Resources/Api/Properties/DefinitionBody`.
   *
   * @throws UnreadableFile
   */
  root(path: string): DocumentNode {
    const [, name = path, pointer = ""] = /^(.*?)#(\/.*)$/.exec(path) ?? [];
    const absolute = resolve(name);
    const file = this.files.get(absolute) ?? new SourceFile(absolute, { pointer, variables: this.variables });
    this.files.set(absolute, file);
    return new DocumentNode(this, file, [], file.root);
  }

  /** What is still open in the files that were read. */
  get open(): readonly (OpenValue & { readonly node: DocumentNode })[] {
    return [...this.files.values()].flatMap((file) =>
      file.open.map((each) => ({ ...each, node: new DocumentNode(this, file, each.path, undefined) })),
    );
  }

  /** Names of variables in the files that were read. */
  get names(): ReadonlySet<string> {
    return new Set([...this.files.values()].flatMap(({ variables }) => [...variables]));
  }

  /**
   * The root of a document that stands in no file, and so refers to none.
   *
   * @param name what to call it in messages
   * @throws UnreadableFile
   */
  rootOfText(text: string, name: string): DocumentNode {
    const file = new SourceFile(name, { text });
    return new DocumentNode(this, file, [], file.root);
  }
}

/**
 * A value of an OpenAPI document that knows where it stands.
 *
 * References are followed here, not by a library: those that are kept today are asynchronous, need Node 22 and forget
 * where things stood, while a catalog is a synchronous module on Node 20 whose messages name file and line.
 */
export class DocumentNode {
  constructor(
    private readonly files: DocumentFiles,
    private readonly file: SourceFile,
    private readonly path: readonly string[],
    readonly value: unknown,
  ) {}

  /** The same for each node of a place, however it was reached. */
  get id(): string {
    return `${this.file.path}#${this.path.map((part) => `/${part}`).join("")}`;
  }

  /** Where it stands: the absolute path of its file, and its path there. */
  get location(): { readonly file: string; readonly path: readonly string[] } {
    return { file: this.file.path, path: this.path };
  }

  /** The last part of its path: a name in a map, a position in a list. */
  get name(): string {
    return this.path.at(-1) ?? "";
  }

  /** `openapi.yaml:17` */
  get line(): string {
    return `${this.file.name}:${this.file.lineOf(this.path)}`;
  }

  /** `openapi.yaml:17: paths./pets.get` */
  get place(): string {
    return this.path.length === 0 ? this.file.name : `${this.line}: ${this.path.join(".")}`;
  }

  /** What it refers to, or itself. */
  get reference(): string | undefined {
    return isObject(this.value) && typeof this.value.$ref === "string" ? this.value.$ref : undefined;
  }

  /** Its part of a name, as it is written; `undefined` where there is none. */
  child(name: string): DocumentNode | undefined {
    const { value } = this;
    const has = Array.isArray(value)
      ? /^\d+$/.test(name) && Number(name) < value.length
      : isObject(value) && Object.hasOwn(value, name);
    if (!has) return undefined;
    return new DocumentNode(this.files, this.file, [...this.path, name], (value as Record<string, unknown>)[name]);
  }

  /**
   * Its part of a name, with references followed.
   *
   * @throws BrokenReference
   */
  at(...names: readonly string[]): DocumentNode | undefined {
    let node: DocumentNode | undefined = this.followed();
    for (const name of names) node = node?.child(name)?.followed();
    return node;
  }

  /** Its parts as they are written, of a map or a list. */
  children(): DocumentNode[] {
    const names = Array.isArray(this.value) || isObject(this.value) ? Object.keys(this.value) : [];
    return names.flatMap((name) => this.child(name) ?? []);
  }

  /**
   * What its references lead to in the end; itself where it is none.
   *
   * @throws BrokenReference
   */
  followed(): DocumentNode {
    const seen = new Set<string>();
    let node: DocumentNode = this;
    for (let to = node.reference; to !== undefined; to = node.reference) {
      if (seen.has(node.id)) throw new BrokenReference(this, `refers to itself by "${to}"; drop the reference`);
      seen.add(node.id);
      node = node.lookUp(to);
    }
    return node;
  }

  private lookUp(to: string): DocumentNode {
    const broken = (why: string) => new BrokenReference(this, `refers to "${to}", ${why}`);
    const [path = "", pointer = ""] = to.split("#");
    if (/^[a-z][a-z0-9+.-]+:/i.test(path))
      throw broken("which is not on this machine; download it, and refer to the file");
    if (pointer !== "" && !pointer.startsWith("/"))
      throw broken("which is not a JSON pointer; write it as #/components/schemas/Pet");
    let node: DocumentNode | undefined = this.rootOf(path, broken);
    for (const part of partsOfPointer(pointer)) {
      // A pointer may lead through another reference.
      if (node?.reference !== undefined) node = node.followed();
      node = node?.child(part);
    }
    if (!node) throw broken("which is not there; look at its spelling, and at the file that it is in");
    return node;
  }

  private rootOf(path: string, broken: (why: string) => BrokenReference): DocumentNode {
    if (path === "") return new DocumentNode(this.files, this.file, [], this.file.root);
    if (!this.file.isFile) throw broken("a file, and this document refers to none; write what is there in its place");
    try {
      return this.files.root(resolve(dirname(this.file.path), decoded(path)));
    } catch (cause) {
      if (!(cause instanceof UnreadableFile)) throw cause;
      throw broken(`a file that ${cause.message}`);
    }
  }
}
