import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { HANDLER, type Listen } from "../contestant";

/** A function behind a route that is `private`, as its own framework calls a route that needs a key. */
export const listen: Listen = async (_, folder) => {
  const [port, lambdaPort] = [await freePort(), await freePort()];
  const key = `bench${randomBytes(20).toString("hex")}`;
  const configuration = {
    service: "bench",
    provider: {
      name: "aws",
      runtime: "nodejs20.x",
      stage: "prod",
      apiGateway: { apiKeys: [{ name: "acme", value: key }] },
    },
    plugins: ["serverless-offline"],
    functions: {
      pets: { handler: "pets.handler", events: [{ http: { method: "get", path: "pets", private: true } }] },
    },
  };
  writeFileSync(join(folder, "serverless.json"), JSON.stringify(configuration));
  writeFileSync(join(folder, "pets.mjs"), HANDLER);
  const packageFile = require.resolve("serverless/package.json");
  symlinkSync(dirname(dirname(packageFile)), join(folder, "node_modules"), "junction");

  const program = join(dirname(packageFile), "bin", "serverless.js");
  const args = ["offline", "--httpPort", `${port}`, "--lambdaPort", `${lambdaPort}`, "--noPrependStageInUrl"];
  const offline = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    // Nothing of it goes elsewhere.
    env: { ...process.env, SLS_TELEMETRY_DISABLED: "1", SLS_NOTIFICATIONS_MODE: "off" },
    stdio: "ignore",
  });
  process.once("exit", () => offline.kill("SIGKILL"));

  const url = `http://127.0.0.1:${port}/pets`;
  while (!(await answers(url))) {
    if (offline.exitCode !== null) throw new Error(`"${program} ${args.join(" ")}" ended with ${offline.exitCode}`);
    await setTimeout(100);
  }
  return { url, key };
};

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
