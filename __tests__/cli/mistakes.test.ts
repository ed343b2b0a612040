import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SAMPLE_CATALOG, SAMPLE_HANDLER } from "../../src/project/sample";
import { installLibrary } from "../support/installed-library";
import { type RunResult, run } from "../support/run";

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), "api-tiers-mistakes-"));
const lonely = mkdtempSync(join(tmpdir(), "api-tiers-peers-"));
let program = "";
let withoutPeers = "";
let taken: Server;
let port = 0;
beforeAll(async () => {
  program = installLibrary(folder);
  withoutPeers = installLibrary(join(lonely, "deep"), ["cdktf", "constructs", "@cdktf/provider-aws"]);
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  port = (taken.address() as { port: number }).port;
});
afterAll(() => {
  taken.close();
  for (const each of [folder, lonely]) rmSync(each, { recursive: true });
});

type Files = Readonly<Record<string, string>>;

const MAIN = `import { App } from "cdktf";
import { printSynthesis, run, TierStacks } from "cdktf-api-tiers";

run(async () => {
  const { catalog } = await import("./catalog");
  const app = new App();
  const stacks = new TierStacks(app, catalog);
  app.synth();
  printSynthesis(stacks);
});
`;
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: "ES2022",
    module: "Preserve",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ["ES2022"],
  },
});
/** What `api-tiers init` writes, in short. */
const PROJECT: Files = {
  "main.ts": MAIN,
  "catalog.ts": SAMPLE_CATALOG,
  "handlers/hello.ts": SAMPLE_HANDLER,
  "tsconfig.json": TSCONFIG,
};
/** The same with other files; an empty text leaves a file out. */
const project = (changes: Files): Files =>
  Object.fromEntries(Object.entries({ ...PROJECT, ...changes }).filter(([, text]) => text !== ""));
const catalogOf = (parts: string, imports = "defineCatalog"): string =>
  `import { ${imports} } from "cdktf-api-tiers";\nexport const catalog = defineCatalog({\n${parts}\n});\n`;
const TIERS =
  '  apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },\n  tiers: { gold: { access: { pets: "*" } } },';
const withData = (file: string): string =>
  catalogOf(
    `${TIERS}\n  subscriptionFiles: [subscriptionsFromFile("${file}")],`,
    "defineCatalog, subscriptionsFromFile",
  );
const withMain = (before: string): string => MAIN.replace("catalog);\n", `catalog, ${before});\n`);

/** Runs a command in a folder of its own with these files. */
function runIn(
  files: Files,
  args: readonly string[],
  { cli, env }: { cli: string; env?: NodeJS.ProcessEnv },
): RunResult {
  const home = mkdtempSync(join(cli.split("node_modules")[0] as string, "project-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  return run("node", [cli, ...args], { cwd: home, env: { ...AWS, ...env } });
}

/** Nobody listens there. */
const AWS = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
  AWS_MAX_ATTEMPTS: "1",
};

/** A line of the message for each mistake: where, what came, what is allowed or missing, what to do. */
interface Mistake {
  readonly files: Files;
  /** @default `synth` */
  readonly command?: readonly string[];
  readonly says: readonly RegExp[];
  readonly env?: NodeJS.ProcessEnv;
}

function expectMistake({ code, stdout, stderr }: RunResult, says: readonly RegExp[]): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  for (const each of says) expect(stderr).toMatch(each);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toMatch(/node:internal|Node\.js v\d/);
}

describe("a mistake in the files of a project is reported with place, what came, what is allowed and what to do", () => {
  test.each<[string, Mistake]>([
    [
      "a tier, a stage, a field, a number, a period, a route, a cohort and a key that are wrong, all at once",
      {
        files: project({
          "catalog.ts": catalogOf(`  apis: {
    pets: { stages: { prod: {} }, routes: { "FETCH /pets": { mock: 200 }, "GET dogs": { mock: 200 } } },
  },
  tiers: {
    gold: { access: { pets: ["prd"] }, throttle: { rateLimit: "10", burstLimit: 5 } },
    free: { acess: { pets: "*" } },
    slow: { access: { pets: "*" }, throttle: { rateLimit: -1, burstLimit: 5 }, quota: { limit: 5, period: "HOUR" } },
  },
  subscriptions: {
    joe: { tier: "silver" },
    zoe: { tier: "gold", cohort: "emea" },
    max: { tier: "gold", keyValue: "abcdefghijklmnopqrstuvwxyz123456" },
  },`),
        }),
        says: [
          /^ {2}- subscription "joe": tier: unknown tier "silver"; there are "gold", "free", "slow"$/m,
          /^ {2}- tier "gold": access.pets: unknown stage "prd" of API "pets"; did you mean "prod"\?$/m,
          /^ {2}- tier "gold": throttle.rateLimit must be a number of requests a second above 0, got "10"; leave out/m,
          /^ {2}- tier "free": has the unknown field "acess"; did you mean "access"\?/m,
          /^ {2}- tier "slow": throttle.rateLimit must be a number of requests a second above 0, got -1/m,
          /^ {2}- tier "slow": quota.period must be DAY, WEEK or MONTH, got "HOUR"$/m,
          /^ {2}- api "pets": route "FETCH \/pets": must .*GET/m,
          /^ {2}- api "pets": route "GET dogs": must have a path that begins with "\/"; write "\/dogs"$/m,
          /^ {2}- subscription "zoe": cohort/m,
          /^ {2}- subscription "max": keyValue must be \{ variable: .* take out what is there and replace the key/m,
          /^The types have \d+ problems:$/m,
          /^ {2}- catalog\.ts:12:12: Type '"silver"' is not assignable to type '"gold" \| "free" \| "slow"'\. \(TS2322\)$/m,
          /^ {2}- catalog\.ts:7:30: Type '"prd"' is not assignable to type '"prod"'\./m,
          /^Fix them at these places/m,
        ],
      },
    ],
    [
      "another name of the export",
      {
        files: project({ "catalog.ts": SAMPLE_CATALOG.replace("const catalog", "const catalogue") }),
        says: [
          /^ {2}- catalog: must be what defineCatalog returns, got nothing; export it .*export const catalog = defineCatalog/m,
          /^ {2}- main\.ts:5:11: Property 'catalog' does not exist on type /m,
        ],
      },
    ],
    [
      "TypeScript that is not complete",
      {
        files: project({ "catalog.ts": SAMPLE_CATALOG.replace("stages: {", "stages: ") }),
        says: [/^error: The types have \d+ problems?:\n {2}- catalog\.ts:\d+:\d+: .* \(TS1\d+\)$/m],
      },
    ],
    [
      "a file and a package that do not exist",
      {
        files: project({
          "main.ts": MAIN.replace("./catalog", "./catalogue"),
          "handlers/hello.ts": `import nothing from "no-such-package";\nnothing();\n${SAMPLE_HANDLER}`,
        }),
        says: [
          /^ {2}- main\.ts:5:36: Cannot find module '\.\/catalogue'.* \(TS2307\)$/m,
          /^ {2}- handlers\/hello\.ts:1:21: Cannot find module 'no-such-package'/m,
        ],
      },
    ],
    [
      "an error that the catalog throws",
      {
        files: project({
          "catalog.ts": `const partners: string[] = JSON.parse("null");\nexport const first = partners[0];\n${SAMPLE_CATALOG}`,
        }),
        says: [
          /^catalog\.ts:2: Cannot read properties of null \(reading '0'\); fix it there, or set API_TIERS_DEBUG=1/m,
        ],
      },
    ],
    [
      "no folder for the handlers",
      {
        files: project({ "handlers/hello.ts": "" }),
        says: [/^ {2}- folder "handlers": unknown handler "hello"; there are none/m],
      },
    ],
    [
      "a CSV file with an unknown column beside rows that are wrong",
      {
        files: project({
          "catalog.ts": withData("customers.csv"),
          "customers.csv": "id,tier,teir\nzoe,silver,x\nmax,gold\n,gold,x\n",
        }),
        says: [
          /^ {2}- customers\.csv:1: has the unknown column "teir"; .*columns are id, tier/m,
          /^ {2}- customers\.csv:2: subscription "zoe": tier: unknown tier "silver"; there are "gold"$/m,
          /^ {2}- customers\.csv:3: has 2 cells where the first line names 3 columns; quote a cell/m,
          /^ {2}- customers\.csv:4: has no id; give it one$/m,
        ],
      },
    ],
    [
      "data files that do not exist, or are not what their name says",
      {
        files: project({
          "catalog.ts": catalogOf(
            `${TIERS}\n  subscriptionFiles: ["no.csv", "bad.json", "bad.yaml", "list.yaml", "data.xls"].map(subscriptionsFromFile),`,
            "defineCatalog, subscriptionsFromFile",
          ),
          "bad.json": '{\n  "zoe": { "tier": "gold" }\n  "max": {}\n}',
          "bad.yaml": "zoe: [",
          "list.yaml": "- zoe\n",
        }),
        says: [
          /^ {2}- no\.csv: does not exist; paths are relative to the project's folder$/m,
          /^ {2}- bad\.json:3: is not .*JSON: a comma, quote or bracket is missing or too many/m,
          /^ {2}- bad\.yaml:1: is not/m,
          /^ {2}- list\.yaml:1: must be/m,
          /^ {2}- data\.xls: is not a data file; use \.csv, \.json, \.yaml, \.yml$/m,
        ],
      },
    ],
    [
      "a file of imports that does not exist",
      {
        files: project({
          "main.ts": withMain('{ imports: importsFromFile("imports.json") }').replace(
            "printS",
            "importsFromFile, printS",
          ),
        }),
        says: [/^main\.ts:7: imports\.json: does not exist; run "api-tiers adopt", or leave imports out/m],
      },
    ],
    [
      "a file of imports that is not JSON",
      {
        files: project({
          "main.ts": withMain('{ imports: importsFromFile("imports.json") }').replace(
            "printS",
            "importsFromFile, printS",
          ),
          "imports.json": "{ tiers: }",
        }),
        says: [/^main\.ts:7: imports\.json: is not .*JSON; run "api-tiers adopt"/m],
      },
    ],
    [
      "a file of imports that nothing reads, although the catalog has what is in it",
      {
        files: project({
          "catalog.ts": catalogOf(`${TIERS}\n  subscriptions: { zoe: { tier: "gold" } },`),
          "imports.json": '{ "subscriptions": { "zoe": { "apiKeyId": "k1", "usagePlanId": "p1" } } }',
        }),
        says: [
          /^ {2}- imports\.json: has the ids in AWS of 1 subscription of this catalog, .* create these a second time; write new TierStacks\(/m,
        ],
      },
    ],
    [
      "an OpenAPI document that does not exist",
      {
        files: project({
          "catalog.ts": catalogOf(
            '  apis: { pets: { stages: { prod: {} }, ...apiFromOpenApi("petz.yaml") } },\n  tiers: {},',
            "apiFromOpenApi, defineCatalog",
          ),
        }),
        says: [/petz\.yaml: .*(does not exist|cannot be read)/],
      },
    ],
    [
      "a folder without a program",
      {
        files: {},
        says: [
          /^error: main\.ts: does not exist in .*project-\w+; change to the folder of your project, .*"npx api-tiers init"/,
        ],
      },
    ],
    [
      "a folder in the place of the program",
      {
        files: project({}),
        command: ["synth", "handlers"],
        says: [/^error: handlers: is a folder; name the program in it/],
      },
    ],
    [
      "a cdktf.json that is not JSON",
      {
        files: project({ "cdktf.json": '{ "app": }' }),
        says: [/^error: cdktf\.json: is not valid JSON, and cdktf cannot read it; fix it there/],
      },
    ],
    [
      "a tsconfig.json that is not JSON, or has unknown options",
      {
        files: project({ "tsconfig.json": '{ "compilerOptions": { "strickt": true, "types": [] } }' }),
        says: [/^ {2}- tsconfig\.json:1:\d+: Unknown compiler option 'strickt'\. Did you mean 'strict'\?/m],
      },
    ],
    [
      "a TypeScript whose compiler cannot be called",
      {
        files: {
          ...PROJECT,
          "node_modules/typescript/package.json": '{ "version": "7.0.2", "main": "none.js" }',
          "node_modules/typescript/none.js": "",
        },
        says: [
          /^error: package\.json: TypeScript 7\.0\.2 is installed, but .*>=5\.0\.0 <7; run "npm install --save-dev typescript@5"/,
        ],
      },
    ],
    [
      "a Node that is not supported",
      {
        files: {
          "old-node.cjs": 'Object.defineProperty(process.versions, "node", { value: "18.20.0" });',
        },
        env: { NODE_OPTIONS: "-r ./old-node.cjs" },
        says: [/^error: Node 18\.20\.0 is not supported: api-tiers needs Node .*20.*; install one of these/],
      },
    ],
  ])("%s", (_, { files, command = ["synth"], says, env }) => {
    expectMistake(runIn(files, command, { cli: program, ...(env && { env }) }), says);
  });

  test("packages that are not installed, each with the command that installs it", () => {
    const result = runIn(PROJECT, ["synth"], { cli: withoutPeers });
    expectMistake(result, [
      /^error: package\.json: the package "@cdktf\/provider-aws" is not installed, .* matches \^20.*; run "npm install @cdktf\/provider-aws@\^20/m,
      /^package\.json: the package "cdktf" is not installed, .*; run "npm install cdktf@\^0\.21\.0"$/m,
      /^package\.json: the package "constructs" is not installed, /m,
    ]);
  });

  test("a folder in which nothing was installed", () => {
    const home = mkdtempSync(join(tmpdir(), "api-tiers-nothing-"));
    for (const [name, text] of Object.entries({ "main.ts": MAIN })) writeFileSync(join(home, name), text);
    const result = run("node", [program, "synth"], { cwd: home });
    rmSync(home, { recursive: true });
    expectMistake(result, [
      /^error: api-tiers-nothing-\w+: none of the packages that it needs is installed; run "npm install"$/m,
    ]);
  });
});

describe("a mistake on the command line is reported in the same way", () => {
  const stacks = { "cdktf.out/stacks/access/cdk.tf.json": "{}" };
  test.each<[string, readonly string[], Files, RegExp]>([
    [
      "init: a package.json that is not JSON",
      ["init"],
      { "package.json": "{ name: }" },
      /^error: package\.json: is not valid JSON; fix it/,
    ],
    [
      "init: a package.json that is a list",
      ["init"],
      { "package.json": "[]" },
      /^error: package\.json: is not a JSON object; write \{\}/,
    ],
    [
      "init: scripts that are a list",
      ["init"],
      { "package.json": '{"scripts":[]}' },
      /^error: package\.json: has "scripts", which is not an object/,
    ],
    [
      "init: a file in the place of the folder",
      ["init", "here"],
      { here: "" },
      /^error: here: is a file, not a folder; name another folder/,
    ],
    [
      "init: a program of another language",
      ["init", "--main", "main.js"],
      {},
      /argument 'main\.js' is invalid\. It must be the name of a \.ts file/,
    ],
    [
      "key: a folder without stacks",
      ["key", "joe"],
      {},
      /^error: cdktf\.out holds no synthesized stack; run "npm start" there first/,
    ],
    [
      "key: a stack that is not JSON",
      ["key", "joe"],
      { "cdktf.out/stacks/access/cdk.tf.json": "{" },
      /^error: cdktf\.out\/stacks\/access\/cdk\.tf\.json is .*JSON; synthesize it again/,
    ],
    [
      "key: an unknown subscription",
      ["key", "joe"],
      stacks,
      /^error: cdktf\.out: unknown subscription "joe"; there are none/,
    ],
    ["serve: a folder without stacks", ["serve"], {}, /^error: cdktf\.out holds no synthesized stack; run "npm start"/],
    [
      "serve: a file that is not a plan",
      ["serve", "plan.json"],
      { "plan.json": "terraform" },
      /^error: plan\.json.*; .*terraform show -json/,
    ],
    [
      "serve: a port that is none",
      ["serve", "--port", "http"],
      stacks,
      /argument 'http' is invalid\. It must be a number from 0 to 65535/,
    ],
    ["openapi: a folder without stacks", ["openapi", "pets"], {}, /^error: cdktf\.out holds no synthesized stack/],
    [
      "openapi check: a document that is not there",
      ["openapi", "check", "nope.yaml"],
      {},
      /nope\.yaml: does not exist/,
    ],
    ["openapi: an unknown API", ["openapi", "pets"], stacks, /unknown API "pets"; there are none/],
    ["review: a plan that does not exist", ["review", "no.json"], {}, /^error: no\.json cannot be read: ENOENT/],
    [
      "review: a file that is not a plan",
      ["review", "plan.json"],
      { "plan.json": "[]" },
      /^error: plan\.json .*terraform show -json/,
    ],
    [
      "review: no plan",
      ["review"],
      {},
      /there are no plans in the folder plans; run "api-tiers plan" first, or name the files/,
    ],
    ["drift: a folder without stacks", ["drift"], {}, /^error: cdktf\.out holds no synthesized stack; run "npm start"/],
    [
      "drift: a folder that does not exist",
      ["drift", "--against", "nowhere"],
      {},
      /^error: --against "nowhere" does not exist; name cdktf's output folder, such as cdktf\.out/,
    ],
    [
      "drift: a catalog that does not exist",
      ["drift", "--catalog", "nope.ts"],
      stacks,
      /^error: --catalog "nope\.ts" does not exist; name the file that calls defineCatalog/,
    ],
    [
      "drift: a tag without a name",
      ["drift", "--elsewhere", "=x"],
      stacks,
      /It must be the name of a tag, or name=value/,
    ],
    [
      "drift: a state in the place of a plan",
      ["drift", "state.json"],
      { "state.json": '{ "format_version": "1.0", "values": {} }' },
      /^error: state\.json is a state, not a plan/,
    ],
    ["mask: a plan that does not exist", ["mask", "--plan", "no.json"], {}, /^error: no\.json cannot be read/],
    [
      "adopt: an account that cannot be reached",
      ["adopt", "--unpaced"],
      {},
      /^error: .*AWS cannot be reached; look at the network/m,
    ],
    [
      "adopt: a catalog to which nothing can be added",
      ["adopt"],
      { "catalog.ts": "export {};" },
      /^error: catalog\.ts: .*defineCatalog/,
    ],
    ["a command that does not exist", ["deploy"], {}, /unknown command 'deploy'/],
  ])("%s", (_, command, files, says) => {
    expectMistake(runIn(files, command, { cli: program }), [says]);
  });

  test("serve: a port that somebody else uses", () => {
    const files = project({ "catalog.ts": catalogOf(TIERS) });
    const home = mkdtempSync(join(folder, "served-"));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), text);
    }
    expect(run("node", [program, "synth"], { cwd: home })).toMatchObject({ code: 0 });
    expectMistake(run("node", [program, "serve", "--port", String(port)], { cwd: home }), [
      new RegExp(`^error: .*${port}.*--port`),
    ]);
  });
});
