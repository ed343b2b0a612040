import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { awsAt } from "./aws-at";
import { freePort } from "./free-port";
import { type SharedProvider, shareProvider } from "./shared-provider";

/** An AWS emulator on a port of its own. */
export class Emulator {
  private constructor(
    private readonly server: ChildProcess,
    private readonly provider: SharedProvider | undefined,
    /** What a program needs in its environment to talk to the emulator instead of AWS. */
    readonly env: Readonly<Record<string, string>>,
  ) {}

  /**
   * Starts an emulator for Terraform that runs one command at a time, with a provider that runs already.
   *
   * @param cwd an empty folder: where the provider looks for files of relative paths
   */
  static async startWithProvider(cwd?: string): Promise<Emulator> {
    const provider = await shareProvider(cwd);
    const { server, env } = await Emulator.start(provider?.port);
    return new Emulator(server, provider, { ...env, ...provider?.env });
  }

  /** @param port any that is free by default */
  static async start(port?: number): Promise<Emulator> {
    const chosen = port ?? (await freePort());
    const env = awsAt(chosen);
    const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(chosen)], {
      stdio: "ignore",
      env: {
        ...process.env,
        PYTHONPATH: resolve(__dirname, "../../emulator"),
        // The policies that AWS manages are there only when asked for.
        MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
        // To write a line for each request that nobody reads takes it longer than many an answer.
        EMULATOR_LOG: "off",
      },
    });
    for (const deadline = Date.now() + 60_000; ; await pause(100)) {
      const answer = await fetch(`${env.AWS_ENDPOINT_URL}/moto-api/data.json`).catch(() => undefined);
      if (answer?.ok) break;
      if (server.exitCode !== null || Date.now() > deadline) throw new Error("moto_server did not start");
    }
    return new Emulator(server, undefined, env);
  }

  /** Says what was called, and what time it is, as `emulator/usage.py` takes it. */
  async seedUsage(usage: object): Promise<void> {
    const answer = await fetch(`${this.env.AWS_ENDPOINT_URL}/moto-api/usage`, {
      method: "POST",
      body: JSON.stringify(usage),
    });
    if (!answer.ok) throw new Error(`the emulator does not take this usage: ${answer.status}`);
  }

  /** The same for another Region, of which the provider that was started does not know. */
  envIn(region: string): Readonly<Record<string, string>> {
    if (region === this.env.AWS_REGION) return this.env;
    const { TF_REATTACH_PROVIDERS: _, ...others } = this.env;
    return { ...others, AWS_REGION: region };
  }

  async stop(): Promise<void> {
    this.server.kill();
    if (this.server.exitCode === null) await once(this.server, "exit");
    this.provider?.stop();
  }
}
