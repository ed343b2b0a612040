import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { actionsOf, type Terraform } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

const body = { type: "object", required: ["name"], properties: { name: { type: "string", pattern: "^[^${%{]+$" } } };
const checked = { body, query: { tenant: "required" } };

describeWith(["terraform", "emulator"], "what requests must have", () => {
  let workspace: Workspace;
  let terraform: Terraform;

  function write(request: unknown): void {
    const routes = { "GET /pets": { mock: 200 }, "POST /pets": { mock: 201, request } };
    workspace.synthesize(petShop({ apis: { pets: { stages: { prod: {} }, routes } }, tiers: {} }));
  }

  beforeAll(async () => {
    workspace = await Workspace.open();
    write(checked);
    terraform = workspace.terraform("pets");
    terraform.init();
  });
  afterAll(() => workspace.close());

  test("is deployed, and a second plan changes nothing", () => {
    expect(terraform.deploy()).toContain("Apply complete!");
    expect(actionsOf(terraform.plan())).toEqual([]);
  });

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
