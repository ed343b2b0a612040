import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { run } from "./run";

/** The AWS provider as one process that several commands of Terraform use, one after the other. */
export interface SharedProvider {
  /** What Terraform needs in its environment to use it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const PROVIDER = "registry.terraform.io/hashicorp/aws";
const VERSION = "5.100.0";
/** What Terraform reads of a provider that runs already. */
type Reattach = Record<typeof PROVIDER, { readonly Addr: { String: string } }>;

/**
 * Starts the provider in the mode that its developers use. Each command of Terraform otherwise starts a process of
 * 700 MB and has it compute all its schemas, which is half of the time that a plan of ten resources takes.
 *
 * @param cwd where it looks for files of relative paths, instead of the folder in which Terraform runs
 * @returns `undefined` where Terraform copies providers instead of linking them from a mirror or a cache: each command
 * then starts its own
 */
export async function shareProvider(
  env: Readonly<Record<string, string>>,
  cwd?: string,
): Promise<SharedProvider | undefined> {
  const program = installedProvider();
  if (program === undefined) return undefined;
  // The provider refuses a second configuration in one process where certificates are given to it.
  const { AWS_CA_BUNDLE: _, ...inherited } = process.env;
  const server = spawn(program, ["-debug"], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...inherited, ...env },
    cwd,
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line)?.[1];
    if (address === undefined) continue;
    server.stdout.resume();
    const reattach: Reattach = JSON.parse(address);
    const proxy = await startProxy(reattach[PROVIDER].Addr.String);
    reattach[PROVIDER].Addr.String = proxy.socket;
    return {
      env: { TF_REATTACH_PROVIDERS: JSON.stringify(reattach) },
      async stop() {
        await Promise.all([kill(server), kill(proxy.process)]);
        rmSync(proxy.socket, { force: true });
      },
    };
  }
  throw new Error("the AWS provider did not start");
}

/** Starts what keeps the schema small; it ends with the provider. */
async function startProxy(upstream: string): Promise<{ readonly socket: string; readonly process: ChildProcess }> {
  const socket = `${upstream}.small`;
  const proxy = spawn(process.execPath, [join(__dirname, "schema-proxy.cjs"), upstream, socket], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(proxy.stdout, "data");
  return { socket, process: proxy };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

/** The file of the provider, if it stays where it is when the folder that Terraform initialized is gone. */
function installedProvider(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-provider-"));
  try {
    const required_providers = { aws: { source: PROVIDER, version: VERSION } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
    if (run("terraform", ["init", "-input=false", "-no-color"], { cwd: folder }).code !== 0) return undefined;
    const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
    const installed = join(folder, ".terraform/providers", PROVIDER, VERSION, platform);
    const program = realpathSync(join(installed, `terraform-provider-aws_v${VERSION}_x5`));
    return program.startsWith(realpathSync(folder)) ? undefined : program;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
