import { acceptanceOf } from "../../src/review/acceptance";
import { renderMarkdown } from "../../src/review/render/markdown";
import { renderText } from "../../src/review/render/text";
import { review } from "../../src/review/review";
import { petShop } from "../support/catalogs";
import type { Json } from "../support/synthesize";
import { plan } from "./support/planner";
import { reviewCatalogs, said } from "./support/reviewed";
import { wholePlan } from "./support/whole-plan";

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
    const report = review(plans, { accepted: ambiguous });
    expect(report).toMatchObject({
      accepted: 0,
      unusedAcceptances: ["access-lost:ctrlo"],
      didYouMean: { "access-lost:ctrlo": ["access-lost:dev/ctrlo", "access-lost:prod/ctrlo"] },
    });
    const meant = "access-lost:ctrlo (did you mean access-lost:dev/ctrlo or access-lost:prod/ctrlo?)";
    expect(renderText(report, { color: false, width: 200 })).toContain(meant);
    expect(renderMarkdown(report).replaceAll("`", "")).toContain(meant);
  });

  test.each([
    ["access-lost:globx", ["access-lost:globex"]],
    ["key-replaced:globex", ["access-lost:globex"]],
    ["access-lost:somebody-else", undefined],
  ])("have a finding that is near to %s: %j", (accept, meant) => {
    const report = review(plans, { accepted: [acceptanceOf(accept, REASON)] });
    expect(report.didYouMean[accept]).toEqual(meant);
  });

  test("have findings of functions, parameters and adopted resources with names of their own", () => {
    const change = (type: string, actions: string[], before: Json, after: Json, rest: Json = {}) => ({
      address: `${type}.x`,
      type,
      name: "x",
      mode: "managed",
      change: { actions, before, after, after_unknown: {}, ...rest },
    });
    const KEY = { id: "key1", name: "x", enabled: true, value: ["Value", "Of", "AKey", "0123456789"].join("") };
    const json = wholePlan([
      change(
        "aws_lambda_function",
        ["update"],
        { function_name: "f", runtime: "a" },
        { function_name: "f", runtime: "b" },
      ),
      change("aws_api_gateway_api_key", ["no-op"], KEY, KEY, { importing: { id: "key1" } }),
      change("aws_ssm_parameter", ["delete"], { name: "/keys/x", value: KEY.value, type: "SecureString" }, null),
      {
        ...change("aws_ssm_parameter", ["delete"], { name: "/other", value: "no key" }, null),
        address: "aws_ssm_parameter.y",
      },
    ]);
    const both = ["dev", "prod"].map((stack) => ({ stack, file: `${stack}.json`, json }));
    const report = review(both);
    const abouts = Object.fromEntries(
      report.sections.map(({ rule, findings }) => [rule, findings.map(({ about }) => about)]),
    );
    expect(abouts).toMatchObject({
      "handler-released": ["dev/aws_lambda_function.x", "prod/aws_lambda_function.x"],
      adopted: ["dev/aws_api_gateway_api_key.x", "prod/aws_api_gateway_api_key.x"],
      "key-place-lost": ["dev//keys/x", "prod//keys/x"],
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
