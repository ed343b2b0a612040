import { petShop } from "../support/catalogs";
import { circle, owner, pet, ref } from "../support/models";
import type { Json } from "../support/synthesize";
import { reviewCatalogs, reviewTerraform, said } from "./support/reviewed";

const MODELS = { Pet: pet, Owner: owner, Alone: { type: "string" }, ...circle };

const withModels = (models: Record<string, unknown>, body: unknown = ref("Pet")) => {
  const request = (of: unknown) => ({ mock: 200, request: { body: of } });
  const routes = { "POST /pets": request(body), "POST /people": request({ type: "array", items: ref("Person") }) };
  return petShop({ apis: { pets: { stages: { prod: {} }, models, routes } } });
};
const refusedBy = (after: object, before: object = withModels(MODELS)) =>
  said(reviewCatalogs(before, after))["requests-refused"];

describe("a changed model", () => {
  test.each<[string, Record<string, unknown>, string[] | undefined]>([
    ["that a body is", { Pet: { ...pet, minProperties: 1 } }, ["POST /pets of pets"]],
    ["to which one refers", { Owner: { ...owner, required: ["id"] } }, ["POST /pets of pets"]],
    ["in a circle", { House: { ...circle.House, minProperties: 1 } }, ["POST /people of pets"]],
    ["that no body needs", { Alone: { type: "number" } }, undefined],
  ])("%s checks the bodies of the routes that need it by another schema", (_, changed, routes) => {
    expect(refusedBy(withModels({ ...MODELS, ...changed }))).toEqual(
      routes?.map((route) => `${route}: checks application/json bodies by another schema`),
    );
  });

  test("that no body needs is nothing to decide", () => {
    const report = reviewCatalogs(withModels(MODELS), withModels({ ...MODELS, Alone: { type: "number" }, New: {} }));
    expect(report.verdict).toBe("no-decision-needed");
  });

  test("that goes is nothing to decide where the bodies need it no more, beside the change of these", () => {
    const { Alone: _, ...rest } = MODELS;
    expect(reviewCatalogs(withModels(MODELS), withModels(rest)).verdict).toBe("no-decision-needed");
  });
});

describe("in Terraform that was written by hand", () => {
  const api = "${aws_api_gateway_rest_api.pets.id}";
  const url = (name: string) => ({ $ref: `https://apigateway.amazonaws.com/restapis/${api}/models/${name}` });
  const model = (name: string, schema: object) => ({
    rest_api_id: api,
    name,
    content_type: "application/json",
    schema: JSON.stringify(schema),
  });
  const terraform = (models: Record<string, object>, named = "List"): Json => ({
    aws_api_gateway_rest_api: { pets: { name: "pets" } },
    aws_api_gateway_resource: {
      pets: { rest_api_id: api, parent_id: "${aws_api_gateway_rest_api.pets.root_resource_id}", path_part: "pets" },
    },
    aws_api_gateway_request_validator: { body: { rest_api_id: api, name: "body", validate_request_body: true } },
    aws_api_gateway_method: {
      pets: {
        rest_api_id: api,
        resource_id: "${aws_api_gateway_resource.pets.id}",
        http_method: "POST",
        authorization: "NONE",
        request_validator_id: "${aws_api_gateway_request_validator.body.id}",
        request_models: { "application/json": named },
      },
    },
    aws_api_gateway_model: Object.fromEntries(
      Object.entries(models).map(([name, schema]) => [name.toLowerCase(), model(name, schema)]),
    ),
  });
  const LIST = { type: "array", items: url("Pet") };

  test("a model to which another one refers is judged as that one is", () => {
    const report = reviewTerraform(
      terraform({ List: LIST, Pet: { type: "object" } }),
      terraform({ List: LIST, Pet: { type: "object", required: ["id"] } }),
    );
    expect(said(report)["requests-refused"]).toEqual([
      "POST /pets of pets: checks application/json bodies by another schema",
    ]);
  });

  test("nobody says that a model matters not, where a body is of one that is not in these files", () => {
    const changed = (named: string) =>
      reviewTerraform(
        terraform({ List: LIST, Pet: {}, Toy: {} }, named),
        terraform({ List: LIST, Pet: {}, Toy: { type: "object" } }, named),
      );
    const notJudged = (named: string) => JSON.stringify(said(changed(named))).includes("aws_api_gateway_model.toy");
    expect([notJudged("List"), notJudged("Elsewhere")]).toEqual([false, true]);
  });
});
