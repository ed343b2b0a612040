import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

const ROOT = resolve(__dirname, "../..");

/**
 * Lays this library into a folder's `node_modules` as npm would, beside the packages that are installed here. TypeScript
 * reads the types from the sources, because building the declarations takes half a minute; the packed library has a test
 * of its own.
 *
 * @param without packages that are left out
 * @returns the program `api-tiers`
 */
export function installLibrary(folder: string, without: readonly string[] = []): string {
  const modules = join(folder, "node_modules");
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (!name.startsWith("@")) {
      if (!without.includes(name)) symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
      continue;
    }
    mkdirSync(join(modules, name));
    for (const scoped of readdirSync(join(ROOT, "node_modules", name)))
      if (!without.includes(`${name}/${scoped}`))
        symlinkSync(join(ROOT, "node_modules", name, scoped), join(modules, name, scoped));
  }
  const library = join(modules, "cdktf-api-tiers");
  mkdirSync(library);
  cpSync(join(ROOT, "src"), join(library, "src"), { recursive: true });
  for (const name of ["examples", "schemas"]) cpSync(join(ROOT, name), join(library, name), { recursive: true });
  const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" });
  buildSync({
    entryPoints: sources.filter((name) => name.endsWith(".ts")).map((name) => join(ROOT, "src", name)),
    outdir: join(library, "dist"),
    outbase: join(ROOT, "src"),
    platform: "node",
    format: "cjs",
    target: "es2022",
    supported: { "dynamic-import": false },
  });
  for (const name of sources.filter((each) => each.endsWith(".mjs")))
    cpSync(join(ROOT, "src", name), join(library, "dist", name));
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const types = { types: "src/index.ts", exports: undefined, typesVersions: undefined };
  writeFileSync(join(library, "package.json"), JSON.stringify({ ...manifest, ...types }));
  return join(library, "dist/cli/main.js");
}
