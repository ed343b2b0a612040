import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { buildSync } from "esbuild";

/** The program as one file, which starts in a fraction of a second. */
export interface BundledProgram {
  readonly path: string;
  remove(): void;
}

/** @param name of the test, so that no two share the file, which stands where it finds the packages and the manifest */
export function bundledProgram(name: string): BundledProgram {
  const path = resolve(`node_modules/.cache/api-tiers-${name}-${process.pid}.js`);
  buildSync({
    entryPoints: ["src/cli/main.ts"],
    outfile: path,
    bundle: true,
    packages: "external",
    platform: "node",
    logLevel: "silent",
  });
  return { path, remove: () => rmSync(path, { force: true }) };
}
