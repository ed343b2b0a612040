import { document, INVOKE } from "../support/body";
import type { Json } from "../support/synthesize";
import { reviewTerraform, said } from "./support/reviewed";

/** A shop whose routes stand in the body of its API; its stage follows the body. */
function shop(change: (document: Json, api: Json) => void = () => {}): Json {
  const changed = document();
  const api: Json = { name: "pets" };
  change(changed, api);
  const body = JSON.stringify(changed);
  const rest_api_id = "${aws_api_gateway_rest_api.pets.id}";
  return {
    aws_api_gateway_rest_api: { pets: { body, ...api } },
    aws_api_gateway_deployment: { pets: { rest_api_id, triggers: { redeployment: body } } },
    aws_api_gateway_stage: {
      prod: { rest_api_id, stage_name: "prod", deployment_id: "${aws_api_gateway_deployment.pets.id}" },
    },
    aws_api_gateway_usage_plan: { gold: { name: "gold", api_stages: [{ api_id: rest_api_id, stage: "prod" }] } },
    aws_api_gateway_api_key: { joe: { name: "joe" } },
    aws_api_gateway_usage_plan_key: {
      joe: {
        key_id: "${aws_api_gateway_api_key.joe.id}",
        key_type: "API_KEY",
        usage_plan_id: "${aws_api_gateway_usage_plan.gold.id}",
      },
    },
  };
}

/** What a review says, but for what was so before. */
function findings(before: Json, after: Json): Record<string, string[]> {
  const { "stage-redeployed": _, "route-ignores-key": __, ...others } = said(reviewTerraform(before, after));
  return others;
}

describe("a change of the body of a REST API is reviewed route by route", () => {
  test.each<[string, (document: Json) => void, Record<string, string[]>]>([
    [
      "a route that is opened",
      ({ paths }) => {
        paths["/pets"].get.security = [];
      },
      { "route-opened": ["GET /pets of pets: becomes open to everyone"] },
    ],
    [
      "a path that is deleted",
      ({ paths }) => {
        delete paths["/pets/{id}"];
      },
      { "route-removed": [expect.stringMatching(/^ANY \/pets\/\{id\} of pets: /)] },
    ],
    [
      "an authorizer that is taken away",
      ({ paths }) => {
        paths["/pets"].post.security = [{ api_key: [] }];
      },
      { "authorizer-removed": ["POST /pets of pets: no longer asks for tokens"] },
    ],
    [
      "an integration that calls another backend",
      ({ paths }) => {
        paths["/pets"].post["x-amazon-apigateway-integration"].uri = "https://other.example.com/";
      },
      { "integration-changed": ["POST /pets of pets: its integration changes: uri"] },
    ],
    [
      "a description, which only people read",
      ({ paths, info }) => {
        info.description = "Pets";
        paths["/pets"].get.summary = "Pets";
      },
      {},
    ],
  ])("%s", (_, change, expected) => {
    expect(findings(shop(), shop(change))).toEqual(expected);
  });

  test("a route that comes, where the stage does not follow the body", () => {
    const after = shop(({ paths }) => {
      paths["/toys"] = paths["/pets"];
    });
    after.aws_api_gateway_deployment = shop().aws_api_gateway_deployment;
    expect(findings(shop(), after)["change-not-deployed"]).toEqual([
      expect.stringMatching(/^stage pets\/prod: goes on without: .*GET \/toys/),
    ]);
  });

  test("what is merged into an API stays there, and is not removed", () => {
    const merge = (_: Json, api: Json) => Object.assign(api, { put_rest_api_mode: "merge" });
    const after = shop((each, api) => {
      merge(each, api);
      delete each.paths["/pets/{id}"];
      each.paths["/pets"].get.security = [];
    });
    const found = findings(shop(merge), after);
    expect(found["route-removed"]).toBeUndefined();
    expect(found["route-opened"]).toEqual(["GET /pets of pets: becomes open to everyone"]);
  });

  test.each<[string, (document: Json) => void, string]>([
    ["Swagger 1.2", (each) => Object.assign(each, { swagger: "1.2" }), "Swagger 1.2"],
    [
      "an extension that is not read",
      (each) => Object.assign(each, { "x-amazon-apigateway-new": INVOKE }),
      "x-amazon-apigateway-new",
    ],
  ])("%s makes the verdict no green one", (_, change, what) => {
    const report = reviewTerraform(shop(), shop(change));
    expect(report.verdict).toBe("decision-needed");
    expect(JSON.stringify(report.sections)).toContain(what);
  });
});
