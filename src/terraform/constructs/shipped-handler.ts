import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { CatalogError } from "../../vocabulary/catalog-error";
import { bundleFile } from "./handler-bundle";

/** The package does not change while a program runs, and bundling takes a second. */
const bundles = new Map<string, ReturnType<typeof bundleFile>>();

/**
 * Bundles a handler that this package has ready-made, and writes it where no handler of a project is.
 *
 * @returns the path by which Terraform finds it from a stack's folder
 */
export function writeShippedHandler(name: string, outdir: string): { readonly zip: string; readonly codeHash: string } {
  const folder = join(__dirname, "../..", name);
  // The package has JavaScript, its repository TypeScript.
  const bundle =
    bundles.get(name) ?? bundleFile(folder, existsSync(join(folder, "index.ts")) ? "index.ts" : "index.js");
  bundles.set(name, bundle);
  if ("findings" in bundle) throw new CatalogError(bundle.findings);
  const file = join(outdir, "shipped-handlers", `${name}.zip`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bundle.zip);
  const zip = relative(join(outdir, "stacks", "any"), file)
    .split("\\")
    .join("/");
  return { zip, codeHash: bundle.codeHash };
}
