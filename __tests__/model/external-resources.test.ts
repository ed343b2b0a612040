import { externalIds } from "../../src/model/external-ids";
import { gatewayIn } from "../../src/model/read-gateway";
import { ResourceIndex } from "../../src/model/resource-index";
import { unevaluated } from "../../src/model/terraform-resource";
import { defineUnchecked } from "../support/catalogs";
import { everything } from "../support/everything";
import { readSynthesized } from "../support/read-synthesized";
import type { Json } from "../support/synthesize";

/** A state of these resources. */
const stateOf = (...resources: (readonly [type: string, name: string, attributes: Json])[]) =>
  new ResourceIndex({
    resources: resources.map(([type, name, attributes]) => ({
      stack: "keys",
      address: `${type}.${name}`,
      type,
      folder: "",
      attributes,
    })),
    unsupported: [],
    identities: new Map(),
  });

const PLAN_KEY = "aws_api_gateway_usage_plan_key";

describe("what the files name by its id and do not manage", () => {
  test("is an external API, by the id of a catalog that says which one it is", () => {
    const { apis, plans, external } = readSynthesized(defineUnchecked(everything));
    expect(external.apis).toEqual([
      { external: true, awsId: "a1b2c3d4e5", id: "legacy", name: "legacy", routes: [], stages: [] },
    ]);
    expect(apis.map(({ id }) => id)).not.toContain("legacy");
    expect(plans.flatMap(({ stages }) => stages).filter(({ api }) => api === "legacy")).not.toEqual([]);
  });

  test("is an external API with the stages that the files add to it", () => {
    const state = stateOf(["aws_api_gateway_stage", "prod", { rest_api_id: "abc123", stage_name: "prod" }]);
    const { apis, external } = gatewayIn(state);
    expect(apis).toEqual([]);
    expect(external.apis.map(({ id, stages }) => [id, stages.map(({ name }) => name)])).toEqual([["abc123", ["prod"]]]);
  });

  test("is an external key in a plan, and an external plan with a key, once each", () => {
    const { plans, keys, external } = gatewayIn(
      stateOf(
        ["aws_api_gateway_usage_plan", "gold", { id: "plan1", name: "gold" }],
        ["aws_api_gateway_api_key", "joe", { id: "key1", name: "joe" }],
        [PLAN_KEY, "in", { key_id: "key2", usage_plan_id: "plan1", name: "acme" }],
        [PLAN_KEY, "out", { key_id: "key1", usage_plan_id: "plan2" }],
        [PLAN_KEY, "both", { key_id: "key2", usage_plan_id: "plan2", name: "acme" }],
      ),
    );
    const acme = { external: true, awsId: "key2", id: "acme", name: "acme" };
    expect(keys.map(({ id }) => id)).toEqual(["joe"]);
    expect(plans.map(({ id, keys: own, externalKeys }) => [id, own, externalKeys])).toEqual([["gold", [], [acme]]]);
    expect(external.keys).toEqual([acme]);
    expect(external.plans.map(({ id }) => id)).toEqual(["plan2"]);
    expect(external.plans[0]?.keys.map(({ id }) => id).sort()).toEqual(["acme", "joe"]);
  });

  test.each([
    ["of its id", "key2", "plan2", false],
    ["of an id that is known only after the apply", unevaluated("a.b"), unevaluated("c.d"), true],
  ])(
    "leaves open which plans a key of the files is in, and which keys a plan has, if a plan key says %s",
    (_, key, plan, isOpen) => {
      const { plans, keys } = gatewayIn(
        stateOf(
          ["aws_api_gateway_usage_plan", "gold", { id: "plan1", name: "gold" }],
          ["aws_api_gateway_api_key", "joe", { id: "key1", name: "joe" }],
          [PLAN_KEY, "in", { key_id: key, usage_plan_id: "plan1" }],
          [PLAN_KEY, "out", { key_id: "key1", usage_plan_id: plan }],
        ),
      );
      expect([keys[0]?.hasUnknownPlans, plans[0]?.hasUnknownKeys]).toEqual([isOpen, isOpen]);
    },
  );

  test("has the name of nothing that is managed", () => {
    const state = stateOf(
      ["aws_api_gateway_usage_plan", "gold", { id: "plan1", name: "plan2" }],
      ["aws_api_gateway_api_key", "acme", { id: "key1", name: "acme" }],
      [PLAN_KEY, "one", { key_id: "key2", usage_plan_id: "plan1", name: "acme" }],
      [PLAN_KEY, "two", { key_id: "key1", usage_plan_id: "plan2" }],
    );
    const { external } = gatewayIn(state);
    expect(external.keys.map(({ id, name }) => [id, name])).toEqual([["key2", "acme"]]);
    expect(external.plans.map(({ id }) => id)).toEqual(["external/plan2"]);
  });

  test("is nothing that another state of the same account manages", () => {
    const member = [PLAN_KEY, "acme", { key_id: "key1", usage_plan_id: "plan1" }] as const;
    const before = stateOf(
      ["aws_api_gateway_usage_plan", "gold", { id: "plan1", name: "gold" }],
      ["aws_api_gateway_api_key", "acme", { id: "key1", name: "acme" }],
      member,
    );
    const after = stateOf(member);
    const { external, unsupported } = gatewayIn(after, externalIds([before, after]));
    expect(external).toEqual({ apis: [], plans: [], keys: [] });
    expect(unsupported).toMatchObject([{ kind: "plan-key", isExternal: false }]);
  });
});
