import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type BuildFailure, buildSync, type OutputFile } from "esbuild";
import { zipSync } from "fflate";
import { error, type Finding } from "../../text/finding";
import { CatalogError } from "../../vocabulary/catalog-error";
import { unknownName } from "../../vocabulary/identifier";
import { noHandlerExported, withoutHandler } from "./handler-export";

/** The Node version that the functions run on, and that their code is made for. */
export const LAMBDA_RUNTIME = "nodejs22.x";

/** A handler as Lambda takes it. */
export interface HandlerBundle {
  /** The same bytes for the same source, on any machine. */
  readonly zip: Uint8Array;
  /**
   * SHA-256 of the code that runs, in base64. A source map is in the zip, but not in the hash: a comment that moves lines
   * is no new release.
   */
  readonly codeHash: string;
}

/** A folder with one handler a file. Each is bundled once, however many APIs use it. */
export class HandlerFolder {
  private readonly bundles = new Map<string, HandlerBundle>();

  /** @param path relative to the folder in which the program runs */
  constructor(readonly path: string = "handlers") {}

  /** Names of the handlers that are there. */
  names(): string[] {
    try {
      return readdirSync(this.path, { withFileTypes: true })
        .filter((entry) => entry.isFile() && /^[^.]+\.ts$/.test(entry.name))
        .map((entry) => entry.name.slice(0, -".ts".length))
        .sort();
    } catch {
      return [];
    }
  }

  /**
   * Bundles handlers.
   * @throws CatalogError with all that are not there, do not compile, or export no `handler`
   */
  bundle(names: readonly string[]): ReadonlyMap<string, HandlerBundle> {
    const findings: Finding[] = [];
    const known = this.names();
    const added: string[] = [];
    for (const name of names) {
      if (this.bundles.has(name)) continue;
      if (!known.includes(name)) {
        findings.push(error(`folder "${this.path}"`, unknownName(name, "handler", known)));
        continue;
      }
      const bundled = bundleFile(this.path, `${name}.ts`);
      if ("findings" in bundled) findings.push(...bundled.findings);
      else {
        this.bundles.set(name, bundled);
        added.push(name);
      }
    }
    for (const name of withoutHandler(this.path, added)) {
      this.bundles.delete(name);
      findings.push(noHandlerExported(this.path, name));
    }
    if (findings.length > 0) throw new CatalogError(findings);
    return this.bundles;
  }

  /** Writes a handler's bundle, and gives the path by which Terraform finds it from a stack's folder. */
  write(name: string, outdir: string): string {
    const bundle = this.bundle([name]).get(name) as HandlerBundle;
    const file = join(outdir, "handlers", `${name}.zip`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bundle.zip);
    return relative(join(outdir, "stacks", "any"), file)
      .split("\\")
      .join("/");
  }
}

function bundleFile(folder: string, file: string): HandlerBundle | { readonly findings: Finding[] } {
  try {
    const { outputFiles } = buildSync({
      // The paths in a source map are relative to this, and thereby the same on any machine.
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
          `${text}; mend it there`,
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
  return zipSync(Object.fromEntries(sorted.map(([name, contents]) => [name, [contents, options]])));
}
