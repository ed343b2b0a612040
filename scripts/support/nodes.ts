import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runStep, StepFailure } from "./steps";

/** The npm registry has Node's binaries, a package for each platform. */
const PACKAGE = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

type Version = readonly [major: number, minor: number, patch: number];

/** @returns all versions of Node that the registry has for this platform, the oldest first; no prereleases */
export function publishedNodes(folder: string): string[] {
  const json = runStep("list of Nodes", "npm", ["view", PACKAGE, "versions", "--json"], { folder, silent: true });
  const versions = [JSON.parse(json)].flat().filter((each) => /^\d+\.\d+\.\d+$/.test(each));
  return versions.sort(compareVersions);
}

/**
 * Which Nodes stand for all that a range of `engines` names: for each of its alternatives the oldest, and the newest
 * with the same major version, and the newest even major version that the last one admits.
 *
 * @param engines such as `^20.19.0 || ^22.12.0 || >=24.0.0`
 * @param published the oldest first
 * @throws Error for a range of another form, or one that has no published Node
 */
export function nodesOf(engines: string, published: readonly string[]): { oldest: string[]; newest: string[] } {
  const oldest: string[] = [];
  const newest = new Set<string>();
  for (const alternative of engines.split("||").map((each) => each.trim())) {
    const [, operator, text = ""] = /^(\^|>=)(\d+\.\d+\.\d+)$/.exec(alternative) ?? [];
    if (operator === undefined) throw new Error(`engines.node: "${alternative}" must be ^x.y.z or >=x.y.z`);
    const admitted = published.filter(
      (each) => compareVersions(each, text) >= 0 && (operator === ">=" || major(each) === major(text)),
    );
    const [first] = admitted;
    if (first === undefined) throw new Error(`engines.node: the registry has no Node for "${alternative}"`);
    oldest.push(first);
    // Odd major versions never get long-term support.
    const majors = [...new Set(admitted.map(major))].filter((each) => each % 2 === 0);
    for (const each of majors) newest.add(newestOf(each, admitted));
  }
  return { oldest, newest: [...newest] };
}

/**
 * @param published the oldest first
 * @throws Error if there is none
 */
export function newestOf(wanted: number, published: readonly string[]): string {
  const found = published.findLast((each) => major(each) === wanted);
  if (found === undefined) throw new Error(`the registry has no Node ${wanted} for this platform`);
  return found;
}

/** @returns the folder of the `node` program, to be put on the path */
export function installNode(version: string, folder: string): string {
  const target = join(folder, `node-${version}`);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "package.json"), JSON.stringify({ private: true }));
  const install = ["install", "--no-audit", "--no-fund", "--loglevel=error", `${PACKAGE}@${version}`];
  runStep(`Node ${version}`, "npm", install, { folder: target, silent: true });
  const binaries = join(target, "node_modules", PACKAGE, "bin");
  const installed = runStep(`Node ${version}`, "node", ["--version"], {
    folder: target,
    nodeFolder: binaries,
    silent: true,
  });
  if (installed.trim() !== `v${version}`) throw new StepFailure(`Node ${version}`, `node is ${installed}`);
  return binaries;
}

export const major = (version: string): number => parsed(version)[0];

/** Below 0 if `one` is older than `other`. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [parsed(one), parsed(other)];
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function parsed(version: string): Version {
  const [majorVersion = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [majorVersion, minor, patch];
}
