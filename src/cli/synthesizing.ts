import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkTypes } from "../project/check-types";
import { requireProject } from "../project/requirements";
import { compileProgram } from "../project/run-program";
import { describeError } from "../text/describe-error";

/**
 * Checks the types of a program, then runs it. The program goes on after this function returns; what it throws later ends the
 * process with exit code 1 too.
 *
 * With types that are wrong it runs as well, into a folder that is deleted: what the catalog itself finds is in plainer
 * words than what the compiler says, and both are listed at once.
 *
 * @throws Error for a program that cannot run
 */
export function synth(main: string): void {
  requireProject(main);
  const types = checkTypes(main);
  const list = describeTypes(types.lines);
  if (types.stopsProgram) throw new Error(list);
  const run = compileProgram(main);
  if (types.lines.length > 0) {
    synthesizeNowhere();
    process.once("exit", () => {
      console.error(list);
      process.exitCode = 1;
    });
  }
  const fail = (error: unknown) => {
    console.error(describeError(error));
    process.exit(1);
  };
  process.once("uncaughtException", fail).once("unhandledRejection", fail);
  run();
}

function describeTypes(lines: readonly string[]): string {
  const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
  return (
    `The types have ${count}:\n${lines.map((line) => `  - ${line}`).join("\n")}\n` +
    "Fix them at these places; an editor with TypeScript shows the same while you type."
  );
}

/** Lets cdktf write into a folder that is gone afterwards, and the program print only what is wrong. */
function synthesizeNowhere(): void {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-synth-"));
  process.env.CDKTF_OUTDIR = folder;
  process.stdout.write = () => true;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}
