import { runInNewContext } from "node:vm";
import type { APIGateway } from "@aws-sdk/client-api-gateway";
import type { DriftReport } from "../../src/drift/report";
import { gatewayOf } from "../support/hand-made-account";
import { describeWith } from "../support/requirements";
import { type RunResult, run, runOrFail } from "../support/run";
import type { Json } from "../support/synthesize";
import { Workspace } from "../support/workspace";
import { type BundledProgram, bundledProgram } from "./support/program";

jest.setTimeout(600_000);

const CATALOG: Json = {
  apis: {
    pets: {
      stages: { test: {}, prod: { settings: { throttle: { rateLimit: 500, burstLimit: 600 } } } },
      routes: { "GET /pets": { mock: 200 }, "POST /pets": { mock: 200 } },
    },
  },
  tiers: {
    bronze: {
      access: { pets: ["prod"] },
      throttle: { rateLimit: 10, burstLimit: 20 },
      quota: { limit: 1_000, period: "DAY" },
    },
    gold: {
      access: { pets: "*" },
      throttle: { rateLimit: 100, burstLimit: 200 },
      methodThrottle: { pets: { "POST /pets": { rateLimit: 5, burstLimit: 10 } } },
    },
  },
  keyStore: { type: "ssm" },
  subscriptions: {
    acme: { tier: "bronze", customer: "Acme" },
    joe: { tier: "gold", customer: "Joe Black" },
    kim: { tier: "bronze" },
    zoe: { tier: "gold" },
  },
};
const STACKS = ["pets", "pets-test", "pets-prod", "access"];

describeWith(["terraform", "emulator"], "drift of an account", () => {
  let program: BundledProgram;
  let workspace: Workspace;
  let gateway: APIGateway;
  beforeAll(async () => {
    program = bundledProgram("drift");
    workspace = await Workspace.open();
    workspace.env = { ...workspace.env, NODE_NO_WARNINGS: "1" };
    gateway = gatewayOf(workspace);
    workspace.writeCatalog(CATALOG);
    deploy(CATALOG);
  });
  afterAll(async () => {
    program.remove();
    await workspace.close();
  });

  function deploy(catalog: Json, stacks = STACKS): void {
    workspace.synthesize(catalog);
    for (const stack of stacks) {
      const terraform = workspace.terraform(stack);
      terraform.init();
      terraform.deploy();
    }
  }
  const drift = (...args: string[]): RunResult =>
    run("node", [program.path, "drift", "--unpaced", ...args], { cwd: workspace.folder, env: workspace.env });
  const report = (...args: string[]): DriftReport & { readonly code: number } => {
    const { code, stdout, stderr } = drift("--format", "json", ...args);
    if (stdout === "") throw new Error(stderr);
    return { ...JSON.parse(stdout), code };
  };
  const kinds = ({ findings }: DriftReport) => findings.map(({ kind, about }) => `${kind} ${about}`);
  const id = (address: string, stack = "access"): string => workspace.terraform(stack).state()[address].id;
  const key = (name: string) => id(`aws_api_gateway_api_key.${name}`);
  const plan = (name: string) => id(`aws_api_gateway_usage_plan.${name}`);
  const replace = (path: string, value: string) => [{ op: "replace" as const, path, value }];
  /** What refresh-only plans say, in files that are named after the stacks. */
  const refreshed = (): string[] =>
    STACKS.map((stack) => {
      workspace.write(`${stack}.json`, workspace.terraform(stack).refreshOnly());
      return `${stack}.json`;
    });

  test("there is none after a deploy, by the account and by refresh-only plans", () => {
    const account = report();
    expect([account.code, account.verdict, account.findings, account.notDeployed, account.notRead]).toEqual([
      0,
      "no-drift",
      [],
      [],
      [],
    ]);
    expect(account.compared).toEqual({ keys: 4, plans: 2, planKeys: 4, apis: 1, stages: 2, routes: 2 });
    expect(account.regions).toEqual(["us-east-1"]);
    const plans = report(...refreshed());
    expect([plans.code, plans.verdict, plans.findings]).toEqual([0, "no-drift", []]);
    expect(plans.compared).toEqual(account.compared);
  });

  test("what is changed by hand is found by both", async () => {
    await gateway.updateApiKey({ apiKey: key("acme"), patchOperations: replace("/enabled", "false") });
    await gateway.deleteApiKey({ apiKey: key("zoe") });
    await gateway.deleteUsagePlanKey({ usagePlanId: plan("bronze"), keyId: key("kim") });
    await gateway.createUsagePlanKey({ usagePlanId: plan("gold"), keyId: key("kim"), keyType: "API_KEY" });
    await gateway.updateUsagePlan({
      usagePlanId: plan("gold"),
      patchOperations: replace("/throttle/rateLimit", "50"),
    });
    await gateway.updateUsagePlan({ usagePlanId: plan("bronze"), patchOperations: replace("/quota/limit", "2000") });
    const { id: extra = "" } = await gateway.createApiKey({ name: "partner", description: "Partner", enabled: true });
    await gateway.createUsagePlanKey({ usagePlanId: plan("gold"), keyId: extra, keyType: "API_KEY" });
    const restApiId = id("aws_api_gateway_rest_api.pets", "pets");
    await gateway.createUsagePlan({ name: "backdoor", apiStages: [{ apiId: restApiId, stage: "prod" }] });
    await gateway.updateStage({
      restApiId,
      stageName: "prod",
      patchOperations: replace("/*/*/throttling/rateLimit", "250"),
    });
    const resourceId = id("aws_api_gateway_resource.pets_pets", "pets");
    await gateway.updateMethod({
      restApiId,
      resourceId,
      httpMethod: "GET",
      patchOperations: replace("/apiKeyRequired", "false"),
    });

    workspace.aws("ssm", "delete-parameter", "--name", "/api-tiers/keys/joe");

    const account = report();
    expect(account.code).toBe(2);
    expect(kinds(account)).toEqual([
      "key-disabled acme",
      "hand-over-missing joe",
      `key-beside ${extra}`,
      "key-moved kim",
      "key-deleted zoe",
      "limit-changed bronze",
      "limit-changed gold",
      expect.stringMatching(/^plan-beside /),
      "key-requirement-changed GET /pets of pets",
      "stage-limit-changed pets/prod",
    ]);
    const plans = report(...refreshed());
    expect(kinds(plans)).toEqual([
      "key-disabled acme",
      "hand-over-missing joe",
      "key-taken-out kim",
      "key-deleted zoe",
      "limit-changed bronze",
      "limit-changed gold",
      "key-requirement-changed GET /pets of pets",
      "stage-limit-changed pets/prod",
    ]);
    const { code, stdout } = drift();
    expect([code, stdout.split("\n").slice(0, 10)]).toEqual([
      2,
      [
        "Drift: 10 differences between AWS and the stacks",
        "Compared with the account in us-east-1: 4 keys, 2 usage plans, 1 API, 2 stages, 2 routes.",
        "",
        "Customers",
        "  acme (Acme): the key is disabled in AWS, so every call is refused; the catalog says enabled",
        "    keep it:        catalog.ts:2, subscriptions.acme: enabled: false",
        "    take it back:   npx cdktf deploy access",
        "                    (the key is enabled again)",
        expect.stringMatching(
          /^ {2}joe \(Joe Black\): the place at which the key is handed over was deleted in AWS: \/api-tiers/,
        ),
        "    keep it:        catalog.ts:2, subscriptions.joe: handOver: false",
      ],
    ]);
    const values = workspace
      .aws("apigateway", "get-api-keys", "--include-values")
      .items.map(({ value }: Json) => value);
    const printed = stdout + drift("--format", "markdown").stdout + JSON.stringify([account, plans]);
    expect(values.filter((value: string) => printed.includes(value))).toEqual([]);
  });

  test("what takes it back, run as it is printed, leaves none", () => {
    for (const command of report().takeAllBack) runCommand(command);
    expect([report().verdict, kinds(report())]).toEqual(["no-drift", []]);
    // Who deployed the methods by hand would have served them; the stages still serve what was deployed.
    expect(kinds(report(...refreshed()))).toEqual([]);
  });

  test("what keeps it, written into the catalog, leaves none, and a deploy changes nothing of it", async () => {
    await gateway.updateApiKey({ apiKey: key("acme"), patchOperations: replace("/enabled", "false") });
    await gateway.updateApiKey({ apiKey: key("joe"), patchOperations: replace("/description", "Joe Black Ltd") });
    await gateway.deleteApiKey({ apiKey: key("zoe") });
    await gateway.deleteUsagePlanKey({ usagePlanId: plan("bronze"), keyId: key("kim") });
    await gateway.createUsagePlanKey({ usagePlanId: plan("gold"), keyId: key("kim"), keyType: "API_KEY" });
    const { id: extra = "" } = await gateway.createApiKey({ name: "partner-2", enabled: true });
    await gateway.createUsagePlanKey({ usagePlanId: plan("gold"), keyId: extra, keyType: "API_KEY" });
    await gateway.updateUsagePlan({ usagePlanId: plan("bronze"), patchOperations: replace("/quota/limit", "2000") });
    await gateway.updateUsagePlan({
      usagePlanId: plan("gold"),
      patchOperations: replace("/throttle/burstLimit", "222"),
    });
    const restApiId = id("aws_api_gateway_rest_api.pets", "pets");
    await gateway.updateUsagePlan({
      usagePlanId: plan("bronze"),
      patchOperations: [{ op: "add", path: "/apiStages", value: `${restApiId}:test` }],
    });
    await gateway.updateStage({
      restApiId,
      stageName: "prod",
      patchOperations: replace("/*/*/throttling/rateLimit", "250"),
    });
    const found = report().findings;
    expect(found).toHaveLength(9);
    const catalog = structuredClone(CATALOG);
    for (const { keep } of found) edit(catalog, keep);
    workspace.synthesize(catalog);
    for (const { keep } of found) for (const command of keep.commands) runCommand(command);
    // What the stacks say by now is wanted, although it is not deployed.
    expect(kinds(report())).toEqual([]);
    for (const stack of STACKS) {
      const { changes } = workspace.terraform(stack).plan();
      // Only the parameter of the key that is gone goes.
      expect(changes.map(({ address, actions }) => `${actions.join()} ${address}`)).toEqual(
        stack === "access" ? ["delete aws_ssm_parameter.zoe"] : [],
      );
      if (changes.length > 0) workspace.terraform(stack).apply();
    }
    expect([report().verdict, kinds(report())]).toEqual(["no-drift", []]);
  });

  /** Runs a command as a person would, but for the deploys, which Terraform does here without npm. */
  function runCommand(command: string): void {
    const [, stacks] = /^npx cdktf deploy (.+)$/.exec(command) ?? [];
    if (stacks !== undefined) for (const stack of stacks.split(" ")) workspace.terraform(stack).deploy();
    else runOrFail("sh", ["-c", command], { cwd: workspace.folder, env: workspace.env });
  }
});

/** Edits a catalog as a finding says. */
function edit(catalog: Json, { path, edit: written }: DriftReport["findings"][number]["keep"]): void {
  const names = [...(path ?? [])];
  const last = written === null ? (names.pop() ?? "") : "";
  let entry = catalog;
  for (const name of names) {
    entry[name] ??= {};
    entry = entry[name];
  }
  if (written === null) delete entry[last];
  else Object.assign(entry, runInNewContext(`({ ${written} })`));
}
