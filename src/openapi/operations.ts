import type { ApiDocument } from "../document/api-document";
import type { DocumentNode } from "../document/document";
import { functionIn } from "../document/open-values";
import { type DocumentPath, documentPath, pathNodes } from "../document/path-items";
import { enumerate } from "../text/finding";
import type { HttpMethod } from "../vocabulary/http-method";
import { isObject } from "../vocabulary/objects";
import { type RouteKey, readRouteKey } from "../vocabulary/route";
import { siblingParameters } from "../vocabulary/sibling-parameters";
import type { Remarks } from "./remarks";
import type { WordReader } from "./word-reader";

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
  /** The items of its path, in which its body may stand in Swagger 2.0. */
  readonly items: readonly DocumentNode[];
  /** Parameters of the path item, then those of the operation, which go first where both have one of a name. */
  readonly parameters: readonly DocumentNode[];
}

export interface OperationsOptions {
  /** Comes before each path. */
  readonly prefix: string;
  readonly leaveOut: readonly string[];
}

/** All operations of a document that are routes, in its order. */
export function operationsOf(
  document: ApiDocument,
  { prefix, leaveOut }: OperationsOptions,
  words: WordReader,
  remarks: Remarks,
): WrittenOperation[] {
  const patterns = leaveOut.map((name) => ({ name, matches: matcher(name), used: false }));
  const operations = (remarks.reading(() => pathNodes(document)) ?? [])
    .flatMap((node) => remarks.reading(() => operationsAt(document, prefix, documentPath(node), words, remarks)) ?? [])
    .filter(({ operationId, key }) => {
      const found = patterns.filter(
        ({ matches }) => matches(key) || (operationId !== undefined && matches(operationId)),
      );
      for (const each of found) each.used = true;
      return found.length === 0;
    });
  for (const { name, used } of patterns)
    if (!used)
      remarks.error(
        document.root,
        `leaveOut: no operation is called ${JSON.stringify(name)}; write its operationId, or "GET /path", or a pattern with *`,
      );
  refuseRepeatedIds(operations, remarks);
  const routes = operations.filter((operation) => isRoute(operation, remarks));
  for (const { problem, prefix } of siblingParameters(routes))
    for (const { key, path, node } of routes)
      if (path === prefix || path.startsWith(`${prefix}/`))
        remarks.error(node, (all) => `${enumerate([...all])} ${problem}, or leave them out: ${leaveOutOf(all)}`, {
          kind: `sibling ${prefix}`,
          subject: key,
          remedy: { leaveOut: [key] },
        });
  return routes;
}

function matcher(pattern: string): (text: string) => boolean {
  if (!pattern.includes("*")) return (text) => text === pattern;
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`);
  return (text) => expression.test(text);
}

function operationsAt(
  document: ApiDocument,
  prefix: string,
  { path, items, operations, doubled }: DocumentPath,
  words: WordReader,
  remarks: Remarks,
): WrittenOperation[] {
  for (const item of items) {
    if (isUndecided(item)) return [];
    if (!isObject(item.value)) {
      remarks.error(item, "must be an object with operations");
      return [];
    }
    words.read(item, "path");
  }
  for (const each of doubled)
    remarks.error(each, "stands beside a $ref that leads to the same method; keep one of the two");
  const common = [...items].reverse().flatMap((item) => parametersOf(document, item, remarks));
  return operations.flatMap(({ method, node }): WrittenOperation[] => {
    if (isUndecided(node)) return [];
    if (!isObject(node.value)) {
      remarks.error(node, "must be an operation; write {} for one that says nothing");
      return [];
    }
    words.read(node, "operation");
    const { operationId, tags } = node.value;
    const whole = `${prefix}${path === "/" && prefix !== "" ? "" : path}`;
    return [
      {
        operationId: typeof operationId === "string" ? operationId : undefined,
        key: `${method} ${whole}` as RouteKey,
        method,
        path: whole,
        tags: Array.isArray(tags) ? tags.map(String) : [],
        node,
        items,
        parameters: merged(common, parametersOf(document, node, remarks)),
      },
    ];
  });
}

/** A function of CloudFormation's without a value, which is an error of its own. */
const isUndecided = ({ value }: DocumentNode) => isObject(value) && functionIn(value) !== undefined;

const parametersOf = (document: ApiDocument, node: DocumentNode, remarks: Remarks): DocumentNode[] =>
  remarks.reading(() => document.parametersAt(node)) ?? [];

function merged(common: readonly DocumentNode[], own: readonly DocumentNode[]): DocumentNode[] {
  const nameOf = ({ value }: DocumentNode) => (isObject(value) ? `${value.in} ${value.name}` : undefined);
  const names = own.map(nameOf);
  return [...common.filter((each) => !names.includes(nameOf(each))), ...own];
}

function refuseRepeatedIds(operations: readonly WrittenOperation[], remarks: Remarks): void {
  const ids = new Map<string, string>();
  for (const { operationId, key, node } of operations) {
    if (operationId === undefined) continue;
    const first = ids.get(operationId);
    if (first !== undefined)
      remarks.error(node, `"${key}" has the operationId "${operationId}" of "${first}"; give each its own`);
    else ids.set(operationId, key);
  }
}

function isRoute({ key, path, node }: WrittenOperation, remarks: Remarks): boolean {
  const read = readRouteKey(key);
  if (!("problem" in read)) return true;
  const isPartial = path.split("/").some((part) => /\{[^}]*\}/.test(part) && !/^\{[^{}]*\}$/.test(part));
  remarks.error(
    node,
    isPartial
      ? (all) =>
          `has a parameter in a part of a path, and API Gateway takes a whole part alone; route all of them by a greedy path such as ` +
          `"${greedy(path)}", and leave these out: ${leaveOutOf(all)}`
      : (all) => `${enumerate([...all])} ${read.problem}; or leave it out: ${leaveOutOf(all)}`,
    { kind: isPartial ? "partial" : `path ${read.problem}`, subject: key, remedy: { leaveOut: [key] } },
  );
  return false;
}

const leaveOutOf = (keys: readonly string[]) => `leaveOut: [${keys.map((each) => JSON.stringify(each)).join(", ")}]`;

/** `/x/{sid}.json` is covered by `ANY /x/{proxy+}`. */
function greedy(path: string): string {
  const parts = path.split("/");
  const first = parts.findIndex((part) => /\{/.test(part) && !/^\{[^{}]*\}$/.test(part));
  return `ANY ${parts.slice(0, first).join("/")}/{proxy+}`;
}
