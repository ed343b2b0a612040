import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { awsAt } from "./aws-at";
import { reservedPort } from "./free-port";
import { isRunning, run } from "./run";

/** The AWS provider as one process that several commands of Terraform use, one after the other. */
export interface SharedProvider {
  /** What Terraform needs in its environment to use it. */
  readonly env: Readonly<Record<string, string>>;
  /** Where on this machine it expects AWS. */
  readonly port: number;
  stop(): void;
}

interface Started {
  /** The provider, and what keeps its schema small. */
  readonly processes: readonly number[];
  readonly sockets: readonly string[];
  readonly port: number;
  readonly reattach: string;
}

const PROVIDER = "registry.terraform.io/hashicorp/aws";
const VERSION = "5.100.0";
/** What Terraform reads of a provider that runs already. */
type Reattach = Record<typeof PROVIDER, { readonly Addr: { String: string } }>;

/** Whether this suite uses the one that is kept. */
let isTaken = false;

/**
 * Starts the provider in the mode that its developers use. Each command of Terraform otherwise starts a process of
 * 700 MB and has it compute all its schemas, which is half of the time that a plan of ten resources takes. Since a start
 * takes three seconds of a processor, one is kept for all suites of a worker of jest (see `kept-providers.cjs`).
 *
 * @param cwd an empty folder: where it looks for files of relative paths, instead of the folder in which Terraform runs
 * @returns `undefined` where Terraform copies providers instead of linking them from a mirror or a cache: each command
 * then starts its own
 */
export async function shareProvider(cwd?: string): Promise<SharedProvider | undefined> {
  const kept = process.env.KEPT_PROVIDERS;
  if (kept === undefined || isTaken) {
    const folder = mkdtempSync(join(tmpdir(), "api-tiers-provider-"));
    const started = await start(folder, cwd ?? folder);
    const stop = () => {
      if (started !== undefined) end(started);
      rmSync(folder, { recursive: true });
    };
    if (started === undefined) stop();
    return started && { ...shared(started), stop };
  }
  isTaken = true;
  const home = join(kept, `${process.env.JEST_WORKER_ID}`);
  const started = await keptIn(home);
  if (started === undefined) return undefined;
  // A process goes on working in its folder, wherever that is moved to.
  if (cwd !== undefined) renameSync(join(home, "cwd"), cwd);
  const stop = () => {
    // Where the suite has removed it, the next one finds none, and starts another provider.
    if (cwd !== undefined && existsSync(cwd)) renameSync(cwd, join(home, "cwd"));
    isTaken = false;
  };
  return { ...shared(started), stop };
}

const shared = ({ port, reattach }: Started) => ({ port, env: { TF_REATTACH_PROVIDERS: reattach } });

/** The one that an earlier suite has started, or a new one. */
async function keptIn(home: string): Promise<Started | undefined> {
  const note = `${home}.json`;
  if (existsSync(note)) {
    const started: Started = JSON.parse(readFileSync(note, "utf8"));
    if (started.processes.every(isRunning) && existsSync(join(home, "cwd"))) return started;
    end(started);
    rmSync(home, { recursive: true, force: true });
  }
  mkdirSync(join(home, "cwd"), { recursive: true });
  const started = await start(home, join(home, "cwd"));
  if (started !== undefined) writeFileSync(note, JSON.stringify(started));
  return started;
}

/** @param folder for what it prints */
async function start(folder: string, cwd: string): Promise<Started | undefined> {
  const program = installedProvider();
  if (program === undefined) return undefined;
  // No two workers may come to the same one between the probe and the emulator's start.
  const port = await reservedPort(21_000 + 100 * Number(process.env.JEST_WORKER_ID ?? 0));
  // The provider refuses a second configuration in one process where certificates are given to it.
  const { AWS_CA_BUNDLE: _, ...inherited } = process.env;
  const printed = join(folder, "provider.log");
  const provider = spawn(program, ["-debug"], {
    // Not a pipe, which would end with the suite.
    stdio: ["ignore", openSync(printed, "w"), "ignore"],
    env: { ...inherited, ...awsAt(port) },
    cwd,
  });
  provider.unref();
  const find = () => /TF_REATTACH_PROVIDERS='(.*)'/.exec(readFileSync(printed, "utf8"))?.[1];
  const reattach: Reattach = JSON.parse(await until(find, "the AWS provider did not start"));
  const upstream = reattach[PROVIDER].Addr.String;
  const socket = `${upstream}.small`;
  const proxyLog = join(folder, "proxy.log");
  const proxy = spawn(process.execPath, [join(__dirname, "schema-proxy.cjs"), upstream, socket], {
    stdio: ["ignore", "ignore", openSync(proxyLog, "w")],
  });
  proxy.unref();
  await until(
    () => (existsSync(socket) ? socket : undefined),
    () => `schema-proxy.cjs did not start: ${readFileSync(proxyLog, "utf8")}`,
  );
  reattach[PROVIDER].Addr.String = socket;
  const processes = [provider.pid, proxy.pid] as number[];
  return { processes, sockets: [upstream, socket], port, reattach: JSON.stringify(reattach) };
}

async function until(find: () => string | undefined, problem: string | (() => string)): Promise<string> {
  for (const deadline = Date.now() + 60_000; ; await pause(20)) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(typeof problem === "string" ? problem : problem());
  }
}

function end({ processes, sockets }: Started): void {
  for (const id of processes.filter(isRunning)) process.kill(id, "SIGKILL");
  for (const socket of sockets) rmSync(socket, { force: true });
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
