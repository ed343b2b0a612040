import { catalogNames } from "../../src/model/catalog-names";
import { keyLocation, keyLocations } from "../../src/model/key-locations";
import { openApiOf } from "../../src/openapi/openapi-of";
import { isFor, tierOf, tiersOf } from "../../src/replay/answers/fits";
import { synthesizeCatalog } from "../../src/terraform/stacks/synthesize-catalog";
import { TestGateway } from "../../src/testing";
import { defineUnchecked, petShop } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";
import { changedPaths, type Json, resources, synthesize, withFolder } from "../support/synthesize";

const limited = (burstLimit: number) => ({ access: { pets: "*" }, throttle: { rateLimit: 1, burstLimit } });
const shop = (joe: Json, parts: Json = {}) =>
  petShop({
    tiers: { small: limited(1), large: limited(3) },
    subscriptions: { "joe-black": { tier: "small", ...joe }, zoe: { tier: "large" } },
    ...parts,
  });
const stacksOf = (joe: Json, parts: Json = {}) => synthesize(defineUnchecked(shop(joe, parts)));

describe("a further key of a subscription", () => {
  const store = { keyStore: { type: "ssm" } };

  test("adds its own resources, under names of the subscription and its own, and leaves the first key as it is", () => {
    const changed = changedPaths(stacksOf({}, store), stacksOf({ keys: { main: {}, ci: {} } }, store));
    const ci = Object.keys(resources(stacksOf({ keys: { main: {}, ci: {} } }).access, "aws_api_gateway_api_key"))[1];
    expect(ci).toMatch(/^joe-black-ci-[0-9a-f]{8}$/);
    expect(changed).toEqual([
      `access/output/api_tiers/value/subscriptions/${ci}`,
      `access/resource/aws_api_gateway_api_key/${ci}`,
      `access/resource/aws_api_gateway_usage_plan_key/${ci}`,
      `access/resource/aws_ssm_parameter/${ci}`,
    ]);
  });

  test("is handed over under the name of its subscription and its own", () => {
    const { access } = stacksOf({ keys: { main: {}, ci: {} } }, store);
    const names = Object.values(resources(access, "aws_ssm_parameter")).map(({ name }) => name);
    expect(names.sort()).toEqual(["/api-tiers/keys/joe-black", "/api-tiers/keys/joe-black/ci", "/api-tiers/keys/zoe"]);
  });

  test("moves with a subscription that is renamed", () => {
    const subscriptions = { joe: { tier: "small", formerId: "joe-black", keys: { main: {}, ci: {} } } };
    const { access } = synthesize(defineUnchecked(shop({}, { subscriptions })));
    const [main, ci] = Object.keys(resources(access, "aws_api_gateway_api_key"));
    const former = Object.keys(resources(stacksOf({ keys: { main: {}, ci: {} } }).access, "aws_api_gateway_api_key"));
    expect(access.moved).toEqual(
      expect.arrayContaining([
        { from: "aws_api_gateway_api_key.joe-black", to: `aws_api_gateway_api_key.${main}` },
        { from: `aws_api_gateway_api_key.${former[1]}`, to: `aws_api_gateway_api_key.${ci}` },
        { from: `aws_api_gateway_usage_plan_key.${former[1]}`, to: `aws_api_gateway_usage_plan_key.${ci}` },
      ]),
    );
  });

  test("shares a name with no other subscription, whatever that is called", () => {
    const subscriptions = {
      joe: { tier: "small", keys: { main: {}, ci: {} } },
      "joe-ci": { tier: "small" },
      "joe--ci": { tier: "small" },
      "joe:ci": { tier: "small" },
    };
    const { access } = synthesize(defineUnchecked(shop({}, { subscriptions, ...store })));
    expect(Object.keys(resources(access, "aws_api_gateway_api_key"))).toHaveLength(5);
    expect(new Set(Object.values(resources(access, "aws_ssm_parameter")).map(({ name }) => name)).size).toBe(5);
  });

  test("is read back as that key of its subscription, and found by its id", () => {
    const catalog = defineUnchecked(
      shop({ keys: { main: {}, ci: { existingKeyId: "a1b2c3d4e5" }, old: false } }, store),
    );
    const { keys, external } = readSynthesized(catalog);
    expect(keys.map(({ id, subscription, key, enabled }) => [id, subscription, key, enabled])).toEqual([
      ["joe-black", "joe-black", "main", true],
      ["joe-black/old", "joe-black", "old", false],
      ["zoe", "zoe", "main", true],
    ]);
    expect(external.keys).toMatchObject([{ id: "joe-black/ci", subscription: "joe-black", key: "ci" }]);
    withFolder((folder) => {
      synthesizeCatalog(catalog, folder);
      expect(keyLocations(folder).map(({ subscription }) => subscription)).toEqual([
        "joe-black",
        "joe-black/ci",
        "joe-black/old",
        "zoe",
      ]);
      expect(keyLocation(folder, "joe-black/old").handedOver?.name).toBe("/api-tiers/keys/joe-black/old");
      expect(catalogNames(folder).subscriptions).toEqual(["joe-black", "zoe"]);
    });
  });

  test("is listed where a name could be one of several", () => {
    const catalog = defineUnchecked(shop({ keys: { ci: {}, "2026-11": {} } }));
    withFolder((folder) => {
      synthesizeCatalog(catalog, folder);
      expect(() => keyLocation(folder, "joe-black")).toThrow(
        '"joe-black" is the name of 2 subscriptions, "joe-black/2026-11", "joe-black/ci"; write one of these',
      );
    });
    const one = defineUnchecked(shop({ keys: { "2026-11": {} } }));
    withFolder((folder) => {
      synthesizeCatalog(one, folder);
      expect(keyLocation(folder, "joe-black").subscription).toBe("joe-black/2026-11");
    });
  });

  test("has the limits of the tier for itself, as on AWS", async () => {
    const gateway = TestGateway.of(defineUnchecked(shop({ keys: { main: {}, ci: {}, old: false } })));
    const statuses = async (id: string) =>
      (await gateway.customer(id).at("pets", "prod").burst(3, "GET /pets")).statuses;
    expect(await statuses("joe-black")).toEqual({ 200: 1, 429: 2 });
    expect(await statuses("joe-black/ci")).toEqual({ 200: 1, 429: 2 });
    expect(await statuses("joe-black/old")).toEqual({ 403: 3 });
    await gateway.close();
  });
});

describe("a usage plan of negotiated limits", () => {
  const limits = { throttle: { rateLimit: 2, burstLimit: 2 } };

  test("stands beside the tiers' under the subscription's id, and says whose it is", () => {
    const before = stacksOf({});
    const after = stacksOf({ limits });
    const [plan = ""] = Object.keys(after.access.output.api_tiers.value.negotiated);
    expect(changedPaths(before, after)).toEqual([
      "access/output/api_tiers/value/negotiated",
      `access/resource/aws_api_gateway_usage_plan/${plan}`,
      "access/resource/aws_api_gateway_usage_plan_key/joe-black/usage_plan_id",
    ]);
    expect(after.access.output.api_tiers.value.negotiated[plan]).toBe("joe-black/small");
    expect(resources(after.access, "aws_api_gateway_usage_plan")[plan]).toMatchObject({
      name: "small (joe-black)",
      tags: { "api-tiers:tier": "small", "api-tiers:subscription": "joe-black" },
      throttle_settings: { rate_limit: 2, burst_limit: 2 },
    });
  });

  test("follows the access of the tier", () => {
    const apis = (stages: Json) => ({ apis: { pets: { stages, routes: { "GET /pets": { mock: 200 } } } } });
    const stages = (of: Json) => {
      const { access } = stacksOf({ limits }, apis(of));
      const [plan = ""] = Object.keys(access.output.api_tiers.value.negotiated);
      return resources(access, "aws_api_gateway_usage_plan")[plan].api_stages.map(({ stage }: Json) => stage);
    };
    expect(stages({ prod: {} })).toEqual(["prod"]);
    expect(stages({ prod: {}, test: {} })).toEqual(["prod", "test"]);
  });

  test("moves with a subscription that is renamed", () => {
    const subscriptions = { joe: { tier: "small", formerId: "joe-black", limits } };
    const { access } = synthesize(defineUnchecked(shop({}, { subscriptions })));
    const [to = ""] = Object.keys(access.output.api_tiers.value.negotiated);
    const [from = ""] = Object.keys(stacksOf({ limits }).access.output.api_tiers.value.negotiated);
    expect(access.moved).toContainEqual({
      from: `aws_api_gateway_usage_plan.${from}`,
      to: `aws_api_gateway_usage_plan.${to}`,
    });
  });

  test("is read back with its tier and its subscription, and limits the customer here", async () => {
    const catalog = defineUnchecked(shop({ limits }));
    const { plans } = readSynthesized(catalog);
    expect(
      plans.map(({ id, tier, negotiatedFor, keys }) => [id, tier, negotiatedFor, keys.map((key) => key.id)]),
    ).toEqual([
      ["joe-black/limits", "small", "joe-black", ["joe-black"]],
      ["large", "large", undefined, ["zoe"]],
      ["small", "small", undefined, []],
    ]);
    const gateway = TestGateway.of(catalog);
    const { statuses } = await gateway.customer("joe-black").at("pets", "prod").burst(3, "GET /pets");
    expect(statuses).toEqual({ 200: 2, 429: 1 });
    await gateway.close();
  });

  test("has the price of the tier that was bought", () => {
    const price = { currency: "EUR", base: { amount: "30.00", each: "MONTH" } };
    const catalog = defineUnchecked(
      shop({ limits }, { tiers: { small: { ...limited(1), price }, large: limited(3) } }),
    );
    const { plans } = readSynthesized(catalog);
    expect(plans.map(({ id, price: sold }) => [id, sold !== undefined])).toEqual([
      ["joe-black/limits", true],
      ["large", false],
      ["small", true],
    ]);
  });

  test("is nobody else's to read: an OpenAPI document names the tiers that are sold, and no negotiated limits", () => {
    const document = JSON.stringify(
      openApiOf(readSynthesized(defineUnchecked(shop({ limits, customer: "Joe Black" }))), "pets"),
    );
    expect(document).toContain("small");
    expect(document).not.toMatch(/joe|Joe/);
  });

  test("is changed by no candidate of the tier, and fits no other customer", () => {
    const model = readSynthesized(defineUnchecked(shop({ limits })));
    expect(model.plans.map(tierOf)).toEqual(["joe-black/limits", "large", "small"]);
    const own = tiersOf(model).find(({ id }) => id === "joe-black/limits");
    expect(own && [isFor(own, "joe-black"), isFor(own, "zoe")]).toEqual([true, false]);
  });
});
