import { bodyModelName } from "../../src/contract/body-model";
import { petShop, problemsOf } from "../support/catalogs";
import { ref } from "../support/models";

const lambda = "arn:aws:lambda:us-east-1:123456789012:function:pets";
const post = (body: unknown) => ({ "POST /pets": { lambda, request: { body } } });
const withModels = (models: Record<string, unknown>, body: unknown = {}) =>
  petShop({ apis: { pets: { stages: { prod: {} }, models, routes: post(body) } } });

describe("an API's models", () => {
  test.each<[string, Record<string, unknown>, unknown]>([
    ["without references", { Pet: { type: "object" } }, {}],
    ["that refer to others", { Pet: { properties: { owner: ref("Owner") } }, Owner: {} }, ref("Pet")],
    ["that refer to themselves", { Tree: { items: ref("Tree") } }, ref("Tree")],
    ["in a circle", { A: { properties: { b: ref("B") } }, B: { anyOf: [{ items: ref("A") }] } }, { items: ref("A") }],
    ["that are needed by no route", { Pet: {} }, {}],
    ["named by digits", { "2": {} }, {}],
    [
      "with what only looks like a reference",
      { Pet: { properties: { $ref: { type: "string" } }, enum: [ref("Nobody")], default: ref("Nobody") } },
      {},
    ],
  ])("are taken %s", (_, models, body) => {
    expect(problemsOf(withModels(models, body))).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, unknown, string]>([
    [
      "a name that AWS refuses",
      { "my-pet": {} },
      {},
      'api "pets": model "my-pet": must be called by letters and digits alone; rename it',
    ],
    [
      "the name of one that every API has",
      { Error: {} },
      {},
      'api "pets": model "Error": is called by the name of a model that AWS has in every API; rename it',
    ],
    [
      "a name that JavaScript keeps",
      { constructor: {} },
      {},
      'api "pets": model "constructor": is called by a word that JavaScript keeps for itself; rename it',
    ],
    [
      "what is not a schema",
      { Pet: "object" },
      {},
      'api "pets": model "Pet": must be a JSON schema, got "object"; write {}',
    ],
    [
      "an unknown keyword, once",
      { Pet: { nullable: true } },
      ref("Pet"),
      'api "pets": model "Pet": nullable is not a keyword',
    ],
    [
      "a reference to a model that is not there",
      { Pet: { properties: { owner: ref("Onwer") } }, Owner: {} },
      {},
      'api "pets": model "Pet": $ref: unknown model "Onwer"; did you mean "Owner"?',
    ],
    [
      "a body that refers to a model that is not there",
      { Pet: {} },
      { items: ref("Toys") },
      'api "pets": route "POST /pets": request.body: $ref: unknown model "Toys"; there are "Pet"',
    ],
    [
      "a second name for a model",
      { Pet: ref("Animal"), Animal: {} },
      {},
      'api "pets": model "Pet": is nothing but a reference to "Animal"; refer to "Animal" itself, and drop this one',
    ],
    [
      "a circle in which no value gets smaller",
      { Pet: { allOf: [{ anyOf: [ref("Animal")] }] }, Animal: { properties: { pet: ref("Pet") }, not: ref("Animal") } },
      {},
      'api "pets": model "Animal": refers to itself for one and the same value',
    ],
    [
      "the name of the model of a body",
      { [bodyModelName("POST /pets")]: {} },
      {},
      '": has the name of the model of the body of POST /pets in AWS; rename it',
    ],
    [
      "a circle that is too large with all that it holds",
      {
        A: { description: "x".repeat(250_000), items: ref("B") },
        B: { description: "x".repeat(1_000), items: ref("A") },
      },
      {},
      'api "pets": model "A": has ',
    ],
    [
      "a cdktf token",
      { Pet: { title: "${TfToken[TOKEN.1]}" } },
      {},
      'api "pets": model "Pet": must not hold "TfToken["',
    ],
  ])("are refused with %s", (_, models, body, problem) => {
    expect(problemsOf(withModels(models, body))).toEqual([expect.stringContaining(problem)]);
  });
});
