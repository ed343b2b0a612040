/**
 * The route key of what AWS calls a method path: `GET /pets` for `/pets/GET` (usage plans) and for `pets/GET` (method
 * settings), `GET /` for `//GET`, `*` for all methods; `undefined` for anything else.
 */
export function readMethodPath(text: string): string | undefined {
  if (text === "*/*") return "*";
  // Method settings that were read from AWS have the slashes of the path as JSON pointers have them.
  const [, path, method] = /^(.*)\/([A-Z]+)$/.exec(text.replaceAll("~1", "/")) ?? [];
  if (path === undefined || method === undefined) return undefined;
  return `${method} /${path.replace(/^\/+/, "")}`;
}
