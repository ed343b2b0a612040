/**
 * Shows that the local gateway stays alive, its memory flat, and leaves no process behind, whatever comes: 200,000 requests in a seeded
 * order to a server of its own, among them hostile functions and templates, sockets that are closed half-way, files that are written in
 * halves while it watches them, and links that lead in circles.
 *
 * `npm run test:endurance [-- <requests> <seed>]`
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resourcesOf } from "../__tests__/gateway/conformance/served-cases";
import { CASES, HEAVY, REQUESTS, SOCKETS } from "./support/hostile-cases";
import { seeded } from "./support/seeded";

const [requests = 200_000, seed = 1] = process.argv.slice(2).map(Number);
/** Requests that wait for an answer together. */
const TOGETHER = 50;
/** A heavy request, which takes the time or memory that a function may take, is one of these. */
const HEAVY_SHARE = 400;
const SOCKET_SHARE = 30;
const FILES_SHARE = 2_000;

/** So that processes of the functions are found, whichever process is their parent by then. */
const MARK = `ENDURANCE_${process.pid}`;

class Failure extends Error {}

run().catch((error: Error) => {
  console.error(error instanceof Failure ? `FAILED: ${error.message}` : error);
  process.exitCode = 1;
});

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "endurance-"));
  const stack = join(folder, "cdktf.out", "stacks", "cases");
  mkdirSync(stack, { recursive: true });
  const file = join(stack, "cdk.tf.json");
  const text = JSON.stringify({ resource: resourcesOf(CASES, 0, stack, "http://127.0.0.1:1") });
  writeFileSync(file, text);
  const server = spawn(
    process.execPath,
    [
      "-r",
      "ts-node/register/transpile-only",
      "src/cli/main.ts",
      "serve",
      join(folder, "cdktf.out"),
      "--port",
      "0",
      "--env",
      `${MARK}=1`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  try {
    const url = await urlOf(server);
    await load(server, url, { folder, file, text });
    const kept = processes().length;
    if (server.exitCode !== null) throw new Failure(`the server ended with ${server.exitCode}`);
    server.kill("SIGTERM");
    const [code] = server.exitCode === null ? await once(server, "exit") : [server.exitCode];
    const left = processes();
    console.log(`processes of functions before the end: ${kept}, after it: ${left.length}; exit code ${code}`);
    if (left.length > 0) throw new Failure(`processes are left: ${left.join(", ")}`);
    if (code !== 0) throw new Failure(`the server ended with ${code}`);
  } finally {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Files {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
}

async function load(server: ChildProcess, url: URL, files: Files): Promise<void> {
  const random = seeded(seed);
  const agent = new Agent({ keepAlive: true, maxSockets: TOGETHER });
  const statuses = new Map<string, number>();
  const memory: number[] = [];
  const started = Date.now();
  let sent = 0;
  const next = async (): Promise<void> => {
    while (sent < requests) {
      const number = sent++;
      if (number % Math.ceil(requests / 10) === 0) {
        memory.push(residentBytes(server));
        console.log(
          `${number} requests, ${mebibytes(memory.at(-1) ?? 0)}, ${Math.round((Date.now() - started) / 1_000)} s`,
        );
      }
      if (number % FILES_SHARE === 0) disturb(files, number / FILES_SHARE);
      const outcome =
        number % HEAVY_SHARE === 0
          ? await send(agent, url, pick(HEAVY, random))
          : number % SOCKET_SHARE === 0
            ? await raw(url, pick(SOCKETS, random))
            : await send(agent, url, pick(REQUESTS, random));
      statuses.set(outcome, (statuses.get(outcome) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, next));
  memory.push(residentBytes(server));
  agent.destroy();
  writeFileSync(files.file, files.text);
  if ((await send(agent, url, { method: "GET", path: "/mock" })) !== "200")
    throw new Failure("the gateway does not answer any more");
  console.log(`${sent} requests: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}`);
  const [, early = 0, ...later] = memory;
  const most = Math.max(...later);
  console.log(`memory: ${memory.map(mebibytes).join(", ")}`);
  if (most > early * 1.5 + 64 * 1024 * 1024)
    throw new Failure(`memory grew from ${mebibytes(early)} after a tenth to ${mebibytes(most)}`);
}

const pick = <Kind>(list: readonly Kind[], random: () => number): Kind =>
  list[Math.floor(random() * list.length)] as Kind;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The status, or what went wrong. */
function send(agent: Agent, { hostname, port }: URL, { method, path, headers = {}, body }: Sent): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(
      {
        agent,
        hostname,
        port,
        method,
        path: `/case-0/prod${path}`,
        headers: { "Content-Type": "application/json", ...headers },
      },
      (response) => {
        response.on("end", () => resolve(String(response.statusCode))).on("error", () => resolve("cut"));
        response.resume();
      },
    );
    sent.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "error"));
    sent.setTimeout(60_000, () => sent.destroy(new Error("no answer in a minute")));
    sent.end(body);
  });
}

/** Bytes, and then the socket is closed. */
function raw({ hostname, port }: URL, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes);
      setTimeout(() => socket.destroy(), 1);
    });
    socket
      .on("error", () => {})
      .on("close", () => resolve("closed"))
      .resume();
  });
}

/** What somebody does to the folder that is watched. */
function disturb({ folder, file, text }: Files, turn: number): void {
  const link = join(folder, "cdktf.out", `link-${turn % 3}`);
  rmSync(link, { force: true });
  if (turn % 4 === 0) symlinkSync(join(folder, "cdktf.out"), link);
  else if (turn % 4 === 1) symlinkSync("/dev/zero", link);
  else if (turn % 4 === 2) writeFileSync(file, text.slice(0, text.length / 2));
  else writeFileSync(file, text);
}

async function urlOf(server: ChildProcess): Promise<URL> {
  let printed = "";
  const ended = once(server, "exit");
  return new Promise((resolve, reject) => {
    server.stdout?.on("data", (chunk: Buffer) => {
      if (printed.length < 100_000) printed += chunk;
      const [, url] = /Serving .* on (http:\S+?)\. /.exec(printed) ?? [];
      if (url !== undefined) resolve(new URL(url));
    });
    ended.then(() => reject(new Failure(`the server ended: ${printed}`)));
  });
}

const residentBytes = ({ pid }: ChildProcess): number =>
  Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4_096;
const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;

/** Processes of functions, and all that they have started: each has inherited a variable. */
function processes(): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "latin1").includes(`${MARK}=1`);
    } catch {
      return false;
    }
  });
}
