import { createProgram } from "../../../src/cli/program";

export interface CommandResult {
  readonly output: string;
  /** What the exit code answers; 0 where the command gave none. */
  readonly answer: number;
  /** The message of a command that failed. */
  readonly error: string | undefined;
}

/** Runs `api-tiers` in this process. */
export async function command(...args: string[]): Promise<CommandResult> {
  const lines: string[] = [];
  let answer = 0;
  const log = jest.spyOn(console, "log").mockImplementation((...each) => void lines.push(each.join(" ")));
  const warn = jest.spyOn(console, "error").mockImplementation(() => undefined);
  const written = jest.spyOn(process.stderr, "write").mockImplementation(() => true);
  try {
    const program = createProgram((code) => {
      answer = code;
    });
    await program.parseAsync(["node", "api-tiers", ...args]);
    return { output: lines.join("\n"), answer, error: undefined };
  } catch (error) {
    return { output: lines.join("\n"), answer, error: (error as Error).message };
  } finally {
    log.mockRestore();
    warn.mockRestore();
    written.mockRestore();
  }
}
