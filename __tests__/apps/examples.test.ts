import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { synthesizedFiles } from "../support/project";
import { runOrFail } from "../support/run";
import { type Json, resources, withFolder } from "../support/synthesize";

/** Runs an example as its reader would, and gives the stacks that it synthesizes. */
function synthesizeExample(name: string): Record<string, Json> {
  return withFolder((folder) => {
    const env = { CDKTF_OUTDIR: join(folder, "cdktf.out") };
    runOrFail("npx", ["ts-node", "main.ts"], { cwd: resolve("examples", name), env });
    const stacks = Object.entries(synthesizedFiles(folder)).filter(([file]) => file.endsWith("cdk.tf.json"));
    return Object.fromEntries(stacks.map(([file, text]) => [file.split("/")[1], JSON.parse(text)]));
  });
}

/** What each example must show: resources by stack and type. */
const EXAMPLES: Record<string, (stacks: Record<string, Json>) => void> = {
  "one-stack": (stacks) => {
    expect(Object.keys(stacks)).toEqual(["pet-shop"]);
    const stack = stacks["pet-shop"];
    const [plan] = Object.values(resources(stack, "aws_api_gateway_usage_plan"));
    expect(plan.depends_on).toEqual([expect.stringMatching(/^aws_api_gateway_stage\./)]);
    expect(plan.api_stages[0].api_id).toMatch(/^\$\{aws_api_gateway_rest_api\./);
    expect(Object.keys(resources(stack, "aws_api_gateway_api_key"))).toEqual(["joe-black"]);
  },
  "existing-api": (stacks) => {
    expect(Object.keys(stacks)).toEqual(["access"]);
    expect(resources(stacks.access, "aws_api_gateway_usage_plan").partner.api_stages).toEqual([
      { api_id: "a1b2c3d4e5", stage: "v2", throttle: [{ path: "/orders/POST", rate_limit: 2, burst_limit: 4 }] },
    ]);
  },
  "environments-and-regions": (stacks) => {
    const places = ["dev-us-east-1", "prod-eu-central-1", "prod-us-east-1"];
    const names = ["access", "pets", "pets-live"];
    expect(Object.keys(stacks).sort()).toEqual(places.flatMap((place) => names.map((name) => `${place}-${name}`)));
    const states = Object.values(stacks).map(({ terraform }) => terraform.backend.local.path);
    expect(new Set(states).size).toBe(states.length);
    expect(stacks["prod-eu-central-1-access"].provider.aws).toEqual([
      expect.objectContaining({
        region: "eu-central-1",
        allowed_account_ids: ["222222222222"],
        assume_role: [{ role_arn: "arn:aws:iam::222222222222:role/deploy-api-tiers" }],
      }),
    ]);
  },
  "self-service": (stacks) => {
    const apis = ["accounts", "accounts-prod", "pets", "pets-prod", "webhooks", "webhooks-prod"];
    expect(Object.keys(stacks).sort()).toEqual(["access", ...apis, "self-service"].sort());
    // The functions of the APIs may call the service, and have no right to a key.
    for (const api of ["accounts", "webhooks"])
      expect(JSON.stringify(resources(stacks[api], "aws_iam_role_policy"))).not.toContain("apigateway:");
    expect(Object.keys(resources(stacks.access, "aws_api_gateway_api_key"))).toEqual(["joe-black"]);
  },
  weather: (stacks) => {
    expect(Object.keys(stacks).sort()).toEqual([
      "access",
      "account",
      "domains",
      "weather",
      "weather-beta",
      "weather-prod",
      "weather-test",
    ]);
    const keys = Object.values(resources(stacks.access, "aws_api_gateway_api_key"));
    expect(keys).toHaveLength(60);
    expect(keys.filter(({ enabled }) => !enabled)).toHaveLength(3);
    expect(Object.keys(resources(stacks["weather-prod"], "aws_cloudwatch_metric_alarm"))).toHaveLength(5);
    expect(
      Object.values(resources(stacks.weather, "aws_api_gateway_authorizer"))
        .map(({ type }) => type)
        .sort(),
    ).toEqual(["COGNITO_USER_POOLS", "TOKEN"]);
  },
  traffic: (stacks) => {
    expect(Object.keys(stacks).sort()).toEqual([
      "access",
      "account",
      "meditations",
      "meditations-prod",
      "meditations-test",
    ]);
    expect(Object.keys(resources(stacks.access, "aws_api_gateway_api_key"))).toHaveLength(40);
    expect(Object.keys(resources(stacks.access, "aws_api_gateway_usage_plan"))).toHaveLength(3);
  },
  openapi: (stacks) => {
    const apis = ["depots", "invoices", "parcels", "rates"];
    expect(Object.keys(stacks).sort()).toEqual(["access", ...apis.flatMap((api) => [api, `${api}-prod`])]);
    expect(Object.keys(resources(stacks.parcels, "aws_api_gateway_model"))).toHaveLength(2);
    const authorizers = (api: string) => Object.values(resources(stacks[api], "aws_api_gateway_authorizer"));
    expect(authorizers("depots").map(({ type }) => type)).toEqual(["TOKEN"]);
    expect(authorizers("parcels").map(({ type }) => type)).toEqual(["COGNITO_USER_POOLS"]);
  },
  "subscriptions-from-csv": (stacks) => {
    expect(Object.keys(stacks).sort()).toEqual(["access", "access-emea", "pets", "pets-prod"]);
    const names = (stack: string) =>
      Object.values(resources(stacks[stack], "aws_api_gateway_api_key")).map((key) => [key.name, key.enabled]);
    expect(names("access")).toEqual([
      ["10-0042", true],
      ["10-0043", false],
      ["acme.inc", true],
    ]);
    expect(names("access-emea")).toEqual([
      ["4711", true],
      ["globex", false],
    ]);
  },
};

/** They have no catalog; `__tests__/review/workflow.test.ts` and `__tests__/cli/due-workflow.test.ts` are their tests. */
const WORKFLOWS = ["github-actions"];

test("every example has a test", () => {
  expect(readdirSync("examples").sort()).toEqual([...Object.keys(EXAMPLES), ...WORKFLOWS].sort());
});

test.each(Object.entries(EXAMPLES))("the example %s synthesizes what it promises", (name, check) => {
  check(synthesizeExample(name));
});
