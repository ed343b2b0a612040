import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import fc from "fast-check";
import { ApiDefinition, ApiRelease, isOwnApi, SubscriptionKeys, TierPlans, TierStacks } from "../../src";
import type { GatewayModel } from "../../src/model/model";
import { readGateway } from "../../src/model/read-gateway";
import { arbitraryCatalog } from "../support/arbitrary-catalog";
import { defineUnchecked, petShop, withSubscriptions } from "../support/catalogs";
import { everything } from "../support/everything";
import { readSynthesized } from "../support/read-synthesized";
import { type Json, withFolder, withoutStackTraces } from "../support/synthesize";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 10);

function read(build: (app: App) => void): GatewayModel {
  return withFolder((folder) => {
    const app = new App({ outdir: join(folder, "cdktf.out") });
    withoutStackTraces(() => {
      build(app);
      app.synth();
    });
    return readGateway(app.outdir);
  });
}

const identitiesOf = ({ apis, plans, keys }: GatewayModel) => ({
  apis: apis.map(({ api }) => api),
  stages: apis.flatMap(({ api, stages }) => stages.map(({ stage }) => `${api}/${stage}`)),
  tiers: plans.map(({ tier }) => tier),
  subscriptions: keys.map(({ subscription }) => subscription),
});

describe("what this project created is known by the catalog's ids", () => {
  test("of any catalog, though names in AWS are the same", () => {
    fc.assert(
      fc.property(arbitraryCatalog, (written) => {
        const sameNames: Json = structuredClone(written);
        for (const each of Object.values<Json>(sameNames.subscriptions)) each.keyName = "key";
        for (const each of Object.values<Json>(sameNames.apis)) each.name = "API";
        const catalog = defineUnchecked(sameNames);
        const own = catalog.apis.filter(isOwnApi);
        expect(identitiesOf(readSynthesized(catalog))).toEqual({
          apis: own.map(({ id }) => id),
          stages: own.flatMap(({ id, stages }) => stages.map(({ name }) => `${id}/${name}`)),
          tiers: catalog.tiers.map(({ id }) => id),
          subscriptions: catalog.subscriptions.map(({ id }) => id),
        });
      }),
      { numRuns: RUNS },
    );
  });

  test("of the whole vocabulary, in cohorts too", () => {
    const { apis, keys } = readSynthesized(defineUnchecked(everything));
    expect(apis.filter(({ api }) => api === undefined)).toEqual([]);
    expect(keys.map(({ subscription, stack }) => [subscription, stack])).toContainEqual([
      "zoe@example.com",
      "access-emea",
    ]);
  });

  test("in a team's own stack", () => {
    const catalog = defineUnchecked(petShop({ subscriptions: { joe: { tier: "gold", keyName: "Joe" } } }));
    const model = read((app) => {
      const stack = new TerraformStack(app, "team");
      new AwsProvider(stack, "aws", {});
      const [api] = catalog.apis.filter(isOwnApi);
      if (!api?.stages[0]) throw new Error("the pet shop has a stage");
      const definition = new ApiDefinition(stack, "definition-of-pets", { api });
      new ApiRelease(stack, "live", { definition, stage: api.stages[0] });
      const plans = new TierPlans(stack, "plans", {
        tiers: catalog.tiers,
        restApiIds: { pets: definition.restApiId },
      });
      new SubscriptionKeys(stack, "keys", { subscriptions: catalog.subscriptions, planIds: plans.ids });
    });
    expect(identitiesOf(model)).toEqual({
      apis: ["pets"],
      stages: ["pets/prod"],
      tiers: ["gold"],
      subscriptions: ["joe"],
    });
  });

  test("what is in the account already, and is imported", () => {
    const catalog = defineUnchecked(petShop({ subscriptions: { joe: { tier: "gold", keyName: "Joe" } } }));
    const imports = {
      tiers: { gold: { usagePlanId: "p1" } },
      subscriptions: { joe: { apiKeyId: "k1", usagePlanId: "p1" } },
    };
    expect(identitiesOf(readSynthesized(catalog, { imports }))).toMatchObject({
      tiers: ["gold"],
      subscriptions: ["joe"],
    });
  });
});

describe("what somebody else created is not", () => {
  const catalog = defineUnchecked(withSubscriptions({ joe: { tier: "gold" } }));
  const subscriptions = (change: (access: TerraformStack) => void) =>
    read((app) => change(new TierStacks(app, catalog).stacks.get("access") as TerraformStack)).keys.map(
      ({ subscription, name }) => [name, subscription],
    );

  test("a key in one of our stacks, even with a plan key of its name", () => {
    const found = subscriptions((access) => {
      const key = new ApiGatewayApiKey(access, "extra", { name: "extra" });
      new ApiGatewayUsagePlanKey(access, "extra-plan-key", {
        keyId: key.id,
        keyType: "API_KEY",
        usagePlanId: "${aws_api_gateway_usage_plan.gold.id}",
      }).overrideLogicalId("extra");
    });
    expect(found).toEqual([
      ["extra", undefined],
      ["joe", "joe"],
    ]);
  });

  test("a key that is put into the JSON of one of our stacks", () => {
    const found = subscriptions((access) => {
      access.addOverride("resource.aws_api_gateway_api_key.extra", { name: "joe" });
      access.addOverride("resource.aws_api_gateway_usage_plan_key.extra", {
        key_id: "${aws_api_gateway_api_key.extra.id}",
        key_type: "API_KEY",
        usage_plan_id: "${aws_api_gateway_usage_plan.gold.id}",
      });
    });
    expect(found).toEqual([
      ["joe", undefined],
      ["joe", "joe"],
    ]);
  });

  test("keys, plans and APIs of plain Terraform, whatever they are called", () => {
    const model = readStack({
      resource: {
        aws_api_gateway_rest_api: { pets: { name: "pets" } },
        aws_api_gateway_usage_plan: { gold: { name: "gold" } },
        aws_api_gateway_api_key: { joe: { name: "joe" } },
      },
    });
    expect(identitiesOf(model)).toMatchObject({ apis: [undefined], tiers: [undefined], subscriptions: [undefined] });
  });
});

describe("plans and states say the same", () => {
  const values = (resources: Json[], children: Json[] = []) => ({
    outputs: { api_tiers: { sensitive: false, value: { subscriptions: { "acme-inc-a7a5": "acme.inc" } } } },
    root_module: { resources, child_modules: children },
  });
  const key = (name: string, id: string, address = `aws_api_gateway_api_key.${name}`): Json => ({
    address,
    mode: "managed",
    type: "aws_api_gateway_api_key",
    name,
    values: { id, name: "The same" },
  });
  const planKey = (name: string, keyId: string): Json => ({
    address: `aws_api_gateway_usage_plan_key.${name}`,
    mode: "managed",
    type: "aws_api_gateway_usage_plan_key",
    name,
    values: { key_id: keyId, usage_plan_id: "p1" },
  });
  const shown = values(
    [
      key("joe", "k1"),
      planKey("joe", "k1"),
      key("extra", "k3"),
      planKey("extra", "k1"),
      key("many", "k4", 'aws_api_gateway_api_key.many["a"]'),
    ],
    [{ address: "module.shop", resources: [key("amy", "k5", "module.shop/The same")] }],
  );

  test.each([
    ["a state", { format_version: "1.0", values: shown }],
    ["a plan", { format_version: "1.2", planned_values: shown, resource_changes: [] }],
  ])("%s: of keys with one name, the one that has the subscription's address and its plan key", (_, json) => {
    const model = withFolder((folder) => {
      const file = join(folder, "shown.json");
      writeFileSync(file, JSON.stringify(json));
      return readGateway(file);
    });
    expect(model.keys.map(({ id, subscription }) => [id, subscription])).toEqual([
      ["aws_api_gateway_api_key.extra", undefined],
      ['aws_api_gateway_api_key.many["a"]', undefined],
      ["joe", "joe"],
      ["module.shop/The same", undefined],
    ]);
  });
});

test("ten thousand subscriptions are read fast, and listed only where Terraform refuses their ids as names", () => {
  const subscriptions = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, at) => [at % 2 ? `customer-${at}` : `${at}@example.com`, { tier: "gold" }]),
  );
  const catalog = defineUnchecked(withSubscriptions(subscriptions));
  const model = readSynthesized(catalog);
  expect(model.keys.map(({ subscription }) => subscription).sort()).toEqual(Object.keys(subscriptions).sort());
});

function readStack(json: Json): GatewayModel {
  return withFolder((folder) => {
    mkdirSync(join(folder, "stacks/one"), { recursive: true });
    writeFileSync(join(folder, "stacks/one/cdk.tf.json"), JSON.stringify(json));
    return readGateway(folder);
  });
}
