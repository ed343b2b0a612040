import { HTTP_METHODS, type HttpMethod } from "../vocabulary/http-method";
import { isObject } from "../vocabulary/objects";
import type { ApiDocument } from "./api-document";
import type { DocumentNode } from "./document";
import { EXTENSIONS } from "./extensions";

/** An operation as a document writes it, with references followed. */
export interface DocumentOperation {
  readonly method: HttpMethod;
  /** `/pets/{id}`, as the document writes it. */
  readonly path: string;
  readonly node: DocumentNode;
  /** Where it is written under its path. */
  readonly written: DocumentNode;
}

/** What stands at a path: an item, or what its `$ref` leads to, or both. */
export interface DocumentPath {
  readonly path: string;
  readonly node: DocumentNode;
  /** The item itself, then what it refers to. */
  readonly items: readonly DocumentNode[];
  readonly operations: readonly DocumentOperation[];
  /** Operations of the item that stand in what it refers to, too. */
  readonly doubled: readonly DocumentNode[];
}

/** The name under which an operation stands. */
const wordOf = (method: HttpMethod) => (method === "ANY" ? EXTENSIONS.anyMethod : method.toLowerCase());

/** Names of operations at a path. */
export const METHOD_WORDS: ReadonlyMap<string, HttpMethod> = new Map(
  HTTP_METHODS.map((method) => [wordOf(method), method]),
);

/** The paths of a document. */
export function pathNodes({ root }: ApiDocument): DocumentNode[] {
  return (root.at("paths")?.children() ?? []).filter(({ name }) => !name.startsWith("x-"));
}

/**
 * What stands at a path. Words beside the `$ref` of a path item add to what it refers to.
 *
 * @throws BrokenReference
 */
export function documentPath(node: DocumentNode): DocumentPath {
  const items = itemsOf(node);
  const doubled: DocumentNode[] = [];
  const operations = new Map<HttpMethod, DocumentOperation>();
  for (const item of items)
    for (const written of item.children()) {
      const method = METHOD_WORDS.get(written.name);
      if (method === undefined) continue;
      const own = operations.get(method);
      if (own) doubled.push(own.written);
      else operations.set(method, { method, path: node.name, node: written.followed(), written });
    }
  return { path: node.name, node, items, operations: [...operations.values()], doubled };
}

function itemsOf(node: DocumentNode): DocumentNode[] {
  if (node.reference === undefined) return [node];
  const target = node.followed();
  const isAlone = isObject(node.value) && Object.keys(node.value).length === 1;
  return isAlone ? [target] : [node, target];
}
