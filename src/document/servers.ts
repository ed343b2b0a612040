import { isObject } from "../vocabulary/objects";
import type { ApiDocument } from "./api-document";
import type { DocumentNode } from "./document";

/** A server of a document, with its variables at their defaults. */
export interface DocumentServer {
  readonly node: DocumentNode;
  /** `api.example.com`; empty where the URL has none. */
  readonly host: string;
  /** Parts of the path: `["shop", "v2"]`. */
  readonly path: readonly string[];
}

/** The servers of a document of any version. */
export function serversOf({ root, version }: ApiDocument): DocumentServer[] {
  if (version === "2.0") {
    const host = root.child("host");
    const base = root.child("basePath");
    const node = base ?? host;
    return node ? [{ node, host: textOf(host), path: partsOf(textOf(base)) }] : [];
  }
  const servers = root.child("servers");
  return (Array.isArray(servers?.value) ? servers.children() : []).map((node) => {
    const url = withDefaults(textOf(node.child("url")), node.child("variables"));
    const [, host = "", path = ""] = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/([^/]*))?(.*)$/i.exec(url) ?? [];
    return { node, host, path: partsOf(path) };
  });
}

/**
 * The base path of a document as API Gateway finds it: in the variable `basePath` of a server, or else in the first server's URL.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export function basePathOf(document: ApiDocument): readonly string[] {
  const servers = serversOf(document);
  const variable = servers
    .map(({ node }) => node.at("variables", "basePath", "default"))
    .find((found) => found !== undefined);
  return variable ? partsOf(textOf(variable)) : (servers[0]?.path ?? []);
}

/** What of the base path comes before each path of the document, by the way in which it is taken. */
export type BasePathMode = "ignore" | "prepend" | "split";

/** `split` leaves the topmost part to the stage or the domain name. */
export function pathPrefix(mode: BasePathMode, basePath: readonly string[]): string {
  const parts = mode === "ignore" ? [] : mode === "split" ? basePath.slice(1) : basePath;
  return parts.map((part) => `/${part}`).join("");
}

const textOf = (node: DocumentNode | undefined): string => (typeof node?.value === "string" ? node.value : "");
const partsOf = (path: string): string[] =>
  path
    .split(/[?#]/)[0]
    ?.split("/")
    .filter((part) => part !== "") ?? [];

function withDefaults(url: string, variables: DocumentNode | undefined): string {
  return url.replace(/\{([^{}]+)\}/g, (all, name: string) => {
    const variable = variables?.child(name)?.value;
    return isObject(variable) && typeof variable.default === "string" ? variable.default : all;
  });
}
