import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { runOrFail } from "../support/run";
import { actionsOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

describeWith(["terraform", "emulator"], "states in S3", () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.open();
  });
  afterAll(() => workspace.close());

  test("are written, locked and read by the stacks that refer to them", () => {
    const s3 = (...args: string[]) => runOrFail("aws", ["s3", ...args], { env: workspace.env }).stdout;
    s3("mb", "s3://acme-states", "--region", "us-east-1");
    const state = { bucket: "acme-states", region: "us-east-1", prefix: "tiers" };
    workspace.synthesize(petShop({ subscriptions: { joe: { tier: "gold" } } }), { state });
    const log: string[] = [];
    for (const stack of ["pets", "pets-prod", "access"]) {
      const terraform = workspace.terraform(stack);
      terraform.init();
      log.push(terraform.deploy());
      expect([stack, actionsOf(terraform.plan())]).toEqual([stack, []]);
    }
    expect(log.join("\n").match(/Apply complete!/g)).toHaveLength(3);
    const objects = s3("ls", "s3://acme-states/tiers/").trim().split("\n");
    expect(objects.map((line) => line.split(/\s+/).at(-1))).toEqual([
      "access.tfstate",
      "pets-prod.tfstate",
      "pets.tfstate",
    ]);
  });
});
