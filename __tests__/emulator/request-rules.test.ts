import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { TierStacks } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { Emulator } from "../support/emulator";
import { describeWith } from "../support/requirements";
import { actionsOf, stackFolder, Terraform } from "../support/terraform";

jest.setTimeout(240_000);

const body = { type: "object", required: ["name"], properties: { name: { type: "string", pattern: "^[^${%{]+$" } } };
const checked = { body, query: { tenant: "required" } };

describeWith(["terraform", "emulator"], "what requests must have", () => {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-request-"));
  let emulator: Emulator;
  let terraform: Terraform;

  function write(request: unknown): void {
    const app = new App({ outdir: join(folder, "cdktf.out") });
    const routes = { "GET /pets": { mock: 200 }, "POST /pets": { mock: 201, request } };
    new TierStacks(app, defineUnchecked(petShop({ apis: { pets: { stages: { prod: {} }, routes } }, tiers: {} })));
    app.synth();
  }

  beforeAll(async () => {
    emulator = await Emulator.start();
    write(checked);
    terraform = new Terraform(stackFolder(folder, "pets"), { ...emulator.env, CHECKPOINT_DISABLE: "1" });
    terraform.init();
  });
  afterAll(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });

  test("is deployed, and a second plan changes nothing", () => {
    expect(terraform.deploy()).toContain("Apply complete!");
    expect(actionsOf(terraform.plan())).toEqual([]);
  });

  // Planned only: the emulator has no UpdateModel.
  test("changes in place with its schema, for the model keeps its name", () => {
    write({ ...checked, body: { ...body, required: ["id"] } });
    expect(actionsOf(terraform.plan())).toEqual([expect.stringMatching(/^update aws_api_gateway_model\./)]);
  });

  test("is let go of by its method before model and validator are deleted, or AWS would refuse that", () => {
    write(undefined);
    const log = terraform.deploy();
    const modified = log.search(/aws_api_gateway_method\..*: Modifications complete/);
    expect(modified).toBeGreaterThan(0);
    for (const type of ["model", "request_validator"])
      expect(log.search(new RegExp(`aws_api_gateway_${type}\\..*: Destroying`))).toBeGreaterThan(modified);
  });
});
