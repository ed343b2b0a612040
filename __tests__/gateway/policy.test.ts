import fc from "fast-check";
import { decide, matches, policySchema } from "../../src/gateway/authorizers/policy";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 200);
const API = "arn:aws:execute-api:us-east-1:123456789012:shop";
const ARN = `${API}/prod/GET/pets/1`;

const statement = (Effect: string, Resource: unknown, Action: unknown = "execute-api:Invoke") => ({
  Effect,
  Action,
  Resource,
});
const decisionOn = (...statements: readonly unknown[]) => decide(policySchema.parse({ Statement: statements }), ARN);

describe("A policy", () => {
  test.each<[string, readonly unknown[], string]>([
    ["that names the method", [statement("Allow", ARN)], "allowed"],
    ["that names all", [statement("Allow", "*", "*")], "allowed"],
    ["with stars in places", [statement("Allow", "arn:aws:execute-api:*:*:*/prod/GET/*")], "allowed"],
    ["with a question mark", [statement("Allow", `${API}/prod/GET/pets/?`)], "allowed"],
    ["with lists", [statement("Allow", ["x", ARN], ["lambda:*", "execute-api:Invoke"])], "allowed"],
    ["with an action in other letters", [statement("Allow", ARN, "Execute-API:invoke")], "allowed"],
    ["with every action of API Gateway", [statement("Allow", ARN, "execute-api:*")], "allowed"],
    ["with a Sid", [{ Sid: "first", ...statement("Allow", ARN) }], "allowed"],
    ["of two that allow", [statement("Allow", "x"), statement("Allow", ARN)], "allowed"],
    ["that denies", [statement("Deny", ARN)], "denied-explicitly"],
    [
      "that denies what it allows",
      [statement("Allow", "*"), statement("Deny", `${API}/*/pets/*`)],
      "denied-explicitly",
    ],
    ["that denies first", [statement("Deny", "*"), statement("Allow", ARN)], "denied-explicitly"],
    ["that denies something else", [statement("Allow", ARN), statement("Deny", `${API}/prod/POST/*`)], "allowed"],
    ["that denies another action", [statement("Allow", ARN), statement("Deny", "*", "s3:*")], "allowed"],
    ["for another method", [statement("Allow", `${API}/prod/POST/pets/1`)], "denied-implicitly"],
    ["for another stage", [statement("Allow", `${API}/test/*`)], "denied-implicitly"],
    ["for the beginning of the path", [statement("Allow", `${API}/prod/GET/pets`)], "denied-implicitly"],
    ["for a path in other letters", [statement("Allow", `${API}/prod/GET/Pets/1`)], "denied-implicitly"],
    ["for another action", [statement("Allow", ARN, "execute-api:ManageConnections")], "denied-implicitly"],
    ["with dots, which are not wildcards", [statement("Allow", ARN.replaceAll(":", "."))], "denied-implicitly"],
    ["that says nothing", [], "denied-implicitly"],
  ])("%s comes to %s", (_, statements, decision) => {
    expect(decisionOn(...statements)).toBe(decision);
  });

  test("may be one statement without a list", () => {
    expect(decide(policySchema.parse({ Version: "2012-10-17", Statement: statement("Allow", ARN) }), ARN)).toBe(
      "allowed",
    );
  });

  test.each<[string, unknown]>([
    ["without statements", {}],
    ["without an effect", { Statement: [{ Action: "*", Resource: "*" }] }],
    ["with an effect in small letters", { Statement: [statement("allow", "*")] }],
    ["without resources", { Statement: [{ Effect: "Allow", Action: "*" }] }],
    ["with a number for a resource", { Statement: [statement("Allow", 1)] }],
    ["with what is not evaluated here", { Statement: [{ ...statement("Allow", "*"), Condition: { IpAddress: {} } }] }],
    ["with NotResource", { Statement: [{ Effect: "Allow", Action: "*", NotResource: "x" }] }],
  ])("%s is none, rather than one that allows", (_, policy) => {
    expect(policySchema.safeParse(policy).success).toBe(false);
  });
});

describe("A pattern", () => {
  const letters = fc.constantFrom("a", "b", "/");
  const pattern = fc.string({ unit: fc.oneof(letters, fc.constantFrom("*", "?")), maxLength: 8 });
  const text = fc.string({ unit: letters, maxLength: 10 });

  test("covers what the regular expression of the same meaning covers", () => {
    fc.assert(
      fc.property(pattern, text, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
        expect(matches(pattern, text)).toBe(expression.test(text));
      }),
      { numRuns: RUNS * 4 },
    );
  });

  test("with very many stars is decided at once", () => {
    expect(matches("*a".repeat(2_000), `${"a".repeat(5_000)}b`)).toBe(false);
  });
});
