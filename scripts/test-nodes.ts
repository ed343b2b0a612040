/**
 * Shows that the library works on each Node that `engines` names, with the real binaries from the npm registry:
 *
 * - the packed library is installed with `npm install --engine-strict` on the oldest and the newest of them, where a
 *   project of its own synthesizes a catalog, runs the test kit and the command line;
 * - the unit tests pass on the newest of each major version (the Node that runs this script aside: `npm test` does that).
 *
 * `npm run test:nodes [-- --install-only]`
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readJson } from "./support/json";
import { compareVersions, installNode, major, nodesOf, publishedNodes } from "./support/nodes";
import { runStep, runTests, StepFailure, UNIT_TESTS } from "./support/steps";

const ROOT = resolve(__dirname, "..");

interface Manifest {
  readonly name: string;
  readonly engines: { readonly node: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
}

/** What a project of its own does with the library; it fails by itself. */
const PROGRAM = `
const assert = require("node:assert/strict");
const { existsSync } = require("node:fs");
const { App } = require("cdktf");
const { defineCatalog, TierStacks } = require("cdktf-api-tiers");
const { TestGateway } = require("cdktf-api-tiers/testing");

const catalog = defineCatalog({
  apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 }, "GET /dogs": { handler: "dogs" } } } },
  tiers: { gold: { access: { pets: "*" }, throttle: { rateLimit: 10, burstLimit: 20 } } },
  subscriptions: { joe: { tier: "gold" } },
});
const app = new App();
new TierStacks(app, catalog);
app.synth();
assert.ok(existsSync("cdktf.out/stacks/access/cdk.tf.json"));

async function tryOut() {
  const gateway = TestGateway.from("cdktf.out", { integrations: true });
  const joe = gateway.customer("joe").at("pets", "prod");
  const { body } = await joe.send("GET /dogs");
  const { statuses } = await joe.burst(20, "GET /pets");
  await gateway.close();
  assert.equal(body, "Rex");
  assert.deepEqual(statuses, { 200: 19, 429: 1 });
  console.log(process.version);
}
tryOut();
`;
const HANDLER = `export const handler = async () => ({ statusCode: 200, body: "Rex" });`;

main(process.argv.slice(2));

function main(options: readonly string[]): void {
  const installOnly = options.includes("--install-only");
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "api-tiers-nodes-")));
  try {
    const { engines } = readJson<Manifest>(join(ROOT, "package.json"));
    const { oldest, newest } = nodesOf(engines.node, publishedNodes(scratch));
    const versions = [...new Set([...oldest, ...newest])].sort(compareVersions);
    console.log(`engines names ${engines.node}: tried on ${versions.join(", ")}`);
    const folders = new Map(versions.map((version) => [version, installNode(version, scratch)]));
    const tarball = pack(scratch);
    for (const [version, folder] of folders) useInOwnProject(version, folder, scratch, tarball);
    console.log(`Node ${versions.join(", ")}: installed with engine-strict, and used`);
    if (installOnly) return;

    const current = major(process.versions.node);
    for (const version of newest.filter((each) => major(each) !== current)) {
      const report = join(scratch, `jest-${version}.json`);
      const passed = runTests(`unit tests on Node ${version}`, UNIT_TESTS, report, {
        folder: ROOT,
        nodeFolder: folders.get(version),
      });
      console.log(`Node ${version}: ${passed} unit tests passed`);
    }
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    console.error(`${error.step}: FAILED\n\n${error.output}\n`);
    process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** @returns the path of the packed library */
function pack(scratch: string): string {
  const args = ["pack", "--json", "--silent", "--pack-destination", scratch];
  const printed = runStep("pack", "npm", args, { folder: ROOT });
  // Before its JSON, npm prints what the scripts of the package print.
  const [packed] = Object.values<{ readonly filename: string }>(JSON.parse(printed.replace(/^[^[{]*/, "")));
  if (packed === undefined) throw new StepFailure("pack", printed);
  return join(scratch, packed.filename);
}

/** One project for all Nodes: npm checks every package in it at each install, and the later ones take seconds. */
function useInOwnProject(version: string, nodeFolder: string, scratch: string, tarball: string): void {
  const folder = join(scratch, "own-project");
  const { name, peerDependencies, peerDependenciesMeta: meta } = readJson<Manifest>(join(ROOT, "package.json"));
  mkdirSync(join(folder, "handlers"), { recursive: true });
  // npm takes the newest version of each that the library allows. Of the optional ones, users choose their own.
  const peers = Object.entries(peerDependencies).filter(([peer]) => !meta[peer]?.optional);
  const dependencies = { ...Object.fromEntries(peers), [name]: `file:${tarball}` };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  writeFileSync(join(folder, "handlers", "dogs.ts"), HANDLER);
  writeFileSync(join(folder, "main.js"), PROGRAM);
  const step = { folder, nodeFolder };
  const strict = ["install", "--engine-strict", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"];
  runStep(`npm install --engine-strict on Node ${version}`, "npm", strict, step);
  const ran = runStep(`own project on Node ${version}`, "node", ["main.js"], step);
  if (ran.trim() !== `v${version}`) throw new StepFailure(`own project on Node ${version}`, `It ran on ${ran}.`);
  runStep(`api-tiers on Node ${version}`, "npx", ["api-tiers", "key", "joe"], step);
}
