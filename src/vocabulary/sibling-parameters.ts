import { partsOf } from "./route";

/**
 * Routes whose path has another parameter than a route before it has at the same place, each with what is wrong, and what all
 * paths begin with that have it.
 *
 * AWS: "A sibling ({id}) of this resource already has a variable path part -- only one is allowed".
 */
export function siblingParameters<Key extends string>(
  routes: readonly { readonly key: Key; readonly path: string }[],
): { readonly key: Key; readonly problem: string; readonly prefix: string }[] {
  const parameterAt = new Map<string, { readonly part: string; readonly key: Key }>();
  const problems = new Map<string, { readonly key: Key; readonly problem: string; readonly prefix: string }>();
  for (const { key, path } of routes) {
    const parts = partsOf(path);
    for (const [depth, part] of parts.entries()) {
      if (!part.startsWith("{")) continue;
      const parent = `/${parts.slice(0, depth).join("/")}`;
      const first = parameterAt.get(parent);
      if (first === undefined) parameterAt.set(parent, { part, key });
      else if (first.part !== part)
        problems.set(`${parent} ${part}`, {
          key,
          prefix: `${parent === "/" ? "" : parent}/${part}`,
          problem:
            `has ${part} under "${parent}", where route "${first.key}" has ${first.part}; ` +
            "AWS takes one parameter there, so give both the same name",
        });
    }
  }
  return [...problems.values()];
}
