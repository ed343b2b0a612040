import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { packedLibrary } from "./packed-library";
import { runOrFail } from "./run";

const ROOT = resolve(__dirname, "../..");

/**
 * Lays the packed library into a folder's `node_modules` as npm would, beside the packages that are installed here.
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
  runOrFail("tar", ["-xzf", packedLibrary().tarball, "-C", library, "--strip-components=1"]);
  return join(library, "dist/cli/main.js");
}
