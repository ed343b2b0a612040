import { writeFileSync } from "node:fs";
import { TestGateway } from "../../src/testing";
import { petShop } from "../support/catalogs";
import { circle, owner, pet, ref } from "../support/models";
import { describeWith } from "../support/requirements";
import { actionsOf, type Terraform } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

const MODELS = {
  Pet: { ...pet, title: "a ${word} %{and} more" },
  Owner: owner,
  Pets: { type: "array", items: ref("Pet") },
  ...circle,
};

describeWith(["terraform", "emulator"], "models that refer to each other", () => {
  let workspace: Workspace;
  let terraform: Terraform;

  function write(models: Record<string, unknown>, bodies: Record<string, unknown>): void {
    const routes = Object.entries(bodies).map(([key, body]) => [
      key,
      { mock: 200, apiKeyRequired: false, request: { body } },
    ]);
    const api = { stages: { prod: {} }, models, routes: Object.fromEntries(routes) };
    workspace.synthesize(petShop({ apis: { pets: api }, tiers: {} }));
  }
  const BODIES = { "POST /pets": ref("Pets"), "POST /people": { type: "object", additionalProperties: ref("Person") } };

  const shown = (name: string, ...args: string[]) => {
    const file = workspace.path(name);
    writeFileSync(file, terraform.run("show", "-json", ...args).stdout);
    return TestGateway.from(file);
  };

  /** Bodies with something wrong deep inside. */
  async function expectNestedChecks(gateway: TestGateway): Promise<void> {
    const caller = gateway.anyone.at("pets", "prod");
    const post = async (line: string, body: unknown) =>
      (await caller.send(line, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).status;
    expect(await post("POST /pets", [{ owner: { name: "Joe" } }])).toBe(200);
    expect(await post("POST /pets", [{ owner: { name: 1 } }])).toBe(400);
    expect(await post("POST /people", { a: { name: "Joe", house: { contains: [{ name: "Ann" }] } } })).toBe(200);
    expect(await post("POST /people", { a: { name: "Joe", house: { contains: [{}] } } })).toBe(400);
  }

  beforeAll(async () => {
    workspace = await Workspace.open();
    write(MODELS, BODIES);
    terraform = workspace.terraform("pets");
    terraform.init();
  });
  afterAll(() => workspace?.close());

  test("are known from the plan of a new API, whose id is not", async () => {
    terraform.plan();
    const { model } = shown("plan.json", "plan");
    expect(model.unsupported.filter(({ kind }) => kind === "external-model")).toEqual([]);
    expect([...(model.apis[0]?.models.keys() ?? [])]).toEqual(expect.arrayContaining(Object.keys(MODELS)));
  });

  test("are created in their order, and a second plan changes nothing", () => {
    expect(terraform.deploy()).toContain("Apply complete!");
    expect(actionsOf(terraform.plan())).toEqual([]);
  });

  test("check nested objects here, as they are in the state", async () => {
    const gateway = TestGateway.from(workspace.path("cdktf.out"));
    await expectNestedChecks(gateway);
    const [route] = shown("state.json").model.apis[0]?.routes.filter(({ key }) => key === "POST /pets") ?? [];
    expect(Object.keys(route?.referredModels ?? {})).toEqual(["Owner", "Pet"]);
  });

  test("change in place, also into a circle and out of it", () => {
    write({ ...MODELS, Owner: { ...owner, properties: { pets: ref("Pets") } } }, BODIES);
    const changes = actionsOf(terraform.plan());
    expect(changes).toEqual(["Owner", "Pet", "Pets"].map((name) => `update aws_api_gateway_model.pets_models_${name}`));
    terraform.apply();
    expect(actionsOf(terraform.plan())).toEqual([]);
    write(MODELS, BODIES);
    terraform.plan();
    terraform.apply();
    expect(actionsOf(terraform.plan())).toEqual([]);
  });

  test("are deleted after what referred to them has let go, and new ones are created before", () => {
    const { Owner: _, ...rest } = MODELS;
    write(
      { ...rest, Keeper: owner, Pet: { ...pet, properties: { owner: ref("Keeper") } } },
      { ...BODIES, "POST /pets": {} },
    );
    const log = terraform.deploy();
    expect(log).toContain("Apply complete!");
    expect(actionsOf(terraform.plan())).toEqual([]);
    write({}, { "POST /pets": {} });
    terraform.deploy();
    expect(actionsOf(terraform.plan())).toEqual([]);
  });
});
