import type { DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { isObject } from "../vocabulary/objects";
import type { WrittenOperation } from "./operations";
import type { Remarks } from "./remarks";

/**
 * Reports cached answers that operations of several paths share. AWS writes a namespace into each export, the one of the
 * operation's own path, and this is what the catalog's routes have too.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html — `cacheNamespace`
 */
export function tellCacheNamespaces(operations: readonly WrittenOperation[], remarks: Remarks): void {
  const paths = new Map<string, { readonly path: string; readonly node: DocumentNode }[]>();
  for (const { path, node } of operations) {
    const extension = node.child(EXTENSIONS.integration);
    const namespace = extension?.child("cacheNamespace");
    if (!namespace || !isObject(extension?.value)) continue;
    const name = String(namespace.value);
    paths.set(name, [...(paths.get(name) ?? []), { path, node: namespace }]);
  }
  for (const [, uses] of paths)
    if (new Set(uses.map(({ path }) => path)).size > 1)
      for (const { node } of uses)
        remarks.warning(
          node,
          "shares cached answers with operations of other paths, which the catalog's routes do not: each path has its own",
        );
}
