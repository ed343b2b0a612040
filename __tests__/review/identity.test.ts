import { acceptanceOf } from "../../src/review/acceptance";
import { review } from "../../src/review/review";
import { petShop } from "../support/catalogs";
import type { Json } from "../support/synthesize";
import { plan } from "./support/planner";
import { reviewCatalogs, said } from "./support/reviewed";

const REASON = "They have left.";

describe("customers whose keys have one name in AWS are kept apart", () => {
  const catalog = (subscriptions: Json) => petShop({ subscriptions });
  const both = { "joe-black": { tier: "gold" }, "joe-black-4": { tier: "gold", keyName: "joe-black" } };

  test("by the ids of their subscriptions", () => {
    expect(said(reviewCatalogs(catalog(both), catalog({})))).toMatchObject({
      "access-lost": ["joe-black: the key is deleted", "joe-black-4: the key is deleted"],
    });
  });

  test("so that who accepts the loss of one accepts it of no other", () => {
    const accepted = [acceptanceOf("access-lost:joe-black", REASON)];
    const report = reviewCatalogs(catalog(both), catalog({}), { accepted });
    expect(report).toMatchObject({ verdict: "decision-needed", decisions: 1, accepted: 1 });
  });

  test("also where a subscription has the id that is the name of another's key", () => {
    const swapped = { a: { tier: "gold", keyName: "b" }, b: { tier: "gold", keyName: "a" } };
    const report = reviewCatalogs(catalog(swapped), catalog({ b: swapped.b }));
    expect(said(report)).toEqual({ "access-lost": ["a: the key is deleted"] });
    expect(report.customers.losing).toEqual(["a"]);
  });
});

describe("two environments in one review", () => {
  const shop = (keys: readonly string[]): Json => ({
    resource: {
      aws_api_gateway_rest_api: { shop: { name: "shop" } },
      aws_api_gateway_stage: {
        prod: { rest_api_id: "${aws_api_gateway_rest_api.shop.id}", stage_name: "prod", deployment_id: "d" },
      },
      aws_api_gateway_usage_plan: {
        basic: {
          name: "basic",
          throttle_settings: { rate_limit: 5, burst_limit: 5 },
          api_stages: [{ api_id: "${aws_api_gateway_rest_api.shop.id}", stage: "prod" }],
        },
      },
      aws_api_gateway_api_key: Object.fromEntries(keys.map((name) => [name, { name }])),
      aws_api_gateway_usage_plan_key: Object.fromEntries(
        keys.map((name) => [
          name,
          {
            key_id: `\${aws_api_gateway_api_key.${name}.id}`,
            key_type: "API_KEY",
            usage_plan_id: "${aws_api_gateway_usage_plan.basic.id}",
          },
        ]),
      ),
    },
  });
  const plans = plan(
    { dev: shop(["ctrlo", "acme"]), prod: shop(["ctrlo", "globex"]) },
    { dev: shop(["acme"]), prod: shop([]) },
  );

  test("carry the stack in the names that stand in both", () => {
    expect(said(review(plans))["access-lost"]).toEqual([
      "dev/ctrlo: the key is deleted",
      "globex: the key is deleted",
      "prod/ctrlo: the key is deleted",
    ]);
  });

  test("need an acceptance each", () => {
    const accepted = [acceptanceOf("access-lost:dev/ctrlo", REASON)];
    expect(review(plans, { accepted })).toMatchObject({ decisions: 2, accepted: 1 });
    const ambiguous = [acceptanceOf("access-lost:ctrlo", REASON)];
    expect(review(plans, { accepted: ambiguous })).toMatchObject({
      accepted: 0,
      unusedAcceptances: ["access-lost:ctrlo"],
    });
  });

  test("have two of every finding, and no two findings of a rule are accepted by one name", () => {
    const changed = (stack: string) => {
      const json = shop(["acme"]);
      json.resource.aws_api_gateway_usage_plan.basic.throttle_settings = { rate_limit: 1, burst_limit: 1 };
      delete json.resource.aws_api_gateway_stage[stack === "dev" ? "none" : "prod"];
      return json;
    };
    const report = review(
      plan({ dev: shop(["ctrlo"]), prod: shop(["ctrlo"]) }, { dev: changed("dev"), prod: changed("prod") }),
    );
    for (const { rule, findings } of report.sections) {
      const names = findings.map(({ about }) => about);
      expect({ rule, names }).toEqual({ rule, names: [...new Set(names)] });
    }
    expect(said(report)["limits-lowered"]?.map((each) => each.split(":")[0])).toEqual([
      "tier dev/basic",
      "tier prod/basic",
    ]);
  });
});
