import type { RouteKey } from "../vocabulary/route";

/** All methods of a stage, in its method settings. */
const ALL_METHODS = "*/*";

/**
 * What AWS calls a method path: `/pets/GET` for the route `GET /pets`, `//GET` for `GET /`. In a usage plan it begins with
 * a slash.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_ApiStage.html — `throttle`
 */
export function encodeMethodPath(route: RouteKey): string {
  const [method, path] = route.split(" ");
  return `${path}/${method}`;
}

/**
 * The method path in method settings, as AWS gives it: `~1pets~1{id}/GET` for `GET /pets/{id}`; of all methods without a
 * route. The provider sends it and looks for it as it stands, and AWS finds no path of several parts with plain slashes.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/9738
 */
export function encodeSettingsPath(route: RouteKey | "*"): string {
  if (route === "*") return ALL_METHODS;
  const [method, path = ""] = route.split(" ");
  return `${path.replaceAll("/", "~1")}/${method}`;
}

/**
 * The route of a method path, of a usage plan or of method settings; `*` for all methods, `undefined` for anything else.
 */
export function decodeMethodPath(text: string): RouteKey | "*" | undefined {
  if (text === ALL_METHODS) return "*";
  // Method settings that were read from AWS have the slashes of the path as JSON pointers have them.
  const [, path, method] = /^(.*)\/([A-Z]+)$/.exec(text.replaceAll("~1", "/")) ?? [];
  if (path === undefined || method === undefined) return undefined;
  return `${method} /${path.replace(/^\/+/, "")}` as RouteKey;
}
