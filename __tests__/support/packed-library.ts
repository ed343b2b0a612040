import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runOrFail } from "./run";

const ROOT = resolve(__dirname, "../..");
const KEPT = join(ROOT, "node_modules/.cache/packed-library");
/** All that the package is made from. */
const SOURCES = ["src", "schemas", "examples/github-actions", "scripts/copy-page.mjs", "README.md", "LICENSE"];
const SETTINGS = ["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"];

export interface PackedLibrary {
  readonly tarball: string;
  /** The files in it. */
  readonly paths: readonly string[];
}

/**
 * The library as `npm pack` builds and packs it, for the suites that install it: to build it takes half a minute, so the
 * first of them does it for all, and again once a source has changed.
 */
export function packedLibrary(): PackedLibrary {
  const folder = join(KEPT, fingerprint());
  const packed = keptIn(folder);
  if (packed) return packed;
  mkdirSync(KEPT, { recursive: true });
  return exclusively(join(KEPT, "lock"), () => keptIn(folder) ?? pack(folder));
}

function pack(folder: string): PackedLibrary {
  const staged = mkdtempSync(join(KEPT, "staged-"));
  const { stdout } = runOrFail("npm", ["pack", "--json", "--silent", "--pack-destination", staged], { cwd: ROOT });
  writeFileSync(join(staged, "packed.json"), stdout.replace(/^[^[{]*/, ""));
  // Those of other sources are of no use to anybody.
  for (const name of readdirSync(KEPT))
    if (/^[0-9a-f]{64}$/.test(name)) rmSync(join(KEPT, name), { recursive: true, force: true });
  renameSync(staged, folder);
  return keptIn(folder) as PackedLibrary;
}

function keptIn(folder: string): PackedLibrary | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, "packed.json"), "utf8");
  } catch {
    return undefined;
  }
  const packed = JSON.parse(text);
  const [{ filename, files }] = Array.isArray(packed) ? packed : Object.values(packed);
  return { tarball: join(folder, filename), paths: files.map(({ path }: { path: string }) => path) };
}

function fingerprint(): string {
  const files = SOURCES.flatMap((name) => filesIn(join(ROOT, name))).sort();
  const hash = createHash("sha256");
  for (const file of [...files, ...SETTINGS.map((name) => join(ROOT, name))])
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function filesIn(path: string): string[] {
  try {
    const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return entries.map(({ parentPath, name }) => join(parentPath, name));
  } catch {
    return [path];
  }
}

/** Waits until no other process is at it. */
function exclusively<Result>(lock: string, run: () => Result): Result {
  while (!take(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  try {
    return run();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    return false;
  }
}

/** Whether the process that holds it is gone: one that was killed releases nothing. */
function isAbandoned(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
