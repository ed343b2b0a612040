import { defineUnchecked, petShop, problemsOf } from "../support/catalogs";
import { onlyResource, synthesize } from "../support/synthesize";

const catalogOf = (prod: object, http = "https://backend.example.com/pets") =>
  petShop({ apis: { pets: { stages: { prod }, routes: { "GET /pets": { http } } } }, tiers: {} });
const HOST = "https://${stageVariables.host}/pets";

describe("stage variables", () => {
  test.each([
    ["a name that AWS refuses", { "a-b": "1" }, /variables.a-b a name of a stage variable must be 1 to 64 letters/],
    ["a value that AWS refuses", { host: "a b" }, /variables.host must be 1 to 512 letters, digits and characters of/],
    ["an empty value", { host: "" }, /variables.host must be 1 to 512 letters/],
    ["a number", { port: 80 }, /variables.port must be a string, got 80; write numbers in quotes/],
    ["the stage's own name", { release: "v2" }, /variables.release the name "release" is reserved/],
  ])("are refused with %s", (_, variables, problem) => {
    expect(problemsOf(catalogOf({ variables }))).toEqual([expect.stringMatching(problem)]);
  });

  test("can be a part of an integration's URL, where every stage has them", () => {
    expect(problemsOf(catalogOf({ variables: { host: "a.example.com" } }, HOST))).toEqual([]);
    expect(problemsOf(catalogOf({}, HOST))).toEqual([
      'api "pets": route "GET /pets": http uses the stage variable "host", which stage "prod" does not have; add variables: { host: "…" } to it',
    ]);
  });

  test("stay text for Terraform, which would take them for a reference", () => {
    const stacks = synthesize(defineUnchecked(catalogOf({ variables: { host: "${aws_lb.main.dns_name}" } }, HOST)));
    expect(onlyResource(stacks.pets, "aws_api_gateway_integration").uri).toBe("https://$${stageVariables.host}/pets");
    expect(onlyResource(stacks["pets-prod"], "aws_api_gateway_stage").variables).toEqual({
      host: "${aws_lb.main.dns_name}",
    });
  });
});
