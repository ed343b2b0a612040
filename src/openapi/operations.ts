import type { DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { HTTP_METHODS, type HttpMethod } from "../vocabulary/http-method";
import { isObject } from "../vocabulary/objects";
import { type RouteKey, readRouteKey } from "../vocabulary/route";
import type { Remarks } from "./remarks";

/** An operation of a document, as a mapping from operations to integrations is asked about it. */
export interface OpenApiOperation {
  /** `undefined` where the document gives none. */
  readonly operationId: string | undefined;
  /** `GET /pets/{id}` */
  readonly key: RouteKey;
  readonly method: HttpMethod;
  readonly path: string;
  readonly tags: readonly string[];
}

/** An operation, and where it stands. */
export interface WrittenOperation extends OpenApiOperation {
  readonly node: DocumentNode;
  /** Parameters of the path item, then those of the operation, which go first where both have one of a name. */
  readonly parameters: readonly DocumentNode[];
}

/** Methods of OpenAPI's that API Gateway has none for. */
const UNKNOWN_METHODS = ["trace", "query"];

/** All operations of a document that are routes, in its order. */
export function operationsOf(root: DocumentNode, leaveOut: readonly string[], remarks: Remarks): WrittenOperation[] {
  const paths = remarks.reading(() => root.at("paths"));
  const used = new Set<string>();
  const operations = (paths?.children() ?? [])
    .filter(({ name }) => !name.startsWith("x-"))
    .flatMap((path) => remarks.reading(() => operationsAt(path, remarks)) ?? [])
    .filter(({ operationId, key }) => {
      const names = leaveOut.filter((name) => name === operationId || name === key);
      for (const name of names) used.add(name);
      return names.length === 0;
    });
  for (const name of leaveOut)
    if (!used.has(name))
      remarks.error(root, `leaveOut: unknown operation "${name}"; write its operationId, or "GET /path"`);
  const ids = new Map<string, string>();
  for (const { operationId, key, node } of operations) {
    if (operationId === undefined) continue;
    const first = ids.get(operationId);
    if (first !== undefined)
      remarks.error(node, `"${key}" has the operationId "${operationId}" of "${first}"; give each its own`);
    else ids.set(operationId, key);
  }
  return operations.filter((operation) => isRoute(operation, remarks));
}

function operationsAt(path: DocumentNode, remarks: Remarks): WrittenOperation[] {
  const item = path.followed();
  if (!isObject(item.value)) {
    remarks.error(item, "must be an object with operations");
    return [];
  }
  const common = parametersOf(item, remarks);
  if (item.child("servers")) remarks.warning(item.child("servers") ?? item, OTHER_SERVER);
  for (const name of UNKNOWN_METHODS) {
    const written = item.child(name);
    if (written) remarks.error(written, `API Gateway has no method ${name.toUpperCase()}; take the operation out`);
  }
  return item.children().flatMap((node): WrittenOperation[] => {
    const method = HTTP_METHODS.find(
      (known) => (known === "ANY" ? EXTENSIONS.anyMethod : known.toLowerCase()) === node.name,
    );
    if (!method) return [];
    if (!isObject(node.value)) {
      remarks.error(node, "must be an operation; write {} for one that says nothing");
      return [];
    }
    const { operationId, tags } = node.value;
    return [
      {
        operationId: typeof operationId === "string" ? operationId : undefined,
        key: `${method} ${path.name}` as RouteKey,
        method,
        path: path.name,
        tags: Array.isArray(tags) ? tags.map(String) : [],
        node,
        parameters: merged(common, parametersOf(node, remarks)),
      },
    ];
  });
}

const OTHER_SERVER = "has servers of its own, which are not followed: the route is served where the API is";

function parametersOf(node: DocumentNode, remarks: Remarks): DocumentNode[] {
  return (node.child("parameters")?.children() ?? []).flatMap((each) => remarks.reading(() => each.followed()) ?? []);
}

function merged(common: readonly DocumentNode[], own: readonly DocumentNode[]): DocumentNode[] {
  const nameOf = ({ value }: DocumentNode) => (isObject(value) ? `${value.in} ${value.name}` : undefined);
  const names = own.map(nameOf);
  return [...common.filter((each) => !names.includes(nameOf(each))), ...own];
}

function isRoute({ key, operationId, node }: WrittenOperation, remarks: Remarks): boolean {
  for (const [word, what] of NOT_SERVED) {
    const written = node.child(word);
    if (written) remarks.warning(written, what);
  }
  const read = readRouteKey(key);
  if (!("problem" in read)) return true;
  remarks.error(node, `"${key}" ${read.problem}; or leave it out, by leaveOut: ["${operationId ?? key}"]`);
  return false;
}

const NOT_SERVED = [
  ["servers", OTHER_SERVER],
  ["callbacks", "describe requests that the provider sends, and API Gateway sends none; they are left out"],
] as const;
