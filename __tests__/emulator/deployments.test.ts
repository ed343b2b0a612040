import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { TierStacks, type TierStacksProps } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { Emulator } from "../support/emulator";
import { describeWith } from "../support/requirements";
import { actionsOf, stackFolder, Terraform } from "../support/terraform";

jest.setTimeout(360_000);

const catalog = defineUnchecked(
  petShop({ keyStore: { type: "ssm" }, subscriptions: { joe: { tier: "gold", customer: "Joe" } } }),
);
const roleIn = (account: string) => ({ roleArn: `arn:aws:iam::${account}:role/deploy` });
const DEV = { environment: "dev", account: "111111111111", region: "us-east-1", assumeRole: roleIn("111111111111") };
const PROD = { environment: "prod", account: "222222222222", assumeRole: roleIn("222222222222") };
const PROD_US = { ...PROD, region: "us-east-1" };
const PROD_EU = { ...PROD, region: "eu-central-1" };
const CREATED = [
  "create aws_api_gateway_integration.pets_GET_pets",
  "create aws_api_gateway_integration_response.pets_GET_pets_200",
  "create aws_api_gateway_method.pets_GET_pets",
  "create aws_api_gateway_method_response.pets_GET_pets_200",
  "create aws_api_gateway_resource.pets_pets",
  "create aws_api_gateway_rest_api.pets",
];

/** One folder, told in order; each test goes on where the one before it ended. */
describeWith(["terraform", "emulator"], "two accounts and two Regions from one folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-deployments-"));
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.startWithProvider();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await emulator.stop();
  });

  const synthesize = (...all: TierStacksProps[]) => {
    const app = new App({ outdir: join(folder, "cdktf.out") });
    for (const props of all) new TierStacks(app, catalog, props);
    app.synth();
  };
  const terraform = (stack: string) => new Terraform(stackFolder(folder, stack), emulator.env);
  const states = () => readdirSync(folder).filter((file) => file.endsWith(".tfstate"));

  test("are planned side by side: what is deployed to one does not change another", () => {
    synthesize(DEV, PROD_US, PROD_EU);
    terraform("prod-eu-central-1-pets").init();
    terraform("prod-eu-central-1-pets").deploy();
    for (const stack of ["dev-us-east-1-pets", "prod-us-east-1-pets"]) {
      terraform(stack).init();
      expect([stack, actionsOf(terraform(stack).plan())]).toEqual([stack, CREATED]);
      terraform(stack).apply();
    }
    for (const stack of ["dev-us-east-1-pets", "prod-us-east-1-pets", "prod-eu-central-1-pets"])
      expect([stack, actionsOf(terraform(stack).plan())]).toEqual([stack, []]);
  });

  test("share no state, and each is where the code says", () => {
    expect(states()).toEqual([
      "terraform.pets.dev.111111111111.us-east-1.tfstate",
      "terraform.pets.prod.222222222222.eu-central-1.tfstate",
      "terraform.pets.prod.222222222222.us-east-1.tfstate",
    ]);
    const arns = ["dev-us-east-1-pets", "prod-us-east-1-pets", "prod-eu-central-1-pets"].map(
      (stack) => terraform(stack).state()["aws_api_gateway_rest_api.pets"].execution_arn,
    );
    expect(arns.map((arn) => arn.split(":").slice(3, 5))).toEqual([
      ["us-east-1", "111111111111"],
      ["us-east-1", "222222222222"],
      ["eu-central-1", "222222222222"],
    ]);
  });

  test("are not deployed with credentials of another account", () => {
    synthesize({ environment: "other", account: "333333333333", region: "us-east-1" });
    terraform("other-us-east-1-pets").init();
    const { code, stderr } = terraform("other-us-east-1-pets").run("plan", "-input=false", "-no-color");
    expect(code).toBe(1);
    expect(stderr).toMatch(/AWS account ID not allowed: 123456789012/);
  });

  test("are not synthesized over the state of another Region", () => {
    const [eu, us] = ["eu-central-1", "us-east-1"].map((region) =>
      join(folder, `terraform.pets.prod.222222222222.${region}.tfstate`),
    );
    cpSync(eu as string, us as string);
    expect(() => synthesize(PROD_US)).toThrow(
      'terraform.pets.prod.222222222222.us-east-1.tfstate: holds resources of Region "eu-central-1", and this app deploys to Region "us-east-1"',
    );
    rmSync(us as string);
  });

  test("keep their resources where a state is moved to the name that the code gives", () => {
    const before = "terraform.pets.eu-central-1.tfstate";
    renameSync(join(folder, "terraform.pets.prod.222222222222.eu-central-1.tfstate"), join(folder, before));
    rmSync(join(folder, "cdktf.out"), { recursive: true });
    const { assumeRole, region } = PROD_EU;
    const named = { environment: "live", region, assumeRole };
    const after = "terraform.pets.live.222222222222.eu-central-1.tfstate";
    expect(() => synthesize(named)).toThrow(`move the state with "mv ${before} ${after}"`);
    renameSync(join(folder, before), join(folder, after));
    synthesize(named);
    terraform("live-eu-central-1-pets").init();
    expect(actionsOf(terraform("live-eu-central-1-pets").plan())).toEqual([]);
  });
});
