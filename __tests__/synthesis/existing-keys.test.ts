import { keyLocation } from "../../src/model/key-locations";
import { synthesizeCatalog } from "../../src/terraform/stacks/synthesize-catalog";
import { TestGateway } from "../../src/testing";
import { reviewCatalogs, said } from "../review/support/reviewed";
import { defineUnchecked, petShop, problemsOf, withSubscriptions } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";
import { type Json, resources, synthesize, withFolder } from "../support/synthesize";

const ID = "l1e2g3a4c5";
const limited = (burstLimit: number) => ({ access: { pets: "*" }, throttle: { rateLimit: 1, burstLimit } });
const shop = (subscriptions: Json, parts: Json = {}) =>
  petShop({ tiers: { small: limited(1), large: limited(3) }, subscriptions, ...parts });
const LEGACY = shop({ joe: { tier: "large" }, legacy: { tier: "small", existingKeyId: ID } });

describe("a key that is managed elsewhere, by its id", () => {
  test("is put into its plans, and neither created nor handed over", () => {
    const { access } = synthesize(defineUnchecked({ ...LEGACY, keyStore: { type: "ssm" }, cohorts: {} }));
    expect(Object.keys(resources(access, "aws_api_gateway_api_key"))).toEqual(["joe"]);
    expect(Object.keys(resources(access, "aws_ssm_parameter"))).toEqual(["joe"]);
    expect(resources(access, "aws_api_gateway_usage_plan_key").legacy).toMatchObject({
      key_id: ID,
      usage_plan_id: "${aws_api_gateway_usage_plan.small.id}",
    });
    expect(access.output.api_tiers.value.existing_keys).toEqual({ legacy: ID });
  });

  test("changes nothing of what a stack without one holds", () => {
    const { access } = synthesize(defineUnchecked(shop({ joe: { tier: "large" } })));
    expect(access.output.api_tiers.value).not.toHaveProperty("existing_keys");
  });

  test("is imported into its plans alone", () => {
    const imports = { subscriptions: { legacy: { apiKeyId: "other", usagePlanId: "plan1" } } };
    const { access } = synthesize(defineUnchecked(LEGACY), { imports });
    expect(access.import).toEqual([{ to: "aws_api_gateway_usage_plan_key.legacy", id: `plan1/${ID}` }]);
  });

  test("is known to the model as its subscription", () => {
    const { external, keys, plans } = readSynthesized(defineUnchecked(LEGACY));
    expect(keys.map(({ id }) => id)).toEqual(["joe"]);
    expect(external.keys).toEqual([
      { external: true, awsId: ID, id: "legacy", subscription: "legacy", key: "main", stack: "access", name: ID },
    ]);
    expect(plans.find(({ id }) => id === "small")?.externalKeys).toEqual(external.keys);
  });

  test("is found by its subscription, with the stack that puts it into its plans", () => {
    const location = withFolder((folder) => {
      synthesizeCatalog(defineUnchecked(LEGACY), folder);
      return keyLocation(folder, "legacy");
    });
    expect(location).toMatchObject({
      subscription: "legacy",
      existingKeyId: ID,
      stack: "access",
      handedOver: undefined,
    });
  });

  test("calls the local gateway with the limits of its tier, and the gateway says what it does not know", async () => {
    const gateway = TestGateway.of(defineUnchecked(LEGACY));
    const { statuses } = await gateway.customer("legacy").at("pets", "prod").burst(3, "GET /pets");
    expect(statuses).toEqual({ 200: 1, 429: 2 });
    expect(gateway.differences.map(({ message }) => message)).toContainEqual(
      expect.stringContaining(`puts the key ${ID} into a plan, which is managed elsewhere; here it is enabled`),
    );
    await gateway.close();
  });
});

describe("a review calls it by its subscription", () => {
  const without = shop({ joe: { tier: "large" } });
  const moved = shop({ joe: { tier: "large" }, legacy: { tier: "large", existingKeyId: ID } });

  test.each([
    ["that gains access", without, LEGACY],
    ["that loses access", LEGACY, without],
    ["that moves to another tier", LEGACY, moved],
  ])("%s", (_, before, after) => {
    const report = JSON.stringify(said(reviewCatalogs(before, after)));
    expect(report).toContain("legacy");
    expect(report).not.toContain(ID);
  });

  test("and a key that gets into its place is another", () => {
    const own = shop({ joe: { tier: "large" }, legacy: { tier: "small" } });
    const sections = said(reviewCatalogs(own, LEGACY));
    expect(Object.keys(sections)).toContain("access-lost");
  });
});

describe("beside the id of a key that is managed elsewhere", () => {
  const refused = (fields: Json) =>
    problemsOf(withSubscriptions({ joe: { tier: "gold", existingKeyId: ID, ...fields } }));

  test.each<[string, Json]>([
    ["keyName", { keyName: "Joe" }],
    ["keyValue", { keyValue: { variable: "joes_key" } }],
    ["enabled", { enabled: false }],
    ["enabled", { enabled: true }],
    ["marketplaceCustomerId", { marketplaceCustomerId: "c-1" }],
    ["handOver", { handOver: "ssm" }],
    ["tags", { tags: { team: "a" } }],
  ])("%s is refused: %j", (field, fields) => {
    expect(refused(fields)).toEqual([
      `subscription "joe": ${field} must not be given beside existingKeyId, because that key is managed elsewhere; drop one of the two`,
    ]);
  });

  test.each<[Json]>([[{ customer: "Joe" }], [{ handOver: false }], [{ formerId: "joes" }]])("%j is taken", (fields) => {
    expect(refused(fields)).toEqual([]);
  });

  test("no second subscription may have it", () => {
    const key = { tier: "gold", existingKeyId: ID };
    expect(problemsOf(withSubscriptions({ joe: key, zoe: key }))).toEqual([
      `subscription "zoe": existingKeyId "${ID}" is the key of subscription "joe" too; drop one, and give the other additionalTiers`,
    ]);
  });

  test.each(["Joe", "", "arn:aws:apigateway:us-east-1::/apikeys/l1e2g3a4c5", 7])("an id is never %j", (id) => {
    expect(problemsOf(withSubscriptions({ joe: { tier: "gold", existingKeyId: id } }))).toEqual([
      expect.stringMatching(/^subscription "joe": existingKeyId must be the id of a key in AWS, such as a1b2c3d4e5/),
    ]);
  });

  test("a value is refused in its place, and not shown", () => {
    const value = "not0a1real2key3value4";
    const problems = problemsOf(withSubscriptions({ joe: { tier: "gold", existingKeyId: value } }));
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain(value.slice(0, 6));
  });
});
