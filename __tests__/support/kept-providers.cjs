// What jest runs before and after all suites: providers that a suite has started are kept for the next ones of its worker
// (see shared-provider.ts), in files of this folder.
const { mkdtempSync, readdirSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

module.exports = async () => {
  process.env.KEPT_PROVIDERS = mkdtempSync(join(tmpdir(), "api-tiers-providers-"));
};

module.exports.end = async () => {
  const folder = process.env.KEPT_PROVIDERS;
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const { processes, sockets } = JSON.parse(readFileSync(join(folder, name), "utf8"));
    for (const id of processes) {
      try {
        process.kill(id, "SIGKILL");
      } catch {
        // It has ended.
      }
    }
    for (const socket of sockets) rmSync(socket, { force: true });
  }
  rmSync(folder, { recursive: true });
};
