import { join } from "node:path";
import { App } from "cdktf";
import { TierStacks } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { Emulator } from "../support/emulator";
import { describeWith } from "../support/requirements";
import { runOrFail } from "../support/run";
import { withFolder } from "../support/synthesize";
import { actionsOf, stackFolder, Terraform } from "../support/terraform";

jest.setTimeout(240_000);

describeWith(["terraform", "emulator"], "states in S3", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  });
  afterAll(() => emulator.stop());

  test("are written, locked and read by the stacks that refer to them", () => {
    withFolder((folder) => {
      const s3 = (...args: string[]) => runOrFail("aws", ["s3", ...args], { env: emulator.env }).stdout;
      s3("mb", "s3://acme-states", "--region", "us-east-1");
      const app = new App({ outdir: join(folder, "cdktf.out") });
      const state = { bucket: "acme-states", region: "us-east-1", prefix: "tiers" };
      new TierStacks(app, defineUnchecked(petShop({ subscriptions: { joe: { tier: "gold" } } })), { state });
      app.synth();
      const log: string[] = [];
      for (const stack of ["pets", "pets-prod", "access"]) {
        const terraform = new Terraform(stackFolder(folder, stack), { ...emulator.env, TF_LOG: "" });
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
});
