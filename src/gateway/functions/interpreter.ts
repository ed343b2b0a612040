import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { PYTHON_BOOTSTRAP } from "./python-bootstrap";

/** What an execution environment runs: a program, and its arguments before all others. */
export interface Interpreter {
  readonly program: string;
  readonly args: readonly string[];
}

const BOOTSTRAP = join(__dirname, "bootstrap.mjs");

/** The interpreter of a runtime such as `nodejs22.x` or `python3.13`, or why there is none here. */
export function interpreterOf(runtime: string, memorySize: number): Interpreter | { readonly missing: string } {
  if (runtime.startsWith("nodejs"))
    return { program: process.execPath, args: [`--max-old-space-size=${memorySize}`, BOOTSTRAP] };
  if (!runtime.startsWith("python3"))
    return { missing: `is for ${runtime}, which cannot be run here; nodejs… and python3… can` };
  python ??= findPython();
  return python === "" ? { missing: `is for ${runtime}, and python3 is not on the path here` } : python3(python);
}

const python3 = (program: string): Interpreter => ({ program, args: ["-u", "-c", PYTHON_BOOTSTRAP] });

/** Looked for once; empty where there is none. */
let python: string | undefined;

/** The interpreter itself: `python3` may be a script that needs more of the environment than a function gets. */
function findPython(): string {
  const { status, stdout } = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], {
    encoding: "utf8",
    timeout: 10_000,
  });
  return status === 0 ? stdout.trim() : "";
}
