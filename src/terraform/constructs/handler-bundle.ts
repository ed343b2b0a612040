import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { BuildFailure, OutputFile } from "esbuild";
import { error, type Finding } from "../../text/finding";

// Loaded when a handler is bundled: a catalog without handlers needs neither.
const esbuild = () => require("esbuild") as typeof import("esbuild");
const fflate = () => require("fflate") as typeof import("fflate");

/** The Node version that the functions run on, and that their code is made for. */
export const LAMBDA_RUNTIME = "nodejs22.x";

/** A handler as Lambda takes it. */
export interface HandlerBundle {
  /** The same bytes for the same source, on any machine. */
  readonly zip: Uint8Array;
  /**
   * SHA-256 of the code that runs, in base64. A source map is in the zip, but not in the hash: a comment that moves lines
   * is not a new .
   */
  readonly codeHash: string;
}

/** Bundles one handler, or says why it does not compile. */
export function bundleFile(folder: string, file: string): HandlerBundle | { readonly findings: Finding[] } {
  try {
    const { outputFiles } = esbuild().buildSync({
      // The paths in a source map are relative to this, and so the same on any machine.
      absWorkingDir: resolve(folder),
      entryPoints: [`./${file}`],
      outfile: "index.js",
      bundle: true,
      write: false,
      platform: "node",
      target: LAMBDA_RUNTIME.replace("nodejs", "node").replace(".x", ""),
      format: "cjs",
      minify: true,
      keepNames: true,
      legalComments: "none",
      charset: "utf8",
      sourcemap: "linked",
      // Nothing but what is needed: the source stands in the repository.
      sourcesContent: false,
      // Part of Lambda's runtime.
      external: ["@aws-sdk/*", "@smithy/*"],
      logLevel: "silent",
    });
    const [map, code] = outputFiles as [OutputFile, OutputFile];
    const files = { "index.js": code.contents, "index.js.map": withoutPlaces(map) };
    return { zip: zip(files), codeHash: createHash("sha256").update(code.contents).digest("base64") };
  } catch (failure) {
    const { errors } = failure as BuildFailure;
    if (!errors) throw failure;
    return {
      findings: errors.map(({ text, location }) =>
        error(
          location ? `${join(folder, location.file)}:${location.line}` : join(folder, file),
          `${text}; fix it there`,
        ),
      ),
    };
  }
}

/** A source map without where packages are installed, which differs from machine to machine. */
function withoutPlaces({ text }: OutputFile): Uint8Array {
  const map = JSON.parse(text) as { sources: string[] };
  map.sources = map.sources.map((source) => source.replace(/^.*\bnode_modules\//, "node_modules/"));
  return new TextEncoder().encode(JSON.stringify(map));
}

/** A zip tells the time of each file, in local time; this one is the same everywhere and on any day. */
function zip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const options = { mtime: new Date(1980, 0, 1), level: 9, os: 3, attrs: 0o644 << 16 } as const;
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return fflate().zipSync(Object.fromEntries(sorted.map(([name, contents]) => [name, [contents, options]])));
}
