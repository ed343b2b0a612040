import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { commandBlocks, PAGES_WITH_COMMANDS, withoutQuestions } from "../support/documented-commands";
import { Emulator } from "../support/emulator";
import { copyProject } from "../support/project";
import { describeWith } from "../support/requirements";
import { run, runOrFail } from "../support/run";

jest.setTimeout(600_000);

const BLOCKS = PAGES_WITH_COMMANDS.flatMap((page) => commandBlocks(page)).filter(({ notRun }) => notRun === undefined);
const ENV = {
  CHECKPOINT_DISABLE: "1",
  DISABLE_VERSION_CHECK: "1",
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  TF_VAR_globex_key: "EmulatorOnlyKeyValue0000001",
};

/** A clone of this project, in which `npx api-tiers` works too, as in a project of its users'. */
function clone(): string {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-commands-"));
  copyProject(folder);
  const modules = join(folder, "node_modules");
  rmSync(modules);
  mkdirSync(join(modules, ".bin"), { recursive: true });
  const linkAll = (from: string, to: string) => {
    for (const name of readdirSync(from)) if (name !== ".bin") symlinkSync(join(from, name), join(to, name));
  };
  linkAll(resolve("node_modules"), modules);
  linkAll(resolve("node_modules/.bin"), join(modules, ".bin"));
  const program = join(modules, ".bin/api-tiers");
  rmSync(program, { force: true });
  writeFileSync(program, `#!/bin/sh\nexec node -r "${modules}/ts-node/register" "${folder}/src/cli/main.ts" "$@"\n`);
  chmodSync(program, 0o755);
  return folder;
}

/** Runs a block as a person would paste it, and stops at the first command that fails. */
function runBlock(text: string, cwd: string, env: NodeJS.ProcessEnv): void {
  const { code, stdout, stderr } = run("bash", ["-euo", "pipefail", "-c", withoutQuestions(text)], { cwd, env });
  if (code !== 0) throw new Error(`ended with ${code}:\n${text}\n${stdout}\n${stderr}`);
}

/** Runs a server until it says where it listens, and ends it. */
async function serve(command: string, cwd: string): Promise<void> {
  // Another test may have the usual port.
  const onAnyPort = command.includes("--port")
    ? command
    : command.replace(/(\bserve\b)( --(?=\s|$))?/, "$1$2 --port 0");
  const separated = onAnyPort.replace(/(npm run serve) --port/, "$1 -- --port");
  const server = spawn("bash", ["-c", `exec ${separated}`], { cwd, env: { ...process.env, ...ENV }, detached: true });
  let printed = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (chunk) => (printed += chunk));
  const listening = new Promise<void>((resolve) => {
    server.stdout.on("data", () => printed.includes("http://127.0.0.1:") && resolve());
  });
  await Promise.race([listening, once(server, "exit")]);
  if (server.exitCode !== null)
    throw new Error(`${command}: ended with ${server.exitCode} before it listened:\n${printed}`);
  end(server);
}

/** With all that npm and npx have started. */
function end({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, "SIGTERM");
}

test("the pages have commands that are run", () => {
  expect(BLOCKS.length).toBeGreaterThan(5);
});

describeWith(["terraform", "emulator"], "every command of the README and of the guides works", () => {
  let folder = "";
  let emulator: Emulator;
  beforeAll(async () => {
    folder = clone();
    emulator = await Emulator.start();
    const deploy = ["cdktf", "deploy", "*", "--auto-approve", "--skip-provider-lock"];
    runOrFail("npx", deploy, { cwd: folder, env: { ...ENV, ...emulator.env } });
  });
  afterAll(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });

  test.each(BLOCKS.map((block) => [`${block.page}:${block.line}`, block] as const))("%s", async (_, block) => {
    const env = block.emulator ? { ...ENV, ...emulator.env } : ENV;
    if (!block.serves) return runBlock(block.text, join(folder, block.folder), env);
    for (const line of block.text.split("\n").map((each) => each.replace(/\s+#.*$/, "").trim()))
      if (line !== "") await serve(line, folder);
  });
});
