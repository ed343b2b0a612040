import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describeWith } from "../support/requirements";
import type { Json } from "../support/synthesize";
import { actionsOf, stackFolder } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

/** No keys of anybody's; planted, so that they can be looked for. */
const JOES_KEY = "PlantedKeyValueOfJoe0000001";
const JOES_NEXT_KEY = "PlantedKeyValueOfJoe0000002";
const ZOES_KEY = "PlantedKeyValueOfZoe0000001";
const PLANTED = /PlantedKeyValue/;
const KMS_KEY = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666";

const FIRST: Json = {
  apis: { legacy: { restApiId: "a1b2c3d4e5", stages: { live: {} } } },
  tiers: { gold: { access: { legacy: ["live"] }, throttle: { rateLimit: 10, burstLimit: 20 } } },
  keyStore: { type: "ssm" },
  cohorts: { emea: {} },
  subscriptions: {
    "joe-black": { tier: "gold", keyValue: { variable: "joes_key" } },
    "zoe@example.com": { tier: "gold", keyValue: { variable: "zoes_key" }, handOver: "secretsmanager" },
    initech: { tier: "gold", handOver: "secretsmanager", cohort: "emea" },
    hooli: { tier: "gold", handOver: false },
  },
};

/** Told in order; each test goes on where the one before it ended. */
describeWith(["terraform", "emulator"], "handing keys over", () => {
  let workspace: Workspace;
  let written = FIRST;

  beforeAll(async () => {
    workspace = await Workspace.open({ env: { TF_VAR_joes_key: JOES_KEY, TF_VAR_zoes_key: ZOES_KEY } });
    workspace.copyProject();
  });
  afterAll(() => workspace.close());

  function write(change: (catalog: Json) => void): void {
    written = structuredClone(written);
    change(written);
    workspace.writeCatalog(written);
    workspace.synthesize(written);
  }
  const terraform = (stack: string, more?: Record<string, string>) => workspace.terraform(stack, more);
  const aws = (...args: string[]) => workspace.aws(...args);
  /** Every line that the project or Terraform printed. */
  const printed = () => workspace.printed.join("\n");
  /** Applies without a plan file, which would hold the values of variables. */
  function deploy(stack: string, plan = false): string {
    if (plan) workspace.noted(terraform(stack).run("plan", "-input=false", "-no-color"));
    const { code, stdout, stderr } = workspace.noted(
      terraform(stack).run("apply", "-auto-approve", "-input=false", "-no-color"),
    );
    if (code !== 0) throw new Error(`${stdout}\n${stderr}`);
    return stdout;
  }
  const parameter = (name: string): string =>
    aws("ssm", "get-parameter", "--with-decryption", "--name", name).Parameter.Value;
  const secret = (name: string): string => aws("secretsmanager", "get-secret-value", "--secret-id", name).SecretString;
  const keyInAws = (name: string): Json =>
    aws("apigateway", "get-api-keys", "--include-values").items.find((key: Json) => key.name === name);
  /** Files of `cdktf.out` that hold a planted value; but for the provider itself, all are looked through. */
  function leakingFiles(at = workspace.path("cdktf.out")): string[] {
    return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
      const path = join(at, entry.name);
      if (entry.isDirectory()) return entry.name === "providers" ? [] : leakingFiles(path);
      return entry.isFile() && PLANTED.test(readFileSync(path, "latin1")) ? [path] : [];
    });
  }

  test("puts each key into the store that was chosen for it", () => {
    write(() => {});
    for (const stack of ["access", "access-emea"]) {
      terraform(stack).init();
      deploy(stack, true);
    }
    expect(parameter("/api-tiers/keys/joe-black")).toBe(JOES_KEY);
    expect(secret("/api-tiers/keys/zoe_40example.com")).toBe(ZOES_KEY);
    expect(secret("/api-tiers/keys/initech")).toBe(keyInAws("initech").value);
    expect(aws("ssm", "describe-parameters").Parameters).toEqual([
      expect.objectContaining({ Name: "/api-tiers/keys/joe-black", Type: "SecureString" }),
    ]);
    expect(aws("secretsmanager", "list-secrets").SecretList).toHaveLength(2);
  });

  test("leaves a planted value in no file of cdktf.out and in no line that was printed", () => {
    workspace.start();
    expect(printed().match(/Apply complete!/g)).toHaveLength(2);
    expect(printed()).not.toMatch(PLANTED);
    expect(leakingFiles()).toEqual([]);
  });

  test("leaves no second copy in the state: the key has its value, what hands it over has none", () => {
    const holders = Object.entries(terraform("access").state())
      .filter(([, values]) => PLANTED.test(JSON.stringify(values)))
      .map(([address]) => address.replace(/-[0-9a-f]{8}$/, ""));
    expect(holders.sort()).toEqual([
      "aws_api_gateway_api_key.joe-black",
      "aws_api_gateway_api_key.zoe-example-com",
      "aws_api_gateway_usage_plan_key.joe-black",
      "aws_api_gateway_usage_plan_key.zoe-example-com",
    ]);
    const handedOver = terraform("access").state()["aws_ssm_parameter.joe-black"];
    expect(handedOver).toMatchObject({ name: "/api-tiers/keys/joe-black", has_value_wo: true, value_wo: null });
  });

  test("is done once: a second plan changes nothing", () => {
    for (const stack of ["access", "access-emea"])
      expect([stack, actionsOf(terraform(stack).plan())]).toEqual([stack, []]);
    rmSync(join(stackFolder(workspace.folder, "access"), "plan"), { force: true });
  });

  test.each([
    ["joe-black", "SSM Parameter Store", "/api-tiers/keys/joe-black", JOES_KEY],
    ["zoe@example.com", "Secrets Manager", "/api-tiers/keys/zoe_40example.com", ZOES_KEY],
  ])("`api-tiers key %s` tells where the key is, and prints it with --show alone", (id, store, name, value) => {
    const told = workspace.cli("key", id);
    expect(told).toMatchObject({ code: 0, stderr: "" });
    expect(told.stdout).toContain(`store:   ${store}\n`);
    expect(told.stdout).toContain(`name:    ${name}\n`);
    expect(told.stdout).not.toMatch(PLANTED);
    expect(workspace.cli("key", id, "--show")).toMatchObject({ code: 0, stdout: `${value}\n` });
  });

  test("follows a change of the KMS key, which writes the same value again", () => {
    write((catalog) => {
      catalog.keyStore.kmsKeyId = KMS_KEY;
    });
    deploy("access");
    const state = terraform("access").state();
    expect(state["aws_ssm_parameter.joe-black"].key_id).toBe(KMS_KEY);
    expect(Object.values(state).filter(({ kms_key_id }) => kms_key_id === KMS_KEY)).toHaveLength(1);
    expect(parameter("/api-tiers/keys/joe-black")).toBe(JOES_KEY);
    expect(secret("/api-tiers/keys/zoe_40example.com")).toBe(ZOES_KEY);
    expect(printed()).not.toMatch(PLANTED);
  });

  test("follows a customer who is renamed, whose parameter is replaced by one of the new name", () => {
    write((catalog) => {
      catalog.subscriptions["joe.black"] = { ...catalog.subscriptions["joe-black"], formerId: "joe-black" };
      delete catalog.subscriptions["joe-black"];
    });
    deploy("access");
    expect(aws("ssm", "describe-parameters").Parameters.map(({ Name }: Json) => Name)).toEqual([
      "/api-tiers/keys/joe.black",
    ]);
    expect(parameter("/api-tiers/keys/joe.black")).toBe(JOES_KEY);
    expect(printed()).not.toMatch(PLANTED);
  });

  test("follows a key that is replaced, and no other", () => {
    workspace.env = { ...workspace.env, TF_VAR_joes_key: JOES_NEXT_KEY };
    expect(actionsOf(terraform("access").plan())).toEqual([
      expect.stringMatching(/^delete\+create aws_api_gateway_api_key\.joe-black-/),
      expect.stringMatching(/^delete\+create aws_api_gateway_usage_plan_key\.joe-black-/),
      expect.stringMatching(/^update aws_ssm_parameter\.joe-black-/),
    ]);
    // The plan names the old value, for the provider does not know a plan key's as a secret.
    expect(terraform("access").apply()).not.toContain(JOES_NEXT_KEY);
    expect(parameter("/api-tiers/keys/joe.black")).toBe(JOES_NEXT_KEY);
    expect(secret("/api-tiers/keys/zoe_40example.com")).toBe(ZOES_KEY);
  });

  test("ends with what is no longer handed over, at once and for good", () => {
    write((catalog) => {
      catalog.subscriptions["zoe@example.com"].handOver = false;
    });
    expect(actionsOf(terraform("access").plan())).toEqual([
      expect.stringMatching(/^delete aws_secretsmanager_secret\.zoe-example-com-/),
      expect.stringMatching(/^delete aws_secretsmanager_secret_version\.zoe-example-com-/),
    ]);
    terraform("access").apply();
    const left: Json[] = aws("secretsmanager", "list-secrets", "--include-planned-deletion").SecretList;
    expect(left.map(({ Name }) => Name)).toEqual(["/api-tiers/keys/initech"]);
  });

  describe("a key value from outside", () => {
    const planWith = (variables: Record<string, string>) => {
      const { code, stdout, stderr } = terraform("access", variables).run("plan", "-input=false", "-no-color");
      return { code, said: `${stdout}\n${stderr}`.replace(/\s+/g, " ") };
    };

    test("that is missing is an error that names subscription and variable", () => {
      const { code, said } = planWith({ TF_VAR_joes_key: "" });
      expect(code).toBe(1);
      expect(said).toContain(
        "Subscription joe.black brings its key value along, but the Terraform variable joes_key is not set; set TF_VAR_joes_key to 20 to 128 letters and digits.",
      );
    });

    test("that AWS would refuse is an error that does not show it", () => {
      const { code, said } = planWith({ TF_VAR_joes_key: "PlantedKeyValue" });
      expect(code).toBe(1);
      expect(said).toContain(
        "The key value of subscription joe.black (TF_VAR_joes_key) must be 20 to 128 letters and digits.",
      );
      expect(said).not.toMatch(PLANTED);
    });
  });
});
