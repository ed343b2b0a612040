import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { TierStacks } from "../../src";
import { keyLocations } from "../../src/model/key-locations";
import { defineUnchecked, withSubscriptions } from "../support/catalogs";
import { API_TIERS, type RunResult, run } from "../support/run";

const folder = mkdtempSync(join(tmpdir(), "api-tiers-cli-"));
const output = join(folder, "cdktf.out");
beforeAll(() => {
  const subscriptions = {
    "joe-black": { tier: "gold" },
    "zoe@example.com": { tier: "gold", handOver: "secretsmanager", cohort: "emea" },
    hooli: { tier: "gold", handOver: false },
    globex: { tier: "gold", keyName: "The Globex Corporation", handOver: false },
    legacy: { tier: "gold", existingKeyId: "l1e2g3a4c5" },
    "joe-black-4": { tier: "gold", keyName: "joe-black" },
  };
  const parts = { keyStore: { type: "ssm" }, cohorts: { emea: {} } };
  const app = new App({ outdir: output });
  new TierStacks(app, defineUnchecked(withSubscriptions(subscriptions, parts)), { region: "eu-central-1" });
  app.synth();
});
afterAll(() => rmSync(folder, { recursive: true }));

const cli = (...args: string[]): RunResult =>
  run("node", [...API_TIERS, ...args], {
    env: { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  });

describe("what was synthesized says where each key is", () => {
  test("by store, name, stack and Region", () => {
    const region = "eu-central-1";
    expect(keyLocations(output)).toEqual([
      {
        subscription: "globex",
        keyName: "The Globex Corporation",
        stack: "access",
        region,
        handedOver: undefined,
        existingKeyId: undefined,
      },
      {
        subscription: "hooli",
        keyName: "hooli",
        stack: "access",
        region,
        handedOver: undefined,
        existingKeyId: undefined,
      },
      {
        subscription: "joe-black",
        keyName: "joe-black",
        stack: "access",
        region,
        handedOver: { store: "ssm", name: "/api-tiers/keys/joe-black" },
        existingKeyId: undefined,
      },
      {
        subscription: "joe-black-4",
        keyName: "joe-black",
        stack: "access",
        region,
        handedOver: { store: "ssm", name: "/api-tiers/keys/joe-black-4" },
        existingKeyId: undefined,
      },
      {
        subscription: "legacy",
        keyName: "l1e2g3a4c5",
        stack: "access",
        region,
        handedOver: undefined,
        existingKeyId: "l1e2g3a4c5",
      },
      {
        subscription: "zoe@example.com",
        keyName: "zoe@example.com",
        stack: "access-emea",
        region,
        handedOver: { store: "secretsmanager", name: "/api-tiers/keys/zoe_40example.com" },
        existingKeyId: undefined,
      },
    ]);
  });

  test("also where someone else wrote the Terraform, with values that the state keeps", () => {
    const other = join(folder, "other");
    mkdirSync(join(other, "stacks/team"), { recursive: true });
    const resource = {
      aws_api_gateway_api_key: { a: { name: "acme" }, b: { name: "bond" } },
      aws_ssm_parameter: {
        x: { name: "/keys/acme", value: "${aws_api_gateway_api_key.a.value}" },
        y: { name: "/other", value: "1" },
      },
      aws_secretsmanager_secret: { s: { name: "bonds-key" } },
      aws_secretsmanager_secret_version: {
        v: {
          secret_id: "${aws_secretsmanager_secret.s.arn}",
          secret_string: "${aws_api_gateway_api_key.b.value}",
        },
      },
    };
    const provider = { aws: [{ region: "${var.region}" }] };
    writeFileSync(join(other, "stacks/team/cdk.tf.json"), JSON.stringify({ resource, provider }));
    expect(keyLocations(other)).toEqual([
      {
        subscription: "acme",
        keyName: "acme",
        stack: "team",
        region: undefined,
        handedOver: { store: "ssm", name: "/keys/acme" },
        existingKeyId: undefined,
      },
      {
        subscription: "bond",
        keyName: "bond",
        stack: "team",
        region: undefined,
        handedOver: { store: "secretsmanager", name: "bonds-key" },
        existingKeyId: undefined,
      },
    ]);
  });
});

describe("`api-tiers key` tells where a key is", () => {
  test("in Parameter Store", () => {
    const { code, stdout, stderr } = cli("key", "joe-black", "--output", output);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      `The key of joe-black
  store:   SSM Parameter Store
  name:    /api-tiers/keys/joe-black
  region:  eu-central-1
  stack:   access
  read it: aws ssm get-parameter --name /api-tiers/keys/joe-black --with-decryption --query Parameter.Value --output text --region eu-central-1
  or:      api-tiers key joe-black --show
`,
    );
  });

  test("in Secrets Manager", () => {
    const { stdout } = cli("key", "zoe@example.com", "--output", output);
    expect(stdout).toContain("  store:   Secrets Manager\n  name:    /api-tiers/keys/zoe_40example.com\n");
    expect(stdout).toContain("aws secretsmanager get-secret-value --secret-id /api-tiers/keys/zoe_40example.com ");
  });

  test("in API Gateway alone", () => {
    const { stdout } = cli("key", "hooli", "--output", output);
    expect(stdout).toContain("  store:   none; it is not handed over, so API Gateway alone has it\n");
    expect(stdout).toContain("aws apigateway get-api-keys --name-query hooli --include-values ");
  });
});

test("a key that is managed elsewhere is found by its id in AWS, and has no value here", () => {
  const { stdout } = cli("key", "legacy", "--output", output);
  expect(stdout).toBe(`The key of legacy
  store:   none known; it is managed elsewhere, and API Gateway has it under the id l1e2g3a4c5
  region:  eu-central-1
  stack:   none; access puts it into its plans
  read it: aws apigateway get-api-key --api-key l1e2g3a4c5 --include-value --query value --output text --region eu-central-1
`);
  expect(cli("key", "legacy", "--show", "--output", output).stderr).toMatch(
    /^error: the key of "legacy" is managed elsewhere, so this project has no value to show; ask its owner/,
  );
});

test("a key that has another name in AWS is found by the id of its subscription", () => {
  const { stdout } = cli("key", "globex", "--output", output);
  expect(stdout).toContain("The key of globex\n");
  expect(stdout).toContain("aws apigateway get-api-keys --name-query 'The Globex Corporation' --include-values ");
});

test("of two keys with one name in AWS, each is found by its own subscription", () => {
  const nameOf = (subscription: string) =>
    /^ {2}name: +(.*)$/m.exec(cli("key", subscription, "--output", output).stdout)?.[1];
  expect([nameOf("joe-black"), nameOf("joe-black-4")]).toEqual([
    "/api-tiers/keys/joe-black",
    "/api-tiers/keys/joe-black-4",
  ]);
});

describe("what goes wrong is reported without a stack trace", () => {
  test.each<[string, string[], RegExp]>([
    ["an unknown subscription", ["joe-blak"], /unknown subscription "joe-blak"; did you mean "joe-black"\?$/],
    [
      "the name of a key in AWS",
      ["The Globex Corporation"],
      /unknown subscription "The Globex Corporation", which is the name in AWS of "globex"; write that$/,
    ],
    [
      "a folder without stacks",
      ["joe-black", "--output", "nowhere"],
      /^error: nowhere holds no synthesized stack; run/,
    ],
    ["a key that was not handed over", ["hooli", "--show"], /the key of "hooli" is not handed over, so there is none/],
    [
      "a store that does not answer",
      ["joe-black", "--show"],
      /\/api-tiers\/keys\/joe-black cannot be read: .*ECONNREFUSED/,
    ],
  ])("%s is an error, with exit code 1", (_, args, message) => {
    const { code, stdout, stderr } = cli("key", "--output", output, ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trim()).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test.each<[string, string[], string]>([
    [
      "an option that does not exist",
      ["key", "joe-black", "--shw"],
      "error: unknown option '--shw'\n(Did you mean --show?)",
    ],
    [
      "a word too many",
      ["key", "joe-black", "zoe"],
      "error: too many arguments for 'key'. Expected 1 argument but got 2.",
    ],
    ["no subscription", ["key"], "error: missing required argument 'subscription'"],
    [
      "an option without its value",
      ["key", "joe-black", "--output"],
      "error: option '--output <folder>' argument missing",
    ],
    ["a command that does not exist", ["kye"], "error: unknown command 'kye'\n(Did you mean key?)"],
    ["no command", [], "Usage: api-tiers"],
  ])("%s is a wrong command line, with the usage and exit code 1", (_, args, message) => {
    const { code, stdout, stderr } = cli(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toContain("Usage: api-tiers");
  });

  test("a request for help is not a mistake", () => {
    expect(cli("--help")).toMatchObject({ code: 0, stderr: "" });
    expect(cli("key", "--help").stdout).toContain("--show             read the key from its store, and print it");
  });
});
