import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { API_TIERS } from "../../support/run";

/** `api-tiers serve` as a process of its own, from the source. */
export class ServeProgram {
  /** All that it has printed so far. */
  printed = "";
  private readonly process: ChildProcess;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.process = spawn(process.execPath, [...API_TIERS, "serve", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    const take = (chunk: Buffer) => {
      this.printed += chunk.toString();
    };
    this.process.stdout?.on("data", take);
    this.process.stderr?.on("data", take);
  }

  /** Starts it, and waits until it serves. */
  static start(...args: readonly string[]): Promise<ServeProgram> {
    return ServeProgram.startIn({}, ...args);
  }

  /** The same with more variables in its environment. */
  static async startIn(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<ServeProgram> {
    const program = new ServeProgram(["--port", "0", ...args], env);
    await program.prints(/Serving .* on http/);
    return program;
  }

  get url(): string {
    return /Serving .* on (http:\S+?)\. /.exec(this.printed)?.[1] ?? "";
  }

  /** Waits until it has printed something, and gives what was printed from there on. */
  async prints(pattern: RegExp, from = 0): Promise<string> {
    for (;;) {
      const at = this.printed.slice(from).search(pattern);
      if (at >= 0) return this.printed.slice(from + at);
      if (this.process.exitCode !== null)
        throw new Error(`it ended with ${this.process.exitCode}, without ${pattern}: ${this.printed}`);
      await Promise.race([
        this.process.stdout && once(this.process.stdout, "data"),
        this.process.stderr && once(this.process.stderr, "data"),
        once(this.process, "exit"),
      ]);
    }
  }

  /** What it ends with by itself. */
  async ends(): Promise<number | null> {
    if (this.process.exitCode === null) await once(this.process, "close");
    return this.process.exitCode;
  }

  /** Ctrl-C. */
  async stop(): Promise<number | null> {
    this.process.kill("SIGINT");
    return this.ends();
  }
}
