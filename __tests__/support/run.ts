import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

export interface RunResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. */
export function run(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly input?: string;
    /** @default 5 */
    readonly minutes?: number;
  } = {},
): RunResult {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    input: options.input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: (options.minutes ?? 5) * 60_000,
  });
  if (error) throw new Error(`${command} ${args.join(" ")}: ${error.message}\n${stdout}\n${stderr}`);
  return { code: status, stdout, stderr };
}

/** Flags of Node with which it runs a program in TypeScript, in any folder. */
export const TYPESCRIPT: readonly string[] = ["-r", join(__dirname, "load-typescript.cjs")];

/** What Node runs as `api-tiers`, from the source, in any folder. */
export const API_TIERS: readonly string[] = [...TYPESCRIPT, resolve(__dirname, "../../src/cli/main.ts")];

/**
 * The flag of Node that ends a process which holds more than this on its heap.
 * What a process takes from the system says when garbage was collected, not what was needed.
 */
export const heapOf = (megabytes: number): string => `--max-old-space-size=${megabytes}`;

/** Runs a command that must succeed. */
export function runOrFail(...[command, args, options]: Parameters<typeof run>): RunResult {
  const result = run(command, args, options);
  if (result.code !== 0)
    throw new Error(`${command} ${args.join(" ")} ended with ${result.code}:\n${result.stdout}\n${result.stderr}`);
  return result;
}

/** Whether a command is on the path. */
export const isOnPath = (command: string): boolean => run("which", [command]).code === 0;

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
