import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
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
   * Starts an emulator and a provider of its own, for Terraform that runs one command at a time.
   *
   * @param cwd where the provider looks for files of relative paths
   */
  static async startWithProvider(cwd?: string): Promise<Emulator> {
    const { server, env } = await Emulator.start();
    const provider = await shareProvider(env, cwd);
    return new Emulator(server, provider, { ...env, ...provider?.env });
  }

  static async start(): Promise<Emulator> {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], {
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
      const answer = await fetch(`${endpoint}/moto-api/data.json`).catch(() => undefined);
      if (answer?.ok) break;
      if (server.exitCode !== null || Date.now() > deadline) throw new Error("moto_server did not start");
    }
    return new Emulator(server, undefined, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
    });
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
    await this.provider?.stop();
    this.server.kill();
    if (this.server.exitCode === null) await once(this.server, "exit");
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
