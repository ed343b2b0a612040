import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The folder of this library: of the package that is installed, or of a clone. */
export const LIBRARY_FOLDER = join(__dirname, "../..");

/** This library's own `package.json`. */
export const MANIFEST = JSON.parse(readFileSync(join(LIBRARY_FOLDER, "package.json"), "utf8")) as Manifest;

/** The packages that have to be installed beside this library, with the versions that it accepts. */
export const PEERS: ReadonlyMap<string, string> = new Map(
  Object.entries(MANIFEST.peerDependencies).filter(([name]) => !MANIFEST.peerDependenciesMeta?.[name]?.optional),
);
