import { defineUnchecked, petShop } from "../support/catalogs";
import { circle, owner, pet, ref } from "../support/models";
import { changedPaths, type Json, onlyResource, resources, synthesize } from "../support/synthesize";

const DRAFT_4 = "http://json-schema.org/draft-04/schema#";
const lambda = "arn:aws:lambda:us-east-1:123456789012:function:pets";
const url = (name: string) => ({
  $ref: `https://apigateway.amazonaws.com/restapis/\${aws_api_gateway_rest_api.pets.id}/models/${name}`,
});

const stacksOf = (models: Record<string, unknown>, routes: Record<string, unknown>): Record<string, Json> =>
  synthesize(defineUnchecked(petShop({ apis: { pets: { stages: { prod: {} }, models, routes } } })));
const post = (body: unknown) => ({ lambda, request: { body } });
const modelsOf = (stack: Json | undefined): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(resources(stack as Json, "aws_api_gateway_model")).map(([name, model]) => [
      name,
      { ...model, schema: JSON.parse(model.schema) },
    ]),
  );

describe("a model with a name", () => {
  test("refers to others as AWS takes it, and is created after them", () => {
    const { pets } = stacksOf({ Pet: pet, Owner: owner }, { "POST /pets": post(ref("Pet")) });
    expect(modelsOf(pets)).toEqual({
      pets_models_Owner: expect.objectContaining({
        name: "Owner",
        content_type: "application/json",
        schema: owner,
        lifecycle: { create_before_destroy: true },
      }),
      pets_models_Pet: expect.objectContaining({
        name: "Pet",
        description: "A pet",
        depends_on: ["aws_api_gateway_model.pets_models_Owner"],
        schema: { ...pet, properties: { owner: url("Owner") } },
      }),
    });
    expect(onlyResource(pets as Json, "aws_api_gateway_method").request_models).toEqual({
      "application/json": "${aws_api_gateway_model.pets_models_Pet.name}",
    });
  });

  test("is a part of a body that has a schema of its own", () => {
    const { pets } = stacksOf({ Owner: owner }, { "POST /pets": post({ type: "array", items: ref("Owner") }) });
    expect(modelsOf(pets).pets_POST_pets).toMatchObject({
      depends_on: ["aws_api_gateway_model.pets_models_Owner"],
      schema: { $schema: DRAFT_4, type: "array", items: url("Owner") },
    });
  });

  test("in a circle holds the circle, because AWS creates no model that refers to one that does not exist", () => {
    const { pets } = stacksOf(
      { ...circle, List: { type: "array", items: ref("Person") } },
      { "POST /pets": post(ref("List")) },
    );
    const definition = (name: string) => ({ $ref: `#/definitions/${name}` });
    const person = { ...circle.Person, properties: { ...circle.Person.properties, house: definition("House") } };
    const house = { ...circle.House, properties: { contains: { type: "array", items: definition("Person") } } };
    const definitions = { Person: person, House: house };
    const models = modelsOf(pets);
    expect(Object.values(models).map(({ depends_on }) => depends_on)).toEqual([undefined, undefined, undefined]);
    expect(models.pets_models_Person?.schema).toEqual({ ...person, definitions });
    expect(models.pets_models_House?.schema).toEqual({ ...house, definitions });
    expect(models.pets_models_List?.schema).toEqual({
      type: "array",
      items: definition("Person"),
      definitions,
    });
  });

  test("has no text that Terraform would evaluate, nor one that only looks like a reference", () => {
    const tricky = {
      type: "object",
      description: '${file("/etc/hostname")} %{ if true }',
      properties: { $ref: { type: "string", pattern: "^${x}$" } },
      enum: [{ $ref: "#/models/Nobody" }],
      default: { $ref: "#/models/Nobody" },
    };
    const { pets } = stacksOf({ Tricky: tricky, Owner: owner }, { "POST /pets": post(ref("Tricky")) });
    const text: string = resources(pets as Json, "aws_api_gateway_model").pets_models_Tricky?.schema;
    expect(text).not.toMatch(/(?<![$])\$\{|(?<!%)%\{/);
    const literal = JSON.parse(text.replaceAll("$${", "${").replaceAll("%%{", "%{"));
    expect(literal).toEqual(tricky);
  });

  test("of a subscription's stack has no part in the others", () => {
    const routes = { "POST /pets": post(owner) };
    expect(stacksOf({ Owner: owner }, routes).access).toEqual(stacksOf({}, routes).access);
  });
});

describe("I5: a changed model changes the triggers of the routes that need it, and no other", () => {
  const models = { Pet: pet, Owner: owner, Alone: { type: "string" }, ...circle };
  const routes = {
    "POST /pets": post(ref("Pet")),
    "POST /owners": post(ref("Owner")),
    "POST /people": post({ type: "array", items: ref("Person") }),
    "POST /houses": post(ref("House")),
    "GET /pets": { lambda },
  };
  const triggers = (changed: Record<string, unknown>) => ({
    it: onlyResource(stacksOf({ ...models, ...changed }, routes)["pets-prod"] as Json, "aws_api_gateway_deployment")
      .triggers,
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ["itself", { Pet: { ...pet, minProperties: 1 } }, ["it/POST /pets"]],
    ["one that others need", { Owner: { ...owner, required: ["id"] } }, ["it/POST /owners", "it/POST /pets"]],
    ["only in its description", { Owner: { ...owner, description: "x" } }, ["it/POST /owners", "it/POST /pets"]],
    ["in a circle", { House: { ...circle.House, minProperties: 1 } }, ["it/POST /houses", "it/POST /people"]],
    ["that nothing needs", { Alone: { type: "number" } }, []],
    ["that is new", { New: { type: "number" } }, []],
  ])("%s", (_, changed, expected) => {
    expect(changedPaths(triggers({}), triggers(changed)).sort()).toEqual(expected);
  });

  test("a model with a name in the place of a schema of its own", () => {
    const one = stacksOf(models, { ...routes, "POST /owners": post(owner) })["pets-prod"] as Json;
    expect(changedPaths({ it: onlyResource(one, "aws_api_gateway_deployment").triggers }, triggers({}))).toEqual([
      "it/POST /owners",
    ]);
  });
});
