import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { type Imports, importsFromFile, synthesisWarnings, TierStacks } from "../../src";
import { terraformName } from "../../src/contract/terraform-name";
import { defineUnchecked, petShop } from "../support/catalogs";
import { type Json, onlyResource, resources, synthesize, withFolder } from "../support/synthesize";

const LEGACY = {
  apis: { legacy: { restApiId: "a1b2c3d4e5", stages: { live: {}, next: {} } } },
  tiers: {
    gold: { access: { legacy: ["live"] }, throttle: { rateLimit: 10, burstLimit: 20 } },
    trial: { access: { legacy: ["next"] }, throttle: { rateLimit: 1, burstLimit: 2 } },
  },
};
const IMPORTS: Imports = {
  tiers: { gold: { usagePlanId: "plan1", keep: ["throttle_settings"] }, trial: { usagePlanId: "plan2" } },
  subscriptions: {
    joe: { apiKeyId: "key1", usagePlanId: "plan1", additionalUsagePlanIds: { trial: "plan2" } },
  },
};
const synthesized = (subscriptions: Json, imports: Imports = IMPORTS, more: Json = {}) =>
  synthesize(defineUnchecked({ ...LEGACY, subscriptions, ...more }), { imports });
const blocks = (stack: Json) => Object.fromEntries((stack.import ?? []).map(({ to, id }: Json) => [to, id]));
const key = "aws_api_gateway_api_key";
const planKey = "aws_api_gateway_usage_plan_key";

describe("what is in the account already is imported", () => {
  test("with an import block for each plan, key and plan key, and for nothing that is new", () => {
    const stacks = synthesized({
      joe: { tier: "gold", additionalTiers: { trial: "trial" } },
      newcomer: { tier: "gold" },
    });
    expect(blocks(stacks.access)).toEqual({
      "aws_api_gateway_usage_plan.gold": "plan1",
      "aws_api_gateway_usage_plan.trial": "plan2",
      [`${key}.joe`]: "key1",
      [`${planKey}.joe`]: "plan1/key1",
      [`${planKey}.${terraformName("joe/trial")}`]: "plan2/key1",
    });
  });

  test("and gets none of our tags as long as it is named: no plan shows a change for their sake", () => {
    const { access } = synthesized({ joe: { tier: "gold" } });
    expect(access.provider.aws[0].ignore_tags).toEqual([{ keys: ["managed-by"], key_prefixes: ["api-tiers:"] }]);
    const { gold, trial } = resources(access, "aws_api_gateway_usage_plan");
    const ownTags = ['tags["api-tiers:tier"]', 'tags["api-tiers:closed"]'];
    expect(trial.lifecycle).toEqual({ ignore_changes: ownTags });
    expect(gold.lifecycle).toEqual({ ignore_changes: [...ownTags, "throttle_settings"] });
  });

  test("whatever its tier has become since", () => {
    const stacks = synthesized({ joe: { tier: "trial" } });
    expect(blocks(stacks.access)[`${planKey}.joe`]).toBe("plan1/key1");
  });

  test("also under another id, where the former one is named", () => {
    const stacks = synthesized({ "joe-black": { tier: "gold", formerId: "joe" } });
    expect(blocks(stacks.access)[`${key}.joe-black`]).toBe("key1");
  });

  test("also on a tier that has another id by now, in a cohort too", () => {
    const { gold, trial } = LEGACY.tiers;
    const stacks = synthesized({ joe: { tier: "premium", cohort: "emea" } }, IMPORTS, {
      tiers: { premium: { ...gold, formerId: "gold" }, trial },
      cohorts: { emea: {} },
    });
    expect(blocks(stacks.access)).toMatchObject({ "aws_api_gateway_usage_plan.premium": "plan1" });
    expect(resources(stacks["access-emea"], planKey).joe.usage_plan_id).toBe("plan1");
  });

  test("also into a cohort's state, which needs nothing of a plan that was never deployed", () => {
    const stacks = synthesized({ joe: { tier: "gold", cohort: "emea" } }, IMPORTS, { cohorts: { emea: {} } });
    expect(blocks(stacks["access-emea"])).toEqual({ [`${key}.joe`]: "key1", [`${planKey}.joe`]: "plan1/key1" });
    expect(resources(stacks["access-emea"], planKey).joe.usage_plan_id).toBe("plan1");
  });

  test("under the name that its key has in AWS", () => {
    const stacks = synthesized({ joe: { tier: "gold", keyName: "José / ${Black}" } });
    expect(resources(stacks.access, key).joe).toEqual({ description: "", enabled: true, name: "José / $${Black}" });
  });
});

describe("an API that already exists is imported with its stages", () => {
  const written = petShop({
    apis: {
      pets: {
        stages: { prod: {}, next: {} },
        authorizer: { lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys" },
        gatewayResponses: { THROTTLED: {} },
        routes: {
          "GET /pets": { mock: 200 },
          "POST /pets": { lambda: "arn:aws:lambda:us-east-1:123456789012:function:pets" },
          "PUT /new": { http: "https://backend.example.com" },
        },
      },
    },
  });
  const imported = {
    restApiId: "api1",
    resources: { "/": "root1", "/pets": "pets1" },
    routes: { "GET /pets": { keep: { "answer 200": ["response_templates"] } }, "POST /pets": {} },
    authorizers: { authorizer: { id: "auth1", keep: ["name"] } },
    gatewayResponses: { THROTTLED: {} },
    stages: { prod: { deploymentId: "dep1", keep: ["variables", "deployment.description"] } },
  };
  const stacksWith = (stage: Json) =>
    synthesize(defineUnchecked(written), { imports: { apis: { pets: { ...imported, stages: { prod: stage } } } } });
  const stacks = stacksWith(imported.stages.prod);
  const deployment = (stack: Json) => onlyResource(stack, "aws_api_gateway_deployment");

  test("with all of its parts, and without what is new", () => {
    const ids = stacks.pets.import.map(({ to, id }: Json) => `${to.split(".")[0]} ${id}`);
    expect(ids.sort()).toEqual([
      "aws_api_gateway_authorizer api1/auth1",
      "aws_api_gateway_gateway_response api1/THROTTLED",
      "aws_api_gateway_integration api1/pets1/GET",
      "aws_api_gateway_integration api1/pets1/POST",
      "aws_api_gateway_integration_response api1/pets1/GET/200",
      "aws_api_gateway_method api1/pets1/GET",
      "aws_api_gateway_method api1/pets1/POST",
      "aws_api_gateway_method_response api1/pets1/GET/200",
      "aws_api_gateway_resource api1/pets1",
      "aws_api_gateway_rest_api api1",
    ]);
    expect(stacks["pets-prod"].import.map(({ id }: Json) => id)).toEqual(["api1/dep1", "api1/prod"]);
    expect(stacks["pets-next"]).not.toHaveProperty("import");
    expect(onlyResource(stacks.pets, "aws_api_gateway_integration_response").lifecycle).toEqual({
      ignore_changes: ["response_templates"],
    });
  });

  test("without permissions for functions that may be called already", () => {
    expect(resources(stacks.pets, "aws_lambda_permission")).toEqual({});
  });

  test("by its id, so that no stack waits for the first deploy of another", () => {
    expect(JSON.stringify([stacks.access, stacks["pets-prod"]])).not.toContain("terraform_remote_state");
    expect(resources(stacks.access, "aws_api_gateway_usage_plan").gold.api_stages).toEqual([
      { api_id: "api1", stage: "prod" },
    ]);
  });

  test("a stage is not redeployed: triggers stay as in AWS, which has none", () => {
    const { lifecycle, triggers } = deployment(stacks["pets-prod"]);
    expect(lifecycle).toEqual({ create_before_destroy: true, ignore_changes: ["triggers", "description"] });
    expect(onlyResource(stacks["pets-prod"], "aws_api_gateway_stage").lifecycle.ignore_changes).toEqual(["variables"]);
    const noted = deployment(stacksWith({ deploymentId: "dep1", snapshot: triggers })["pets-prod"]);
    expect(noted).not.toHaveProperty("triggers");
    expect(noted.lifecycle).toEqual({ create_before_destroy: true });
  });

  test("until its definition is other than it was noted", () => {
    const { triggers } = deployment(stacks["pets-prod"]);
    const snapshot = { ...triggers, "GET /pets": "another" };
    expect(deployment(stacksWith({ deploymentId: "dep1", snapshot })["pets-prod"]).triggers).toEqual(triggers);
  });
});

test("without imports nothing of a stack is other than before", () => {
  const { access } = synthesized({ joe: { tier: "gold" } }, {});
  expect(access).not.toHaveProperty("import");
  expect(access.provider.aws[0]).not.toHaveProperty("ignore_tags");
  expect(resources(access, "aws_api_gateway_usage_plan").gold).not.toHaveProperty("lifecycle");
});

test("an import that nothing in the catalog answers to is warned of", () => {
  const imports: Imports = { subscriptions: { joe: { apiKeyId: "k1", usagePlanId: "p1" } } };
  withFolder((folder) => {
    const stacks = new TierStacks(new App({ outdir: folder }), defineUnchecked(petShop()), { imports });
    expect(synthesisWarnings(stacks)).toContain(
      'imports: has subscription "joe", which the catalog does not have; nothing is imported for it, so drop it',
    );
  });
});

test("an import of which the key main is gone is warned of, because nobody manages that key", () => {
  const imports: Imports = { subscriptions: { joe: { apiKeyId: "k1", usagePlanId: "p1" } } };
  const warningsWith = (keys: Json) =>
    withFolder((folder) => {
      const catalog = defineUnchecked(petShop({ subscriptions: { joe: { tier: "gold", keys } } }));
      const stacks = new TierStacks(new App({ outdir: folder }), catalog, { imports });
      return synthesisWarnings(stacks).filter((each) => each.startsWith("imports: "));
    });
  expect(warningsWith({ next: {} })).toEqual([
    expect.stringMatching(
      /^imports: has subscription "joe", but the catalog has no key "main" for it, so its key k1 is not imported/,
    ),
  ]);
  expect(warningsWith({ main: false, next: {} })).toEqual([]);
});

describe("an import file", () => {
  const read = (text: string | undefined) =>
    withFolder((folder) => {
      const file = join(folder, "imports.json");
      if (text !== undefined) writeFileSync(file, text);
      return importsFromFile(file);
    });

  test("is read as it was written", () => {
    expect(read(JSON.stringify(IMPORTS))).toEqual(IMPORTS);
  });

  test.each<[string, string | undefined, RegExp]>([
    ["that is not there", undefined, /imports\.json: does not exist; run "api-tiers adopt", or leave imports out/],
    ["that is not JSON", "{", /is not well formed JSON/],
    ["with a field that nobody knows", '{"plans":{}}', /has the unknown field "plans"; .*apis, tiers, subscriptions/],
    [
      "with an id that is none",
      '{"tiers":{"gold":{"usagePlanId":"a/b"}}}',
      /tiers\.gold\.usagePlanId must be an AWS id/,
    ],
  ])("%s is refused", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
