import { defineUnchecked, petShop } from "../support/catalogs";
import { changedPaths, type Json, onlyResource, resources, synthesize } from "../support/synthesize";

const stacksOf = (routes: Record<string, unknown>): Record<string, Json> =>
  synthesize(defineUnchecked(petShop({ apis: { pets: { stages: { prod: {} }, routes } } })));
const body = { type: "object", required: ["name"], properties: { name: { type: "string" } } };
const lambda = "arn:aws:lambda:us-east-1:123456789012:function:pets";

describe("a route that says what a request must have", () => {
  test("declares its parameters, and has the required ones checked", () => {
    const request = { query: { page: "optional", tenant: "required" }, headers: { "X-Trace": "optional" } };
    const { pets } = stacksOf({ "GET /pets/{id}": { http: "https://backend.example.com/{id}", request } });
    expect(onlyResource(pets, "aws_api_gateway_method").request_parameters).toEqual({
      "method.request.path.id": true,
      "method.request.querystring.page": false,
      "method.request.querystring.tenant": true,
      "method.request.header.X-Trace": false,
    });
    expect(onlyResource(pets, "aws_api_gateway_request_validator")).toMatchObject({
      name: "parameters",
      validate_request_body: false,
      validate_request_parameters: true,
    });
  });

  test("has its JSON body checked against a model in draft 4", () => {
    const { pets } = stacksOf({ "POST /pets": { lambda, request: { body } } });
    const [[name, model] = []] = Object.entries(resources(pets, "aws_api_gateway_model"));
    expect(onlyResource(pets, "aws_api_gateway_method").request_models).toEqual({
      "application/json": `\${aws_api_gateway_model.${name}.name}`,
    });
    expect(model).toMatchObject({ content_type: "application/json", lifecycle: { create_before_destroy: true } });
    expect(model.name).toMatch(/^POSTpets[0-9a-f]{8}$/);
    expect(JSON.parse(model.schema)).toEqual({ $schema: "http://json-schema.org/draft-04/schema#", ...body });
    expect(onlyResource(pets, "aws_api_gateway_request_validator")).toMatchObject({ validate_request_body: true });
  });

  test("shares its validator with the routes that have the same parts checked", () => {
    const { pets } = stacksOf({
      "POST /pets": { lambda, request: { body } },
      "PUT /pets": { lambda, request: { body } },
      "PATCH /pets": { lambda, request: { body, query: { tenant: "required" } } },
      "GET /pets": { lambda, request: { query: { page: "optional" } } },
    });
    const validators = Object.values(resources(pets, "aws_api_gateway_request_validator"));
    expect(validators.map(({ name }) => name).sort()).toEqual(["body", "body-and-parameters"]);
    const models = Object.values(resources(pets, "aws_api_gateway_model")).map(({ name }) => name);
    expect(new Set(models).size).toBe(3);
  });

  test("makes nothing of it where the catalog says nothing", () => {
    const { pets } = stacksOf({ "GET /pets": { lambda, request: {} } });
    expect(pets).toEqual(stacksOf({ "GET /pets": { lambda } }).pets);
    expect(Object.keys(pets.resource)).not.toContain("aws_api_gateway_request_validator");
  });
});

describe("I5: what a request must have changes the trigger of its route, and no other", () => {
  const other = { "POST /toys": { lambda, request: { body, query: { tenant: "required" } } } };
  const triggers = (request: unknown) => ({
    it: onlyResource(
      stacksOf({ "POST /pets": { lambda, request }, ...other })["pets-prod"],
      "aws_api_gateway_deployment",
    ).triggers,
  });
  const first = { body, query: { tenant: "required", page: "optional" } };

  test.each<[string, unknown]>([
    ["nothing", {}],
    ["another schema", { ...first, body: { ...body, required: ["id"] } }],
    ["no body", { query: first.query }],
    ["a parameter that is optional now", { ...first, query: { tenant: "optional", page: "optional" } }],
    ["another parameter", { ...first, query: { ...first.query, size: "optional" } }],
    ["a header", { ...first, headers: { "X-A": "optional" } }],
  ])("%s", (_, request) => {
    expect(changedPaths(triggers(first), triggers(request))).toEqual(["it/POST /pets"]);
  });

  test("but not the order in which it is written", () => {
    const reordered = {
      query: { page: "optional", tenant: "required" },
      body: { properties: body.properties, required: ["name"], type: "object" },
    };
    expect(triggers(reordered)).toEqual(triggers(first));
  });
});
