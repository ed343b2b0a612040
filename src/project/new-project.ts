import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { LIBRARY_FOLDER } from "./manifest";
import { type PlannedFiles, planProjectFiles } from "./project-files";
import { SAMPLE_CATALOG, SAMPLE_HANDLER, SAMPLE_TEST } from "./sample";

/** The workflows of GitHub, as the package has them, by where a repository has them. */
const WORKFLOWS = {
  ".github/workflows/api-tiers.yml": "api-tiers.yml",
  ".github/workflows/api-tiers-review.yml": "api-tiers-review.yml",
};

/**
 * The files of a new project: a catalog to begin with, its handler and its test, the program that synthesizes it, and
 * workflows for GitHub. Where a catalog exists, nothing of the sample is written.
 *
 * @param folder of the project, which need not exist
 * @param main name of the program in that folder
 */
export function planNewProject(folder: string, main: string): PlannedFiles {
  const catalog = join(folder, "catalog.ts");
  const hasOtherCatalog = existsSync(catalog) && readFileSync(catalog, "utf8") !== SAMPLE_CATALOG;
  const sample: [string, string][] = hasOtherCatalog
    ? []
    : [
        ["catalog.ts", SAMPLE_CATALOG],
        ["catalog.test.ts", SAMPLE_TEST],
        ["handlers/hello.ts", SAMPLE_HANDLER],
      ];
  const workflows = Object.entries(WORKFLOWS).map(
    ([file, name]) =>
      [file, readFileSync(join(LIBRARY_FOLDER, "examples/github-actions", name), "utf8")] as [string, string],
  );
  const planned = planProjectFiles({
    root: folder,
    main: join(folder, main),
    catalog,
    others: new Map([...sample, ...workflows]),
  });
  const root = repositoryAbove(folder);
  const notes = [
    ...(hasOtherCatalog
      ? [`${catalog}: already exists, so no sample was written; export its catalog as "catalog"`]
      : []),
    ...(root === undefined
      ? []
      : [`${join(folder, ".github")}: GitHub reads workflows in ${root} only; move them there`]),
  ];
  return { ...planned, kept: [...planned.kept, ...notes] };
}

/** The repository that a folder is a part of, if it is not its root. */
function repositoryAbove(folder: string): string | undefined {
  for (let at = resolve(folder); !existsSync(join(at, ".git")); at = dirname(at)) {
    if (dirname(at) === at) return undefined;
    if (existsSync(join(dirname(at), ".git"))) return join(dirname(at), ".github");
  }
  return undefined;
}
