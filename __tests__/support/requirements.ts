import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasClickHouse } from "./clickhouse";
import { isOnPath, run } from "./run";

/** What a test needs besides Node. */
export type Requirement = "terraform" | "emulator" | "npm registry" | "chromium" | "chdb";

/** Set to 1 where a missing requirement must fail the tests, as CI does. */
const REQUIRED_BY: Record<Requirement, string> = {
  terraform: "REQUIRE_TERRAFORM",
  emulator: "REQUIRE_EMULATOR",
  "npm registry": "REQUIRE_NPM_REGISTRY",
  chromium: "REQUIRE_CHROMIUM",
  chdb: "REQUIRE_CHDB",
};

/** Why a requirement is not met; `undefined` if it is. */
const MISSING: Record<Requirement, () => string | undefined> = {
  terraform: () => {
    if (!isOnPath("terraform")) return "terraform is not on the path";
    const folder = mkdtempSync(join(tmpdir(), "api-tiers-probe-"));
    try {
      const providers = { aws: { source: "aws", version: "5.100.0" } };
      writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: providers } }));
      const { code, stderr } = run("terraform", ["init", "-input=false", "-no-color"], { cwd: folder });
      return code === 0 ? undefined : `terraform finds no AWS provider 5.100.0:\n${stderr}`;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  emulator: () => (isOnPath("moto_server") ? undefined : "moto_server is not on the path"),
  "npm registry": () => (run("npm", ["ping"]).code === 0 ? undefined : "npm reaches no registry"),
  chromium: () => (isOnPath("chromium") ? undefined : "chromium is not on the path"),
  chdb: () => (hasClickHouse() ? undefined : "the package chdb is not installed, which has ClickHouse"),
};

/** A `describe` whose tests are skipped aloud where something they need is missing, or fail where that is required. */
export function describeWith(requirements: readonly Requirement[], title: string, body: () => void): void {
  for (const requirement of requirements) {
    const missing = MISSING[requirement]();
    if (missing === undefined) continue;
    if (process.env[REQUIRED_BY[requirement]] === "1") {
      test(`${title}: needs ${requirement}`, () => {
        throw new Error(`${REQUIRED_BY[requirement]} is set, but ${missing}`);
      });
    } else {
      process.stderr.write(`SKIPPED: ${title}: ${missing}\n`);
      describe.skip(`${title} (${missing})`, body);
    }
    return;
  }
  describe(title, body);
}
