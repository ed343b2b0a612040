import type { RouteModel } from "../model/model";

export interface MatchedRoute {
  readonly route: RouteModel;
  /** Values of the path's parameters, encoded as they came; `proxy` → `a/b/c` for `{proxy+}`. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The part of a path that all routes below it share. */
interface Node {
  readonly literals: Map<string, Node>;
  parameter: { readonly name: string; readonly node: Node } | undefined;
  greedy: { readonly name: string; readonly node: Node } | undefined;
  readonly methods: Map<string, RouteModel>;
}

/**
 * Finds the route of a request, the most specific first: a literal part before a `{parameter}`, that before a greedy
 * `{proxy+}`, a method before `ANY`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html
 */
export class Router {
  private readonly root = emptyNode();

  constructor(routes: readonly RouteModel[]) {
    for (const route of routes) this.add(route);
  }

  /** @param path as it was received, still encoded */
  match(method: string, path: string): MatchedRoute | undefined {
    // A slash at the end names the same resource.
    const end = path.endsWith("/") ? path.length - 1 : path.length;
    const parts = end <= 0 ? [] : path.slice(1, end).split("/");
    const values: [string, string][] = [];
    const route = find(this.root, parts, 0, method, values);
    return route && { route, pathParameters: values.length === 0 ? NO_PARAMETERS : Object.fromEntries(values) };
  }

  private add(route: RouteModel): void {
    let node = this.root;
    for (const part of route.path === "/" ? [] : route.path.slice(1).split("/")) {
      const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
      if (name === undefined) {
        const next = node.literals.get(part) ?? emptyNode();
        node.literals.set(part, next);
        node = next;
      } else if (greedy) {
        node.greedy ??= { name, node: emptyNode() };
        node = node.greedy.node;
      } else {
        node.parameter ??= { name, node: emptyNode() };
        node = node.parameter.node;
      }
    }
    node.methods.set(route.method, route);
  }
}

const NO_PARAMETERS: MatchedRoute["pathParameters"] = {};

const emptyNode = (): Node => ({ literals: new Map(), parameter: undefined, greedy: undefined, methods: new Map() });

function find(
  node: Node,
  parts: readonly string[],
  at: number,
  method: string,
  values: [string, string][],
): RouteModel | undefined {
  if (at === parts.length) return node.methods.get(method) ?? node.methods.get("ANY");
  const part = parts[at] ?? "";
  const literal = node.literals.get(decoded(part));
  const exact = literal && find(literal, parts, at + 1, method, values);
  if (exact) return exact;
  // An empty part is not a value of a parameter.
  if (part === "") return undefined;
  if (node.parameter) {
    values.push([node.parameter.name, part]);
    const found = find(node.parameter.node, parts, at + 1, method, values);
    if (found) return found;
    values.pop();
  }
  if (!node.greedy) return undefined;
  const found = node.greedy.node.methods.get(method) ?? node.greedy.node.methods.get("ANY");
  if (found) values.push([node.greedy.name, parts.slice(at).join("/")]);
  return found;
}

/** What cannot be decoded is taken as it is. */
function decoded(part: string): string {
  if (!part.includes("%")) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
