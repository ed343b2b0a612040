import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { packedLibrary } from "../support/packed-library";
import { describeWith } from "../support/requirements";
import { run, runOrFail } from "../support/run";
import { withFolder } from "../support/synthesize";

jest.setTimeout(900_000);

/** A project of somebody else's, as `cdktf init --template=typescript` makes it. */
const TSCONFIG = {
  compilerOptions: {
    target: "ES2018",
    module: "CommonJS",
    moduleResolution: "node",
    lib: ["es2018"],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  },
  include: ["*.ts"],
};
const MAIN = `
import { App } from "cdktf";
import { CatalogError, defineCatalog, TierStacks } from "cdktf-api-tiers";

export const catalog = defineCatalog({
  apis: {
    pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 }, "GET /dogs": { handler: "dogs" } } },
    diary: {
      keySource: "AUTHORIZER",
      authorizer: { handler: "key-authorizer" },
      stages: { prod: {} },
      routes: { "GET /days": { mock: 200 } },
    },
  },
  tiers: { gold: { access: { pets: "*" }, throttle: { rateLimit: 10, burstLimit: 20 } } },
  subscriptions: { joe: { tier: "gold" } },
});
const app = new App();
new TierStacks(app, catalog);
app.synth();

try {
  defineCatalog({ apis: {}, tiers: { gold: { access: {}, throttle: { rateLimit: 0, burstLimit: 1 } } } });
} catch (error) {
  if (error instanceof CatalogError) console.log(error.message);
}
`;
const HANDLER = `export const handler = async () => ({ statusCode: 200, body: "Rex" });`;
const AUTHORIZER = `export { handler } from "cdktf-api-tiers/key-authorizer";`;

/** Packages of which a file is loaded by the library alone, in a program that has loaded cdktf. */
const LOADED = `
require("cdktf");
require("constructs");
const before = new Set(Object.keys(require.cache));
require("cdktf-api-tiers");
const loaded = Object.keys(require.cache).filter((file) => !before.has(file));
const packages = loaded.map((file) => /.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file.split("\\\\").join("/"))[1]);
console.log(JSON.stringify([...new Set(packages)].sort()));
`;
const PROMISE = `
import { TestGateway } from "cdktf-api-tiers/testing";

async function promise(): Promise<void> {
  const gateway = TestGateway.from("cdktf.out", { integrations: true });
  const joe = gateway.customer("joe").at("pets", "prod");
  const { body } = await joe.send("GET /dogs");
  const { statuses } = await joe.burst(20, "GET /pets");
  await gateway.close();
  console.log(JSON.stringify({ body, statuses }));
}
promise();
`;
const WRONG = `
import { defineCatalog } from "cdktf-api-tiers";
defineCatalog({
  apis: {},
  tiers: { gold: { access: {} } },
  subscriptions: {
    joe: { tier: "silver" },
  },
});
`;

describeWith(["npm registry"], "the packed library", () => {
  let tarball = "";
  let paths: readonly string[] = [];
  beforeAll(() => {
    ({ tarball, paths } = packedLibrary());
  });

  test("installed into a project of somebody else's, synthesizes, with types, and brings no file that its users do not need", () => {
    withFolder((folder) => {
      expect(paths.filter((path) => !/^dist\/.*\.(m?js|d\.m?ts)$/.test(path)).sort()).toEqual([
        "LICENSE",
        "README.md",
        "dist/gateway/page/files/index.html",
        "dist/gateway/page/files/page.css",
        "examples/github-actions/api-tiers-drift.yml",
        "examples/github-actions/api-tiers-due.yml",
        "examples/github-actions/api-tiers-review.yml",
        "examples/github-actions/api-tiers.yml",
        "package.json",
        "schemas/catalog.schema.json",
        "schemas/drift.schema.json",
        "schemas/replay.schema.json",
        "schemas/review.schema.json",
        "schemas/self-service.openapi.json",
        "schemas/subscriptions.schema.json",
      ]);

      const { devDependencies } = JSON.parse(readFileSync(resolve("package.json"), "utf8"));
      const versions = ["cdktf", "constructs", "@cdktf/provider-aws", "typescript", "@types/node"];
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "elsewhere", private: true }));
      const install = [...versions.map((name) => `${name}@${devDependencies[name]}`), tarball];
      runOrFail("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...install], { cwd: folder });

      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
      writeFileSync(join(folder, "main.ts"), MAIN);
      writeFileSync(join(folder, "promise.ts"), PROMISE);
      mkdirSync(join(folder, "handlers"));
      writeFileSync(join(folder, "handlers", "dogs.ts"), HANDLER);
      writeFileSync(join(folder, "handlers", "key-authorizer.ts"), AUTHORIZER);
      runOrFail("npx", ["tsc"], { cwd: folder });
      runOrFail("npx", ["tsc", "--noEmit", "false", "--outDir", "built"], { cwd: folder });
      const { stdout } = runOrFail("node", ["built/main.js"], { cwd: folder });
      expect(stdout).toContain('tier "gold": throttle.rateLimit must be a number of requests a second above 0, got 0');
      const access = JSON.parse(readFileSync(join(folder, "cdktf.out/stacks/access/cdk.tf.json"), "utf8"));
      expect(Object.keys(access.resource.aws_api_gateway_api_key)).toEqual(["joe"]);

      // What is heavy is loaded by who uses it: a parser with the first file, a bundler with the first handler.
      const { stdout: loaded } = runOrFail("node", ["-e", LOADED], { cwd: folder });
      expect(JSON.parse(loaded)).toEqual(["@cdktf/provider-aws", "cdktf-api-tiers", "fastest-levenshtein", "zod"]);

      // The AWS SDK is part of Lambda's runtime; here, the project's own stands in for it.
      const zip = readFileSync(join(folder, "cdktf.out/handlers/key-authorizer.zip"));
      writeFileSync(join(folder, "authorizer.js"), unzipSync(zip)["index.js"] as Uint8Array);
      const call = 'require("./authorizer.js").handler({}).catch(({ message }) => console.log(message))';
      const { stdout: said } = runOrFail("node", ["-e", call], {
        cwd: folder,
        env: { NODE_PATH: resolve("node_modules") },
      });
      expect(said).toMatch(/^The key authorizer's environment is incomplete: OIDC_ISSUER is missing; OIDC_AUDIENCE/);

      // Without an account there is nothing to adopt from; without the SDK, the message says how to install it.
      const adopting = run("npx", ["api-tiers", "adopt"], { cwd: folder });
      expect([adopting.code, adopting.stderr]).toEqual([
        1,
        'error: adopt needs @aws-sdk/client-api-gateway, which is not installed; run "npm install @aws-sdk/client-api-gateway"\n',
      ]);

      const { stdout: told } = runOrFail("npx", ["api-tiers", "key", "joe"], { cwd: folder });
      expect(told).toContain("The key of joe\n  store:   none; it is not handed over");

      const promise = runOrFail("node", ["built/promise.js"], { cwd: folder });
      expect(JSON.parse(promise.stdout)).toEqual({ body: "Rex", statuses: { 200: 19, 429: 1 } });

      writeFileSync(join(folder, "wrong.ts"), WRONG);
      const { code, stdout: errors } = run("npx", ["tsc"], { cwd: folder });
      expect(code).not.toBe(0);
      expect(errors).toMatch(/^wrong\.ts\(7,12\): error TS2322: Type '"silver"' is not assignable to type '"gold"'/);
    });
  });

  test("in an empty folder: npx api-tiers init && npm install && npm start && npm test ends green, and a mistake has no stack trace", () => {
    withFolder((folder) => {
      const cwd = join(folder, "shop");
      mkdirSync(cwd);
      const env = { NPM_CONFIG_CACHE: join(folder, "npm-cache") };
      // npx would install the peers for itself, 700 MB, which init does without.
      const withoutPeers = { ...env, NPM_CONFIG_LEGACY_PEER_DEPS: "true" };
      const init = ["--yes", "--package", tarball, "api-tiers", "init"];
      expect(runOrFail("npx", init, { cwd, env: withoutPeers }).stdout).toContain(
        "Next: npm install && npm start && npm test",
      );
      runOrFail("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], { cwd });

      const started = runOrFail("npm", ["start"], { cwd });
      expect(started.stdout).toMatch(/│ hello +│ 1 REST API, 2 routes, 1 function +│/);
      expect(started.stderr).toBe("");
      const tested = runOrFail("npm", ["test"], { cwd });
      expect(tested.stdout).toMatch(/^(# |ℹ )pass 2$/m);
      expect(tested.stdout).toMatch(/^(# |ℹ )fail 0$/m);
      const again = runOrFail("npx", ["api-tiers", "init"], { cwd });
      expect(again.stdout).toBe("The project has all of its files.\n");

      const catalog = readFileSync(join(cwd, "catalog.ts"), "utf8");
      writeFileSync(join(cwd, "catalog.ts"), catalog.replace('tier: "bronze"', 'tier: "bronz"'));
      const { code, stdout, stderr } = run("npm", ["start", "--silent"], { cwd });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/subscription "joe-black": tier: .*"bronz".*did you mean "bronze"\?/);
      expect(stderr).toMatch(/^ {2}- catalog\.ts:\d+:\d+: Type '"bronz"' is not assignable to type/m);
      expect(stderr).not.toMatch(/^\s+at /m);
    });
  });
});
