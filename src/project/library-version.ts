import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { LIBRARY_FOLDER, MANIFEST } from "./manifest";

/**
 * How a new project names this library in its dependencies: by version, or, where the program itself was installed from a
 * file or a repository, by that.
 *
 * @param library the folder in which the library is installed
 */
export function libraryVersion(library = LIBRARY_FOLDER): string {
  const folder = dirname(dirname(library));
  const spec = installedSpec(join(folder, "package.json"));
  if (spec === undefined || !/^(file:|git|https?:|\/|[\w.-]+\/[\w.-]+(#|$))/.test(spec)) return `^${MANIFEST.version}`;
  const path = /^file:(?:\/\/)?(.*)$/.exec(spec)?.[1];
  return path === undefined || isAbsolute(path) ? spec : `file:${resolve(folder, path)}`;
}

/** What the package into which this library is installed, a project or npx's own, says of it. */
function installedSpec(manifest: string): string | undefined {
  if (!existsSync(manifest)) return undefined;
  const json = JSON.parse(readFileSync(manifest, "utf8")) as Record<string, Record<string, string> | undefined>;
  return json.dependencies?.[MANIFEST.name] ?? json.devDependencies?.[MANIFEST.name];
}
