// Runs scripts of package.json at once, so that no core waits for another:
//
//   node scripts/at-once.mjs check:types,check:style
//
// What the last one prints is shown as it comes, and what the others print once they end. Further arguments go to the last
// one. The first that fails ends the others. The versions of concurrently and npm-run-all2 that are kept up want Node 22.
import { spawn } from "node:child_process";

const [names = "", ...args] = process.argv.slice(2);
const scripts = names.split(",");
const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
const running = new Set();

// Each is a group of processes, where there are such: a shell does not tell what it runs to end.
const detached = process.platform !== "win32";
const endAll = () => {
  for (const child of running) {
    try {
      if (detached) process.kill(-child.pid, "SIGTERM");
      else child.kill();
    } catch {
      // It has ended by itself.
    }
  }
};
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    endAll();
    process.exitCode = 1;
  });

for (const [index, script] of scripts.entries()) {
  const isLast = index === scripts.length - 1;
  const command = [...npm, "run", "--silent", script, ...(isLast && args.length > 0 ? ["--", ...args] : [])];
  const child = spawn(command[0], command.slice(1), {
    stdio: ["ignore", ...Array(2).fill(isLast ? "inherit" : "pipe")],
    detached,
  });
  running.add(child);
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
  child.on("close", (code) => {
    running.delete(child);
    if (printed.trim() !== "") console.log(printed.trimEnd());
    if (code === 0 || process.exitCode) return;
    console.error(`npm run ${script} failed`);
    process.exitCode = 1;
    endAll();
  });
}
