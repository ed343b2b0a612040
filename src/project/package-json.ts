import { MANIFEST, PEERS } from "./manifest";

/** A text to write, with what was added to what stood there, and what stays although the project needs something else. */
export interface MergedText {
  readonly text: string;
  /** Nothing where the file says all of it already. */
  readonly added: readonly string[];
  readonly kept: readonly string[];
}

type Entries = Readonly<Record<string, string>>;

/** What runs the tests and reads the types of a new project. */
const DEVELOPMENT: Entries = {
  "@types/node": "^20.19.0",
  "cdktf-cli": "^0.21.0",
  tsx: "^4.20.0",
  typescript: "^5.9.0",
};

/** Names under which a script is added where the usual one is taken. */
const otherName = (script: string): string => `tiers:${script}`;

export interface PackageJsonOptions {
  /** The program that synthesizes, as the scripts name it. */
  readonly main: string;
  /** Whether the project has the tests of a new catalog. */
  readonly tests: boolean;
  /** How npm finds this library: a version, or a file. */
  readonly library: string;
}

/**
 * The `package.json` of a project: scripts and dependencies are added where they are missing, and none is changed.
 *
 * @param before the file as it stands; `undefined` where there is none
 * @param name of a new package
 * @throws Error for a file that is not a JSON object
 */
export function mergePackageJson(before: string | undefined, name: string, options: PackageJsonOptions): MergedText {
  const existing: PackageJson = before === undefined ? { name, private: true } : parsePackageJson(before);
  const added: string[] = [];
  const kept: string[] = [];
  const scripts: Record<string, string> = { ...existing.scripts };
  for (const [script, command] of Object.entries(scriptsOf(options))) {
    if (Object.values(scripts).includes(command)) continue;
    const free = scripts[script] === undefined || isPlaceholder(scripts[script]) ? script : otherName(script);
    if (free !== script) kept.push(`the script "${script}" is yours; "npm run ${free}" is the one of the tiers`);
    if (scripts[free] !== undefined && !isPlaceholder(scripts[free])) continue;
    scripts[free] = command;
    added.push(`script "${free}"`);
  }
  const known = { ...existing.peerDependencies, ...existing.devDependencies, ...existing.dependencies };
  const missing = (wanted: Entries) => Object.fromEntries(Object.entries(wanted).filter(([each]) => !(each in known)));
  const dependencies = missing({ [MANIFEST.name]: options.library, ...peerVersions() });
  const devDependencies = missing(DEVELOPMENT);
  added.push(...Object.keys(dependencies), ...Object.keys(devDependencies));
  const merged = {
    ...existing,
    scripts,
    dependencies: sorted({ ...existing.dependencies, ...dependencies }),
    devDependencies: sorted({ ...existing.devDependencies, ...devDependencies }),
  };
  const text = added.length === 0 && before !== undefined ? before : printed(merged, before);
  return { text, added, kept };
}

function scriptsOf({ main, tests }: PackageJsonOptions): Entries {
  return {
    start: main === "main.ts" ? "api-tiers synth" : `api-tiers synth ${main}`,
    serve: "api-tiers serve",
    // The shell expands the pattern, because Node 20 does not.
    ...(tests && { test: "tsc --noEmit && tsx --test *.test.ts" }),
  };
}

/** What `npm init` writes. */
const isPlaceholder = (script: string): boolean => /^echo "Error: no test specified" && exit 1$/.test(script);

/** The first of the versions that are accepted, which are those that this library is tested with. */
const peerVersions = (): Entries =>
  Object.fromEntries([...PEERS].map(([name, range]) => [name, range.split(" || ")[0] as string]));

interface PackageJson {
  readonly name?: string;
  readonly private?: boolean;
  readonly scripts?: Entries;
  readonly dependencies?: Entries;
  readonly devDependencies?: Entries;
  readonly peerDependencies?: Entries;
}

function parsePackageJson(text: string): PackageJson {
  let json: unknown;
  try {
    // A byte order mark is what some editors begin a file with.
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new Error("is not valid JSON; fix it (a comma or a quote is missing or too many), and try again");
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new Error("is not a JSON object; write {} or delete it, and try again");
  for (const part of ["scripts", "dependencies", "devDependencies", "peerDependencies"] as const) {
    const value = (json as Record<string, unknown>)[part];
    if (value !== undefined && (typeof value !== "object" || value === null || Array.isArray(value)))
      throw new Error(`has "${part}", which is not an object; correct it, and try again`);
  }
  return json;
}

const sorted = (entries: Entries): Entries =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));

/** With the indent that the file has. */
function printed(json: object, before: string | undefined): string {
  const indent = /^\{\r?\n([ \t]+)/.exec(before ?? "")?.[1] ?? 2;
  return `${JSON.stringify(json, undefined, indent)}\n`;
}
