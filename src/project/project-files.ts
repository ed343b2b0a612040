import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { mergeGitIgnore } from "./git-ignore";
import { libraryVersion } from "./library-version";
import { LIBRARY_FOLDER, MANIFEST } from "./manifest";
import { type MergedText, mergePackageJson } from "./package-json";

/** What a project is, for the code that writes its files. All paths are relative to the folder in which the program runs. */
export interface ProjectLayout {
  /** The program that synthesizes, beside its settings of cdktf and TypeScript. */
  readonly main: string;
  /** The folder in which npm and Git find the project. */
  readonly root: string;
  readonly catalog: string;
  /**
   * What of the catalog is in the account already.
   * @default - nothing
   */
  readonly imports?: string | undefined;
  /**
   * Files of this project alone, by name in the folder of `main`, such as a sample.
   * @default - none
   */
  readonly others?: ReadonlyMap<string, string>;
}

/** What to write, and what to say of it. */
export interface PlannedFiles {
  /** Texts by file. */
  readonly write: ReadonlyMap<string, string>;
  /** What is added to files that exist. */
  readonly added: readonly string[];
  /** Files that exist and stay as they are, with what to do. */
  readonly kept: readonly string[];
}

/**
 * The files that a project lacks: its program, what cdktf, TypeScript, npm and Git need to know of it, and others. A file that
 * exists is not replaced: `package.json` and `.gitignore` get what they lack, every other file is reported.
 *
 * @throws Error for a `package.json` that cannot be read
 */
export function planProjectFiles(layout: ProjectLayout): PlannedFiles {
  const folder = dirname(layout.main);
  const write = new Map<string, string>();
  const added: string[] = [];
  const kept: string[] = [];
  const others = [...(layout.others ?? [])];
  const texts = new Map([[basename(layout.main), mainText(layout)], ...others, ...settingsOf(layout)]);
  for (const [name, text] of texts) {
    const file = join(folder, name);
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
    if (existsSync(file)) kept.push(`${file}: already exists and stays as it is; ${remedyOf(name, layout)}`);
    else write.set(file, text);
  }
  const merge = (name: string, merged: (before: string | undefined) => MergedText) => {
    const file = join(layout.root, name);
    const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    const result = inFile(file, () => merged(before));
    if (result.text !== before) write.set(file, result.text);
    if (before !== undefined && result.added.length > 0) added.push(`${file}: ${result.added.join(", ")}`);
    kept.push(...result.kept.map((each) => `${file}: ${each}`));
  };
  // In a clone of this project the library is beside, and its own package.json has all of it.
  if (!isLibrary(layout.root)) {
    const tests = others.some(([file]) => file.endsWith(".test.ts"));
    const main = relative(layout.root, layout.main).split(sep).join("/");
    const options = { main, tests, library: libraryVersion() };
    const name = packageName(layout.root);
    merge("package.json", (before) => mergePackageJson(before, name, options));
    merge(".gitignore", mergeGitIgnore);
  }
  return { write, added, kept };
}

/** The name of a folder, with what npm accepts of it. */
const packageName = (folder: string): string =>
  basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "") || "tiers";

/** Where this library is found from a folder: in a clone of this project its sources are beside. */
export const libraryAt = (folder: string): string => (isLibrary(folder) ? "./src" : MANIFEST.name);

const isLibrary = (folder: string): boolean =>
  resolve(folder) === LIBRARY_FOLDER || nameIn(join(folder, "package.json")) === MANIFEST.name;

function nameIn(manifest: string): unknown {
  if (!existsSync(manifest)) return undefined;
  try {
    return (JSON.parse(readFileSync(manifest, "utf8")) as { readonly name?: unknown } | null)?.name;
  } catch {
    // It is reported by the code that merges it.
    return undefined;
  }
}

function mainText({ catalog, imports, main }: ProjectLayout): string {
  const folder = dirname(main);
  const pathTo = (file: string) => relative(folder, file).split(sep).join("/");
  const names = [...(imports === undefined ? [] : ["importsFromFile"]), "printSynthesis", "run", "TierStacks"];
  const props = imports === undefined ? "" : `, { imports: importsFromFile("${pathTo(imports)}") }`;
  return `import { App } from "cdktf";
import { ${names.join(", ")} } from "${libraryAt(folder)}";

run(async () => {
  // Imported here, so that what is wrong with the catalog is listed instead of thrown.
  const { catalog } = await import("./${pathTo(catalog).replace(/\.ts$/, "")}");
  const app = new App();
  const stacks = new TierStacks(app, catalog${props});
  app.synth();
  printSynthesis(stacks);
});
`;
}

function settingsOf({ main }: ProjectLayout): [string, string][] {
  const program = basename(main);
  // Before "npm install", npx would ask the registry for a package of this name.
  const app =
    program === "main.ts" ? "npx --no-install api-tiers synth" : `npx --no-install api-tiers synth ${program}`;
  const cdktf = { language: "typescript", app, sendCrashReports: "false" };
  const typescript = {
    compilerOptions: {
      target: "ES2022",
      module: "Preserve",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
    },
    include: ["*.ts", "handlers"],
  };
  const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
  return [
    ["cdktf.json", json(cdktf)],
    ["tsconfig.json", json(typescript)],
  ];
}

/** What to do where a file exists that somebody else wrote. */
function remedyOf(name: string, { main }: ProjectLayout): string {
  if (name === basename(main)) return 'if it does not synthesize a catalog, name another program: --main "tiers.ts"';
  if (name === "cdktf.json")
    return `its "app" must run ${basename(main)}: "npx --no-install api-tiers synth ${basename(main)}"`;
  if (name === "tsconfig.json") return "the types of the catalog are checked with it";
  return "compare it with the one of a new folder if you need it";
}

/** Runs a function whose errors are about a file. */
function inFile<Result>(file: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
