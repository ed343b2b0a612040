import { App, type TerraformStack } from "cdktf";
import { type Catalog, TierStacks } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { synthesize, withFolder } from "../support/synthesize";

/** The names of a catalog's stacks, each with those that are deployed before it. */
function order(catalog: Catalog): Record<string, string[]> {
  return withFolder((outdir) => {
    const app = new App({ outdir });
    const stacks = new TierStacks(app, catalog).stacks;
    app.synth();
    const before = (stack: TerraformStack) => stack.dependencies.map((dependency) => dependency.node.id).sort();
    return Object.fromEntries([...stacks].map(([name, stack]) => [name, before(stack)]));
  });
}

const routes = { "GET /pets": { mock: 200 } };
const tiers = { gold: { access: { pets: "*" }, quota: { limit: 1, period: "DAY" } } };

describe("stacks", () => {
  test("are deployed in the order in which AWS accepts them", () => {
    const apis = { pets: { stages: { test: {}, prod: {} }, routes } };
    expect(order(defineUnchecked(petShop({ apis, tiers, cohorts: { emea: {} } })))).toEqual({
      pets: [],
      "pets-prod": ["pets"],
      "pets-test": ["pets"],
      access: ["pets", "pets-prod", "pets-test"],
      "access-emea": ["access"],
    });
  });

  test("of a retired stage come after access, which lets go of the stage first", () => {
    const apis = { pets: { stages: { beta: { retired: true }, prod: {} }, routes } };
    expect(order(defineUnchecked(petShop({ apis, tiers })))).toEqual({
      pets: [],
      "pets-prod": ["pets"],
      access: ["pets", "pets-prod"],
      "pets-beta": ["access"],
    });
  });

  test("of a retired API come after access: its stages first, then its definition", () => {
    const apis = { old: { retired: true, stages: { a: {}, b: {} }, routes }, pets: { stages: { prod: {} }, routes } };
    expect(order(defineUnchecked(petShop({ apis, tiers })))).toEqual({
      pets: [],
      "pets-prod": ["pets"],
      access: ["pets", "pets-prod"],
      "old-a": ["access"],
      "old-b": ["access"],
      old: ["access", "old-a", "old-b"],
    });
  });

  test("of a retired cohort come before access, whose plans its keys are in", () => {
    expect(order(defineUnchecked(petShop({ cohorts: { emea: { retired: true } } })))).toMatchObject({
      "access-emea": [],
      access: ["access-emea", "pets", "pets-prod"],
    });
  });

  test.each(["pets-beta", "old-a", "old", "access-emea"])(
    "of something retired are empty, but can still destroy: %s",
    (name) => {
      const apis = {
        pets: { stages: { beta: { retired: true }, prod: {} }, routes },
        old: { retired: true, stages: { a: {} }, routes },
      };
      const stack = synthesize(defineUnchecked(petShop({ apis, tiers, cohorts: { emea: { retired: true } } })))[name];
      expect(stack.resource).toBeUndefined();
      expect(stack.output).toBeUndefined();
      expect(stack.provider.aws).toHaveLength(1);
      expect(stack.terraform.backend.local.path).toBe(`../../../terraform.${name}.tfstate`);
    },
  );
});

describe("states", () => {
  const catalog = defineUnchecked(petShop());

  test("are local files by default, at a path that is the same on every machine", () => {
    const stacks = synthesize(catalog);
    expect(stacks["pets-prod"].terraform.backend).toEqual({ local: { path: "../../../terraform.pets-prod.tfstate" } });
    expect(stacks["pets-prod"].data.terraform_remote_state.pets).toMatchObject({
      backend: "local",
      config: { path: "../../../terraform.pets.tfstate" },
    });
  });

  test("can stand in S3, encrypted and locked, and references follow", () => {
    const state = { bucket: "acme-states", region: "eu-central-1", prefix: "tiers/prod" };
    const stacks = synthesize(catalog, { state });
    const location = (stack: string) => ({
      bucket: "acme-states",
      region: "eu-central-1",
      key: `tiers/prod/${stack}.tfstate`,
      encrypt: true,
      use_lockfile: true,
    });
    expect(stacks.access.terraform.backend).toEqual({ s3: location("access") });
    expect(stacks.access.data.terraform_remote_state.pets).toMatchObject({
      backend: "s3",
      config: location("pets"),
    });
  });
});

describe("the provider", () => {
  test("tags all that is deployed, and takes its Region from the environment", () => {
    const stacks = synthesize(defineUnchecked(petShop()), { tags: { team: "platform" } });
    for (const stack of Object.values(stacks))
      expect(stack.provider.aws).toEqual([
        { default_tags: [{ tags: { "managed-by": "cdktf-api-tiers", team: "platform" } }] },
      ]);
  });

  test("can have a Region", () => {
    expect(synthesize(defineUnchecked(petShop()), { region: "eu-west-1" }).access.provider.aws[0].region).toBe(
      "eu-west-1",
    );
  });
});

describe("references for a team's own constructs", () => {
  test("are found by the names of the catalog, and a wrong name lists the right ones", () => {
    withFolder((outdir) => {
      const catalog = defineUnchecked(
        petShop({
          subscriptions: { joe: { tier: "gold" }, zoe: { tier: "gold", cohort: "emea" } },
          cohorts: { emea: {} },
        }),
      );
      const stacks = new TierStacks(new App({ outdir }), catalog);
      expect(stacks.plan("gold").friendlyUniqueId).toBe("gold");
      expect(stacks.key("joe").friendlyUniqueId).toBe("joe");
      expect(stacks.key("zoe").cdktfStack.node.id).toBe("access-emea");
      expect(stacks.definition("pets").route("GET /pets").method.node.path).toMatch(/^pets\//);
      expect(stacks.release("pets", "prod").invokeUrl).toMatch(/TfToken/);
      expect(() => stacks.plan("silver")).toThrow('"silver" has no usage plan here; there are gold');
      expect(() => stacks.key("max")).toThrow('there is no subscription "max"');
      expect(() => stacks.definition("toys")).toThrow('there is no definition of API "toys"; there are pets');
      expect(() => stacks.release("pets", "test")).toThrow('there is no release "pets/test"; there are pets/prod');
      expect(() => stacks.definition("pets").route("GET /")).toThrow(
        'unknown route "GET /" of this API; it has GET /pets',
      );
    });
  });
});
