import { App } from "cdktf";
import { synthesisSummary, synthesisWarnings, TierStacks, type TierStacksProps } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { withFolder } from "../support/synthesize";

const summaryOf = (written: Record<string, unknown>) =>
  withFolder((outdir) => synthesisSummary(new TierStacks(new App({ outdir }), defineUnchecked(written))));

describe("the summary of a synthesis", () => {
  const summary = summaryOf({
    apis: {
      pets: {
        stages: { prod: {}, beta: { retired: true } },
        routes: { "GET /pets": { mock: 200 }, "GET /": { mock: 200, apiKeyRequired: false } },
      },
    },
    tiers: {
      gold: {
        access: { pets: "*" },
        throttle: { rateLimit: 1_500, burstLimit: 2_000 },
        quota: { limit: 10_000, period: "MONTH" },
        closed: true,
      },
      free: { access: { pets: ["prod"] }, quota: { limit: 50, period: "DAY" } },
    },
    subscriptions: { joe: { tier: "gold" }, zoe: { tier: "gold", enabled: false } },
  });
  const row = (first: string) =>
    summary
      .split("\n")
      .find((line) => line.startsWith(`│ ${first} `))
      ?.split("│")
      .slice(1, -1)
      .map((cell) => cell.trim());

  test("says what each stack holds", () => {
    expect(row("pets")).toEqual(["pets", "1 REST API, 2 routes"]);
    expect(row("pets-prod")).toEqual(["pets-prod", "1 deployment, 1 stage"]);
    expect(row("access")).toEqual(["access", "2 usage plans, 2 API keys"]);
    expect(row("pets-beta")).toEqual(["pets-beta", "nothing: what it held is destroyed"]);
  });

  test("says what each tier allows and who is on it", () => {
    expect(row("gold (closed)")).toEqual(["gold (closed)", "1,500/s", "2,000", "10,000 a month", "pets-prod", "2"]);
    expect(row("free")).toEqual(["free", "no limit", "no limit", "50 a day", "pets-prod", "0"]);
  });

  test("says what is true on purpose, where the files are, and what to run next", () => {
    expect(summary).toContain('is open without a key, on purpose, at "GET /"');
    expect(summary).toContain('1 key is disabled: "zoe"');
    expect(summary).toMatch(/Terraform is in .*\/stacks\/\*\/cdk\.tf\.json\./);
    expect(summary).toContain("npx cdktf deploy '*'");
  });

  test("does not call an empty access stack doomed", () => {
    expect(summaryOf(petShop({ tiers: {} }))).toContain("nothing yet");
  });
});

describe("stages that write logs", () => {
  const stages = {
    prod: { accessLog: true },
    test: { settings: { logLevel: "ERROR" } },
    beta: {
      accessLog: { destinationArn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-log" },
    },
    dev: { settings: { metrics: true } },
  };
  const logging = petShop({ apis: { pets: { stages, routes: { "GET /pets": { mock: 200 } } } } });
  const saidOf = (written: Record<string, unknown>, props?: TierStacksProps) =>
    withFolder((outdir) => {
      const stacks = new TierStacks(new App({ outdir }), defineUnchecked(written), props);
      return { summary: synthesisSummary(stacks), warnings: synthesisWarnings(stacks, {}) };
    });

  test("get a notice where no stack gives the account a role for it", () => {
    expect(saidOf(logging).summary).toContain(
      'accountLogging: is not set, but "pets-prod", "pets-test" write logs to CloudWatch, which AWS refuses where the ' +
        "account has no role for it in this Region; give TierStacks accountLogging: true, unless something else sets that role",
    );
    expect(saidOf(logging).warnings).toEqual([]);
  });

  test("get none with accountLogging, and none where nothing is logged to CloudWatch", () => {
    expect(saidOf(logging, { accountLogging: true }).summary).not.toContain("accountLogging");
    const { beta, dev } = stages;
    const quiet = petShop({
      apis: { pets: { stages: { beta, dev, prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
    });
    expect(saidOf(quiet).summary).not.toContain("accountLogging");
  });

  test("get a warning where the role is retired under them", () => {
    expect(saidOf(logging, { accountLogging: "retired" }).warnings).toEqual([
      expect.stringMatching(/^accountLogging: is retired, but "pets-prod", "pets-test" write logs .*; take accessLog/),
    ]);
  });
});

describe("key variables that a deploy needs", () => {
  const A = "NoKeyOfAnybodyA1".repeat(2);
  const B = "NoKeyOfAnybodyB2".repeat(2);
  const written = petShop({
    cohorts: { emea: {} },
    subscriptions: {
      a: { tier: "gold", keyValue: { variable: "key_a" } },
      b: { tier: "gold", keyValue: { variable: "key_b" }, cohort: "emea" },
      c: { tier: "gold" },
    },
  });
  const warningsWith = (environment: Record<string, string>) =>
    withFolder((outdir) =>
      synthesisWarnings(new TierStacks(new App({ outdir }), defineUnchecked(written)), environment),
    );

  test("are named where they are not set, before the first stack is deployed", () => {
    expect(warningsWith({})).toEqual([
      'key variables: "TF_VAR_key_a", "TF_VAR_key_b" are not set here, and a deploy would stop at the keys that bring ' +
        "their values along, after it has deployed the stacks before; set them before you deploy, or give them to cdktf " +
        "deploy by --var-file",
    ]);
    expect(warningsWith({ TF_VAR_key_a: A, TF_VAR_key_b: "" })).toEqual([
      expect.stringMatching(/^key variables: "TF_VAR_key_b" is not set here/),
    ]);
    expect(warningsWith({ TF_VAR_key_a: A, TF_VAR_key_b: B })).toEqual([]);
  });

  test("with one value are named too, though their keys stand in two states; the value is not shown", () => {
    const said = warningsWith({ TF_VAR_key_a: A, TF_VAR_key_b: A });
    expect(said).toEqual([
      'key variables: "TF_VAR_key_a", "TF_VAR_key_b" have the same value, but AWS takes a key\'s value once in each ' +
        "account and Region; set all but one of them to another value",
    ]);
  });

  test("with a value that AWS does not take are named, and the value is not shown", () => {
    const said = warningsWith({ TF_VAR_key_a: "tooShort", TF_VAR_key_b: `${B}-` });
    expect(said).toEqual([
      'key variables: "TF_VAR_key_a", "TF_VAR_key_b" are not 20 to 128 letters and digits, as AWS wants a key\'s value; correct it',
    ]);
  });
});
