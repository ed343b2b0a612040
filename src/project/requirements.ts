import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, resolve } from "node:path";
import { LIBRARY_FOLDER, MANIFEST, PEERS } from "./manifest";

/**
 * Checks all that a program needs before it can run: the program itself, the packages beside this library, and a
 * `cdktf.json` that cdktf can read.
 *
 * @throws Error that lists all that is missing, each with what to do
 */
export function requireProject(main: string): void {
  const problems = statSync(main, { throwIfNoEntry: false })?.isFile()
    ? [...missingPackages(resolve(main)), ...problemsOfCdktfJson(dirname(main))]
    : [missingProgram(main)];
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

function missingProgram(main: string): string {
  if (existsSync(main)) return `${main}: is a folder; name the program in it, such as ${main}/main.ts`;
  const here = dirname(resolve(main));
  return (
    `${main}: does not exist in ${here}; change to the folder of your project, name its program, ` +
    'or run "npx api-tiers init" to write a project here'
  );
}

function missingPackages(main: string): string[] {
  const require = createRequire(main);
  const isMissing = (name: string) => {
    try {
      require.resolve(name);
      return false;
    } catch {
      return true;
    }
  };
  const needed = new Map([[MANIFEST.name, ""], ...PEERS, ["typescript", ""]]);
  // In a clone of this project the library is not installed; its sources are beside.
  if (dirname(main) === LIBRARY_FOLDER) needed.delete(MANIFEST.name);
  const typescript = problemsOfTypeScript(require);
  const missing = [...needed].filter(([name]) =>
    isMissing(`${name}${name.startsWith("@cdktf/") ? "/package.json" : ""}`),
  );
  if (missing.length === 0) return typescript;
  if (missing.length === needed.size)
    return [`${basename(dirname(main))}: none of the packages that it needs is installed; run "npm install"`];
  return missing.map(([name, range]) => {
    const accepted = range === "" ? "" : `, in a version that matches ${range}`;
    return `package.json: the package "${name}" is not installed, and this program needs it${accepted}; run "npm install ${wanted(name, range)}"`;
  });
}

/** The compilers that are native programs have no function that could be called. */
function problemsOfTypeScript(require: NodeJS.Require): string[] {
  let version: string;
  try {
    ({ version } = require("typescript/package.json") as { readonly version: string });
  } catch {
    return [];
  }
  if (Number(version.split(".")[0]) < 7) return [];
  const accepted = MANIFEST.peerDependencies.typescript;
  return [
    `package.json: TypeScript ${version} is installed, but the types are checked with ${accepted}; run "npm install --save-dev typescript@5"`,
  ];
}

/** What to install: the first of the versions that are accepted. */
const wanted = (name: string, range: string): string => {
  const [first = ""] = range.split(" || ");
  const version = first === "" ? name : `${name}@${first}`;
  return name === "typescript" ? `--save-dev ${version}` : version;
};

function problemsOfCdktfJson(folder: string): string[] {
  const file = resolve(folder, "cdktf.json");
  if (!existsSync(file)) return [];
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return [];
  } catch {
    return [
      "cdktf.json: is not valid JSON, and cdktf cannot read it; fix it there (a comma or a quote is missing or too many)",
    ];
  }
}
