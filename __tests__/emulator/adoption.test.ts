import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readdirSync } from "node:fs";
import {
  type APIGateway,
  type ApiStage,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  type CreateUsagePlanRequest,
  GetApiKeysCommand,
} from "@aws-sdk/client-api-gateway";
import { gatewayOf, HandMadeApi } from "../support/hand-made-account";
import { InterceptingProxy } from "../support/intercepting-proxy";
import { describeWith } from "../support/requirements";
import { type RunResult, runOrFail, TYPESCRIPT } from "../support/run";
import type { Json } from "../support/synthesize";
import { actionsOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(180_000);

const MANY = 300;
/** No values of anybody's; planted, so that they can be looked for. */
const plantedValue = (number: number) => `PlantedKeyValue${String(number).padStart(10, "0")}`;
const PLANTED = /PlantedKeyValue/;
/** Names as people give them: some twice, some that are not ids. */
const nameOf = (number: number) =>
  ["Joe Black", "José / Black", "acme.inc", "zoe@example.com", "Ærø & Co.", "株式会社"][number % 100] ??
  `customer ${number}`;

/** Told in order; each test goes on where the one before it ended. */
describeWith(["terraform", "emulator"], "adopting an account that nobody has described", () => {
  let workspace: Workspace;
  let proxy: InterceptingProxy;
  let client: APIGateway;
  const ids: Record<string, string> = {};

  const aws = (...args: string[]): Json => workspace.aws("apigateway", ...args);
  /** Not `run`, which would keep the proxy, in this process, from answering. */
  const cli = (...args: string[]): Promise<RunResult> =>
    new Promise((done) => {
      const command = [...TYPESCRIPT, "src/cli/main.ts", "adopt", ...args];
      const endpoint = args.includes("--check") ? workspace.env.AWS_ENDPOINT_URL : proxy.url;
      const child = spawn("node", command, {
        cwd: workspace.folder,
        env: { ...process.env, ...workspace.env, AWS_ENDPOINT_URL: endpoint },
      });
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (chunk) => {
        stdout += chunk;
      });
      child.stderr.on("data", (chunk) => {
        stderr += chunk;
      });
      child.on("close", (code) => {
        done(workspace.noted({ code, stdout, stderr }));
      });
    });
  const text = (name: string) => workspace.text(name);
  const edit = (name: string, from: string | RegExp, to: string) => {
    const before = text(name);
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    workspace.write(name, after);
  };
  const terraform = () => workspace.terraform("access");

  /** All keys with their values, as the emulator has them. */
  async function keysInAws(): Promise<Map<string, string>> {
    const keys = new Map<string, string>();
    let position: string | undefined;
    do {
      const page = await client.send(new GetApiKeysCommand({ includeValues: true, limit: 500, position }));
      for (const { id = "", value = "" } of page.items ?? []) keys.set(id, value);
      position = page.position;
    } while (position !== undefined);
    return keys;
  }

  /** As blogs do it, call by call. */
  async function buildApi(name: string, path: `/${string}`, stages: readonly string[]): Promise<string> {
    const api = await HandMadeApi.create(client, { name });
    const requestTemplates = { "application/json": '{"statusCode": 200}' };
    await api.method(`GET ${path}`, { apiKeyRequired: true }, { type: "MOCK", requestTemplates });
    for (const stage of stages) await api.deploy(stage);
    return api.id;
  }

  /** Goes on once an API that is created is younger: the oldest comes first, and AWS gives ages in whole seconds. */
  async function laterThan(restApiId: string): Promise<void> {
    const { createdDate: before = new Date(0) } = await client.getRestApi({ restApiId });
    for (let isLater = false; !isLater; ) {
      const { id, createdDate = before } = await client.createRestApi({ name: "probe" });
      await client.deleteRestApi({ restApiId: id });
      isLater = createdDate > before;
    }
  }

  beforeAll(async () => {
    workspace = await Workspace.open({ env: { AWS_MAX_ATTEMPTS: "2" } });
    const endpoint = workspace.env.AWS_ENDPOINT_URL as string;
    proxy = await InterceptingProxy.before(endpoint);
    client = gatewayOf(workspace);
    workspace.copyProjectWithoutCatalog();

    ids.pets = await buildApi("Pet Store", "/pets", ["prod", "test"]);
    await laterThan(ids.pets);
    ids.orders = await buildApi("Orders / v2", "/orders", ["live"]);
    const stage = (api: string, name: string) => ({ apiId: ids[api], stage: name });
    const plan = async (name: string, apiStages: ApiStage[], more: Omit<CreateUsagePlanRequest, "name"> = {}) =>
      (await client.createUsagePlan({ name, apiStages, ...more })).id ?? "";
    const throttle = { rateLimit: 10.5, burstLimit: 20 };
    const ofMethod = { "/pets/GET": { rateLimit: 1.5, burstLimit: 2 } };
    ids.gold = await plan("Gold Plan", [{ ...stage("pets", "prod"), throttle: ofMethod }], {
      throttle,
      quota: { limit: 1_000, offset: 2, period: "WEEK" },
      description: "All & more",
      tags: { team: "a" },
    });
    ids.bronze = await plan("bronze", [stage("pets", "prod"), stage("orders", "live")], { throttle });
    ids.trial = await plan("Essai gratuit / été", [stage("pets", "test")], { quota: { limit: 10, period: "DAY" } });
    ids.blocked = await plan("blocked", [], { throttle: { burstLimit: 5 } });

    const numbers = Array.from({ length: MANY }, (_, number) => number).values();
    const worker = async () => {
      for (const number of numbers) {
        const { id = "" } = await client.send(
          new CreateApiKeyCommand({
            name: nameOf(number),
            value: plantedValue(number),
            enabled: number % 7 !== 0,
            ...(number % 3 === 0 && { description: `Customer "${number}" \${x}` }),
            ...(number % 50 === 0 && { tags: { team: "a", "managed-by": "hand" }, customerId: `c-${number}` }),
          }),
        );
        if (number === 0) ids.firstKey = id;
        if (number === MANY - 1) continue;
        const plans = number === 1 ? [ids.gold, ids.trial] : [number % 2 === 0 ? ids.bronze : ids.gold];
        for (const usagePlanId of plans)
          await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: id, keyType: "API_KEY" }));
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
  });
  afterAll(async () => {
    await proxy.stop();
    await workspace.close();
  });

  describe("what goes wrong is reported, nothing is written, and nothing is left behind", () => {
    const written = () => readdirSync(workspace.folder).filter((name) => /catalog|imports|main|yaml|new/.test(name));
    test.each<[string, InterceptingProxy["intercept"], RegExp]>([
      [
        "a right that is missing",
        (line) =>
          line.includes("/usageplans")
            ? { status: 403, type: "AccessDeniedException", message: "User: x is not authorized" }
            : "pass",
        /^error: GetUsagePlans: AccessDeniedException: User: x is not authorized; allow "apigateway:GET" on .*\. Nothing was written/m,
      ],
      [
        "AWS that throttles on and on",
        (line) =>
          line.includes("keyId")
            ? { status: 429, type: "TooManyRequestsException", message: "Too Many Requests" }
            : "pass",
        /^error: GetUsagePlans: TooManyRequestsException: Too Many Requests; AWS throttled this account.*\. Nothing was written/m,
      ],
      [
        "a network that goes in the middle",
        (_, number) => (number > 200 ? "cut" : "pass"),
        /^error: GetUsagePlans: .*; AWS cannot be reached; look at the network.*\. Nothing was written/m,
      ],
    ])("%s", async (_, intercept, message) => {
      proxy.requests.length = 0;
      proxy.intercept = intercept;
      const { code, stdout, stderr } = await cli("--unpaced");
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(written()).toEqual([]);
    });
  });

  test("a second run completes: catalog, data and imports are written", async () => {
    proxy.intercept = () => "pass";
    proxy.requests.length = 0;
    const { code, stdout, stderr } = await cli("--unpaced");
    expect({ code, stderr: stderr.match(/^error.*/m) }).toEqual({ code: 0, stderr: null });
    expect(stdout).toContain("New in the catalog: 2 APIs, 4 tiers, 299 subscriptions.");
    expect(stdout).toContain("Written: imports.json, subscriptions.yaml, catalog.ts, main.ts.");
    expect(stdout).toMatch(/key "customer 299" \(\w+\): is in no usage plan/);
    expect(stdout).toMatch(/usage plan "blocked" \(\w+\): has a throttle without a rate or a burst above 0/);
    expect(stderr).toContain("reading plans of keys: 300 of 300");
    expect(
      text("catalog.ts").replace(/restApiId: "\w+"/g, 'restApiId: "…"'),
    ).toBe(`import { defineCatalog, subscriptionsFromFile } from "./src";

export const catalog = defineCatalog({
  apis: {
    "pet-store": { restApiId: "…", stages: { prod: {}, test: {} } },
    "orders-v2": { restApiId: "…", stages: { live: {} } },
  },
  tiers: {
    "essai-gratuit-ete": {
      displayName: "Essai gratuit / été",
      access: { "pet-store": ["test"] },
      quota: { limit: 10, period: "DAY" },
    },
    "gold-plan": {
      displayName: "Gold Plan",
      description: "All & more",
      access: { "pet-store": ["prod"] },
      throttle: { rateLimit: 10.5, burstLimit: 20 },
      quota: { limit: 1_000, period: "WEEK", offset: 2 },
      methodThrottle: { "pet-store": { "GET /pets": { rateLimit: 1.5, burstLimit: 2 } } },
      tags: { team: "a" },
    },
    blocked: { access: {} },
    bronze: {
      access: { "orders-v2": ["live"], "pet-store": ["prod"] },
      throttle: { rateLimit: 10.5, burstLimit: 20 },
    },
  },
  subscriptionFiles: [subscriptionsFromFile("subscriptions.yaml")],
});
`);
  });

  test("all pages were read, and no value of a key was asked for", () => {
    expect(proxy.requests.filter((line) => /^GET \/apikeys/.test(line))).toHaveLength(3);
    expect(proxy.requests.filter((line) => /includeValues=true|\/keys/.test(line))).toEqual([]);
    expect(proxy.requests.filter((line) => !line.startsWith("GET "))).toEqual([]);
  });

  test("names that are not ids, or stand twice, have ids of their own", () => {
    const subscriptions: Json = JSON.parse(text("imports.json")).subscriptions;
    const made = Object.keys(subscriptions).filter((id) => !/^customer-\d+$/.test(id));
    expect(made.map((id) => id.replace(/^key-\w+$/, "key-…")).sort()).toEqual(
      [
        "acme.inc",
        "acme.inc-2",
        "acme.inc-3",
        "joe-black",
        "joe-black-2",
        "joe-black-3",
        "jose-black",
        "jose-black-2",
        "jose-black-3",
      ]
        .concat(["key-…", "key-…", "key-…", "ær-co", "ær-co-2", "ær-co-3"].map((id) => id.replace("ær", "r")))
        .concat(["zoe@example.com", "zoe@example.com-2", "zoe@example.com-3"])
        .sort(),
    );
  });

  test("`--check` passes: everything to import, nothing to add, to change or to destroy", async () => {
    const { code, stdout, stderr } = await cli("--check");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    // 4 plans, 299 keys, 300 plan keys.
    expect(stdout).toBe(
      "access: 603 to import, 0 to add, 0 to change, 0 to destroy\nA deploy imports, and changes nothing.\n",
    );
  });

  test("`--check` fails where the catalog says something else, and tells what, without a key's value", async () => {
    const part = ["--catalog", "part/catalog.ts", "--imports", "part/imports.json", "--data", "part/customers.yaml"];
    const chosen = await cli("--unpaced", "--plan", "Essai gratuit / été", "--main", "part/main.ts", ...part);
    expect(chosen.stdout).toContain("New in the catalog: 1 API, 1 tier, 1 subscription.");
    expect(chosen.stdout).toMatch(/key "José \/ Black" \(\w+\): is also in the plans \w+, which were not chosen/);
    edit("part/catalog.ts", "limit: 10,", "limit: 11,");
    for (const name of ["part/catalog.ts", "part/main.ts"]) edit(name, "cdktf-api-tiers", "../src");
    edit("part/main.ts", '"imports.json"', '"part/imports.json"');
    runOrFail("node", [...TYPESCRIPT, "part/main.ts"], {
      cwd: workspace.folder,
      env: { ...workspace.env, CDKTF_OUTDIR: "part/out" },
    });
    const { code, stdout, stderr } = await cli("--check", "--output", "part/out");
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `access: 3 to import, 0 to add, 1 to change, 0 to destroy
  update aws_api_gateway_usage_plan.essai-gratuit-ete
    quota_settings: [{"limit":10,"offset":0,"period":"DAY"}] → [{"limit":11,"offset":0,"period":"DAY"}]
`,
    });
    expect(stderr).toMatch(/^error: a deploy of access would change the account; write the catalog as the account is/m);
  });

  test("a deploy imports, and leaves ids and values of all keys as they were; a second plan shows no change", async () => {
    const before = await keysInAws();
    workspace.start();
    const log = terraform().deploy();
    expect(log).toContain("Apply complete! Resources: 603 imported, 0 added, 0 changed, 0 destroyed.");
    expect(actionsOf(terraform().plan())).toEqual([]);
    expect(await keysInAws()).toEqual(before);
    expect(before.size).toBe(MANY);
  });

  test("run again, only what is new is added, and what a person has written stays", async () => {
    const { id } = aws("create-api-key", "--name", "Joe Black", "--enabled");
    ids.silver = aws(
      "create-usage-plan",
      "--name",
      "silver",
      "--api-stages",
      JSON.stringify([{ apiId: ids.orders, stage: "live" }]),
    ).id;
    aws("create-usage-plan-key", "--usage-plan-id", ids.silver as string, "--key-id", id, "--key-type", "API_KEY");
    edit("catalog.ts", "  tiers: {", "  // What we sell.\n  tiers: {");
    const before = { catalog: text("catalog.ts"), data: text("subscriptions.yaml") };
    proxy.requests.length = 0;
    const { code, stdout } = await cli("--unpaced");
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("New in the catalog: 0 APIs, 1 tier, 1 subscription."),
    });
    // The new one and that in no plan; those that are known are not asked for their plans.
    expect(proxy.requests.filter((line) => line.includes("keyId"))).toHaveLength(2);
    expect(text("catalog.ts")).toBe(
      before.catalog.replace(
        /\n {2}\},\n {2}subscriptionFiles/,
        '\n    silver: { access: { "orders-v2": ["live"] } },$&',
      ),
    );
    expect(text("subscriptions.yaml")).toBe(`${before.data}joe-black-4:\n  tier: silver\n  keyName: Joe Black\n`);
  });

  test("I3, I4: then a move replaces the plan key alone, and a new subscription adds its own key and plan key alone", async () => {
    const before = await keysInAws();
    edit("subscriptions.yaml", "joe-black:\n  tier: bronze", "joe-black:\n  # asked for more\n  tier: gold-plan");
    appendFileSync(workspace.path("subscriptions.yaml"), "hooli:\n  tier: bronze\n");
    workspace.start();
    const plan = terraform().plan("-refresh=false");
    expect(actionsOf(plan)).toEqual([
      "create aws_api_gateway_api_key.hooli",
      "create aws_api_gateway_usage_plan_key.hooli",
      "delete+create aws_api_gateway_usage_plan_key.joe-black",
    ]);
    expect(terraform().apply()).toContain("Apply complete! Resources: 3 imported, 3 added, 0 changed, 1 destroyed.");
    const after = await keysInAws();
    for (const id of before.keys()) expect([id, after.get(id)]).toEqual([id, before.get(id)]);
    expect(after.size).toBe(before.size + 1);
  });

  test("no value of a key stands in a file that was written, or in a line that was printed", () => {
    const files = [
      "catalog.ts",
      "main.ts",
      "imports.json",
      "subscriptions.yaml",
      "cdktf.out/stacks/access/cdk.tf.json",
    ];
    expect(files.filter((name) => !existsSync(workspace.path(name)) || PLANTED.test(text(name)))).toEqual([]);
    expect(workspace.printed.join("\n")).not.toMatch(PLANTED);
  });
});
