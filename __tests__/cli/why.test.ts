import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalog } from "../../catalog";
import { synthesizeInto } from "../support/read-synthesized";
import { API_TIERS, type RunResult, run } from "../support/run";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "api-tiers-why-"));
const output = join(folder, "cdktf.out");
beforeAll(() => synthesizeInto(output, catalog));
afterAll(() => rmSync(folder, { recursive: true }));

const NOW = ["--now", "2026-11-22T12:00:00Z"];
const LINES = ["--catalog", "catalog.ts"];
const cli = (...args: string[]): RunResult => run("node", [...API_TIERS, "why", ...args]);

test("`api-tiers why` tells the plan, the limits with their lines, and which one governs", () => {
  const { code, stdout, stderr } = cli("joe-black", "GET /meditations", output, ...NOW, ...LINES);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe(`joe-black: GET /meditations on meditations/prod
  Let in, by usage plan "bronze".
  route:       GET /meditations, asks for a key  [catalog.ts:9]
  usage plan:  bronze  [catalog.ts:29]
  key in it:   [catalog.ts:48]

Limits, in the order in which they are checked:
  usage plan: 10/s, burst 20, calls by this key, over all stages of the plan  [catalog.ts:31]
    left: 20 (a bucket at rest: AWS tells nobody how full one is); an empty one is full after 2 s
  account: 10,000/s, burst 5,000, calls of all APIs of the account and Region
    left: 5,000 (a bucket at rest, with AWS's default: the account's own limit is not in these files); an empty one is full after 0.5 s
  quota: 1,000 a day, calls by this key, over all stages of the plan  [catalog.ts:32]
    left: 1,000 (the whole quota: nothing is known of what was used); starts again at 2026-11-23T00:00:00Z

Which one governs:
  at once:  usage plan: 20 calls pass, the next one is refused (Too Many Requests)
  on end:   usage plan: 10/s
  in all:   quota: at that rate, what is left of it lasts 1 min 40 s
`);
});

test("a status that a customer reports is explained, by what tells its reasons apart", () => {
  const { stdout } = cli("initech", "POST /meditations", output, ...NOW, "--stage", "prod", "--status", "403");
  expect(stdout).toContain(`initech: POST /meditations on meditations/prod
  Refused: the key of initech is disabled.
  caller gets: 403 {"message":"Forbidden"} (ForbiddenException)
`);
  expect(stdout).toContain(`Reasons, the likeliest first:
  1. For certain: the key of initech is disabled
     seen: {"message":"Forbidden"}, x-amzn-ErrorType ForbiddenException; access log: INVALID_API_KEY
`);
  expect(stdout).toContain("access log: MISSING_AUTHENTICATION_TOKEN");
});

test("the same is written as JSON", () => {
  const { code, stdout } = cli(
    "globex",
    "POST /meditations",
    output,
    ...NOW,
    ...LINES,
    "--stage",
    "prod",
    "--format",
    "json",
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: "let-in",
    at: "2026-11-22T12:00:00.000Z",
    plan: { id: "gold", written: { line: "catalog.ts:39", address: "access: aws_api_gateway_usage_plan.gold" } },
    governs: {
      burst: { passes: 10, refusedBy: "plan method" },
      pace: { callsPerSecond: 5, setBy: "plan method" },
      quotaLastsSeconds: 2_000,
    },
  });
});

test("plain Terraform is explained by the addresses of its resources", () => {
  const state = {
    format_version: "1.0",
    values: {
      root_module: {
        resources: [
          resource("aws_api_gateway_rest_api", "pets", { id: "abc123", name: "pets", root_resource_id: "root" }),
          resource("aws_api_gateway_resource", "one", {
            id: "r1",
            rest_api_id: "abc123",
            parent_id: "root",
            path_part: "pets",
          }),
          resource("aws_api_gateway_method", "get", {
            rest_api_id: "abc123",
            resource_id: "r1",
            http_method: "GET",
            authorization: "NONE",
            api_key_required: true,
          }),
          resource("aws_api_gateway_stage", "live", { id: "s", rest_api_id: "abc123", stage_name: "live" }),
          resource("aws_api_gateway_usage_plan", "basic", {
            id: "p1",
            name: "Basic",
            api_stages: [{ api_id: "abc123", stage: "live", throttle: [] }],
            throttle_settings: [{ rate_limit: 3, burst_limit: 4 }],
          }),
          resource("aws_api_gateway_api_key", "acme", { id: "k1", name: "Acme", enabled: true }),
          resource("aws_api_gateway_usage_plan_key", "acme", {
            key_id: "k1",
            key_type: "API_KEY",
            usage_plan_id: "p1",
          }),
        ],
      },
    },
  };
  const file = join(folder, "state.json");
  writeFileSync(file, JSON.stringify(state));
  const { code, stdout, stderr } = cli("Acme", "GET /pets", file, ...NOW);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain('Acme: GET /pets on pets/live\n  Let in, by usage plan "Basic".\n');
  expect(stdout).toContain(
    "usage plan: 3/s, burst 4, calls by this key, over all stages of the plan  [aws_api_gateway_usage_plan.basic]",
  );
});

test("lines are looked for beside the output folder, and not in whatever catalog is at hand", () => {
  const { stdout } = cli("joe-black", "GET /meditations", output, ...NOW);
  expect(stdout).toContain("usage plan:  bronze  [access: aws_api_gateway_usage_plan.bronze]");
  writeFileSync(join(folder, "catalog.ts"), "defineCatalog({\n  tiers: {\n    bronze: {} },\n});\n");
  expect(cli("joe-black", "GET /meditations", output, ...NOW).stdout).toMatch(
    /usage plan: {2}bronze {2}\[\S+catalog\.ts:3\]/,
  );
});

const resource = (type: string, name: string, values: object) => ({
  address: `${type}.${name}`,
  mode: "managed",
  type,
  name,
  provider_name: "registry.terraform.io/hashicorp/aws",
  schema_version: 0,
  values,
});

describe("what goes wrong is reported without a stack trace", () => {
  test.each<[string, string[], RegExp]>([
    [
      "a call that several stages may mean",
      ["globex", "GET /meditations", output],
      /^error: "GET \/meditations" may be a call of 2 stages; add one of these:\n {2}--api meditations --stage prod\n {2}--api meditations --stage test\n$/,
    ],
    [
      "an unknown subscription",
      ["joe-blak", "GET /meditations", output],
      /unknown subscription "joe-blak"; did you mean "joe-black"\?/,
    ],
    [
      "an unknown stage",
      ["joe-black", "GET /x", output, "--stage", "pord"],
      /unknown stage "pord"; did you mean "prod"\?/,
    ],
    [
      "what is not a request",
      ["joe-black", "/meditations", output],
      /"\/meditations" is not a request; write method and path/,
    ],
    [
      "a catalog that is not there",
      ["joe-black", "GET /", output, "--catalog", "x.ts"],
      /--catalog "x.ts" does not exist; name/,
    ],
    ["what is not a status", ["joe-black", "GET /", output, "--status", "200"], /It must be a status from 400 to 599/],
  ])("%s is an error, with exit code 1", (_, args, message) => {
    const { code, stdout, stderr } = cli(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
