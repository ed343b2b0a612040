import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { copyProject } from "../support/project";
import { heapOf } from "../support/run";
import { withFolder } from "../support/synthesize";

const MANY = 10_000;
const PLAN = { id: "plan1", name: "gold", throttle: { rateLimit: 1, burstLimit: 2 }, apiStages: [] };

/** The control plane of an account with ten thousand keys, as far as it is read; it has no values to give. */
function answer(path: string): unknown {
  const url = new URL(path, "http://localhost");
  if (url.pathname === "/restapis") return { item: [] };
  if (url.pathname === "/usageplans") return { item: [PLAN] };
  if (url.pathname !== "/apikeys") throw new Error(`nobody should ask for ${path}`);
  const start = Number(url.searchParams.get("position") ?? 0);
  const end = Math.min(start + Number(url.searchParams.get("limit")), MANY);
  const item = Array.from({ length: end - start }, (_, index) => ({
    id: `key${start + index}`,
    name: `Customer ${start + index}`,
    description: `Customer number ${start + index}, with a short description`,
    enabled: true,
    createdDate: 1_700_000_000 + start + index,
    tags: { team: "a" },
  }));
  return { item, ...(end < MANY ? { position: String(end) } : {}) };
}

test("10,000 keys are adopted within a heap of 250 MB, and the plans of each are asked for once", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer(request.url ?? "")));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await withFolder(async (folder) => {
      copyProject(folder);
      for (const name of ["catalog.ts", "main.ts"]) rmSync(join(folder, name));
      const program = `
        process.argv.splice(1, 0, "api-tiers");
        require("./src/cli/main.ts");`;
      const child = spawn("node", [heapOf(250), "-r", "ts-node/register", "-e", program, "adopt", "--unpaced"], {
        cwd: folder,
        env: {
          ...process.env,
          AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test",
          AWS_REGION: "us-east-1",
        },
        stdio: ["ignore", "pipe", "ignore"],
      });
      let printed = "";
      child.stdout.on("data", (chunk) => {
        printed += chunk;
      });
      const [code] = await once(child, "close");
      expect({ code, printed }).toEqual({ code: 0, printed: expect.stringContaining("1 tier, 10,000 subscriptions.") });
      expect(readFileSync(join(folder, "subscriptions.yaml"), "utf8").match(/tier: gold/g)).toHaveLength(MANY);
    });
  } finally {
    server.close();
  }
  expect(asked.filter((path) => path.startsWith("/apikeys"))).toHaveLength(20);
  expect(new Set(asked.filter((path) => path.includes("keyId"))).size).toBe(MANY);
  expect(asked.filter((path) => /includeValues=true/.test(path))).toEqual([]);
}, 120_000);
