import { describeError } from "../text/describe-error";

/**
 * Runs a program that defines and synthesizes a catalog. Whatever is wrong ends it with exit code 1 and a message that says
 * where, what, and what to do, without a stack trace: all problems of a catalog at once.
 *
 * Import the catalog in the program, `await import("./catalog")`, so that its problems are listed instead of thrown before
 * the program starts.
 */
export async function run(program: () => void | Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    console.error(describeError(error));
    process.exitCode = 1;
  }
}
