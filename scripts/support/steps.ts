import { spawnSync } from "node:child_process";
import { readJson } from "./json";

/** A failure that a script looks for: reported with what the step printed, without a stack trace. */
export class StepFailure extends Error {
  constructor(
    readonly step: string,
    readonly output: string,
  ) {
    super(`${step} failed`);
  }
}

export interface StepOptions {
  /** Folder in which the command runs. */
  readonly folder: string;
  /** Folder of the Node that runs the command; by default the one that runs this script. */
  readonly nodeFolder?: string | undefined;
  /** @default false: the step is printed once it has succeeded */
  readonly silent?: boolean;
}

/**
 * Runs a command, and prints nothing of it unless it fails.
 *
 * @returns what the command printed to stdout
 * @throws StepFailure if it ends with another code than 0
 */
export function runStep(
  step: string,
  command: string,
  args: readonly string[],
  { folder, nodeFolder, silent = false }: StepOptions,
): string {
  const started = Date.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: nodeFolder === undefined ? process.env : withFirstOnPath(nodeFolder),
    // On Windows npm is a batch file.
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new StepFailure(step, [stdout, stderr, error?.message].filter(Boolean).join("\n").trim());
  if (!silent) console.log(`  ${step}: ok, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return stdout;
}

function withFirstOnPath(folder: string): NodeJS.ProcessEnv {
  const name = Object.keys(process.env).find((each) => each.toUpperCase() === "PATH") ?? "PATH";
  const separator = process.platform === "win32" ? ";" : ":";
  return { ...process.env, [name]: `${folder}${separator}${process.env[name] ?? ""}` };
}

/**
 * Runs the tests of some of jest's projects.
 *
 * @param paths of the tests, as jest takes them; all tests of the projects if left out
 * @returns how many tests passed
 * @throws StepFailure if a test fails, or none runs
 */
export function runTests(
  step: string,
  projects: readonly string[],
  report: string,
  options: StepOptions,
  paths: readonly string[] = [],
): number {
  // jest fails by itself where it finds no test; `--ci` keeps it from writing snapshots that are missing.
  const args = [
    "jest",
    ...paths,
    "--selectProjects",
    ...projects,
    "--ci",
    "--silent",
    "--json",
    `--outputFile=${report}`,
  ];
  runStep(step, "npx", args, options);
  const { numPassedTests } = readJson<{ readonly numPassedTests: number }>(report);
  if (numPassedTests === 0) throw new StepFailure(step, "No test ran.");
  return numPassedTests;
}

/** The tests that start no program: `npm run test:unit`, and `npm run test:usage`, which takes longer. */
export const UNIT_TESTS: readonly string[] = ["unit", "usage", "handlers"];
