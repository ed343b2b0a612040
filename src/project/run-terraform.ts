import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** How a run of Terraform ended; what it printed may hold values of keys, and is for nobody else. */
export interface TerraformRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `terraform`, or the program that cdktf takes in its place. */
export const terraformProgram = (): string => process.env.TERRAFORM_BINARY_NAME ?? "terraform";

/**
 * Runs Terraform in a folder.
 *
 * @throws Error where it cannot be started
 */
export function runTerraform(folder: string, args: readonly string[]): Promise<TerraformRun> {
  const program = terraformProgram();
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd: resolve(folder), stdio: ["ignore", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", () => fail(new Error(`${program} cannot be started; install Terraform 1.11 or newer`)));
    child.on("close", (code) =>
      done({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}
