import type { DocumentNode } from "../../document/document";
import { METHOD_WORDS } from "../../document/path-items";
import type { RouteModel } from "../../model/model";
import type { HttpMethod } from "../../vocabulary/http-method";
import { isObject } from "../../vocabulary/objects";

/** An operation of a document, with references followed. */
export interface DocumentOperation {
  /** `GET /pets` */
  readonly key: string;
  readonly method: HttpMethod;
  readonly path: string;
  /** Where it is written, which may be in another file. */
  readonly node: DocumentNode;
  /** The entry of `paths`. */
  readonly item: DocumentNode;
}

/** An operation, and the route that answers it. */
export interface MatchedOperation extends DocumentOperation {
  readonly route: RouteModel | undefined;
}

/** Entries of `paths`, with what they refer to. */
export function operationsOf(root: DocumentNode): DocumentOperation[] {
  const items = root.at("paths")?.children() ?? [];
  return items
    .filter(({ name }) => !name.startsWith("x-"))
    .flatMap((item) => placesOf(item).flatMap((place) => operationsAt(place, item)));
}

/** Beside its reference, a path item may have operations of its own. */
export const placesOf = (item: DocumentNode): DocumentNode[] =>
  item.reference === undefined ? [item] : [item, item.followed()];

function operationsAt(place: DocumentNode, item: DocumentNode): DocumentOperation[] {
  return place.children().flatMap((written): DocumentOperation[] => {
    const method = METHOD_WORDS.get(written.name);
    const node = written.followed();
    if (!method || !isObject(node.value)) return [];
    return [{ key: `${method} ${item.name}`, method, path: item.name, node, item }];
  });
}

/** @param prefix of the routes' paths, which the document says as the path of its servers; empty for none */
export function matched(
  operations: readonly DocumentOperation[],
  routes: readonly RouteModel[],
  prefix: string,
): MatchedOperation[] {
  return operations.map((operation) => ({ ...operation, route: routeOf(operation, routes, prefix) }));
}

/** As API Gateway chooses it: names go before parameters, and these before a greedy one. */
function routeOf({ method, path }: DocumentOperation, routes: readonly RouteModel[], prefix: string) {
  const wanted = partsOf(prefix + path);
  const answering = routes.filter(
    (route) => (route.method === method || route.method === "ANY") && answers(partsOf(route.path), wanted),
  );
  const rank = (route: RouteModel) =>
    partsOf(route.path).map((part) => (GREEDY.test(part) ? 2 : PARAMETER.test(part) ? 1 : 0));
  return answering.sort(
    (a, b) => compareRanks(rank(a), rank(b)) || Number(a.method === "ANY") - Number(b.method === "ANY"),
  )[0];
}

function answers(route: readonly string[], wanted: readonly string[]): boolean {
  return route.every((part, index) => {
    const other = wanted[index];
    if (other === undefined) return false;
    if (GREEDY.test(part)) return true;
    const isLast = index === route.length - 1;
    if (isLast && wanted.length !== route.length) return false;
    return PARAMETER.test(part) ? !GREEDY.test(other) : part === other;
  });
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((rank, at) => rank !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

const PARAMETER = /^\{.*\}$/;
const GREEDY = /^\{.*\+\}$/;
const partsOf = (path: string) => path.replace(/^\//, "").split("/");
