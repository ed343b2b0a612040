import { apiFromDocument, document, problemsOfDocument } from "../support/openapi-documents";
import type { Json } from "../support/synthesize";

const calls = (uri: unknown) => ({
  "x-amazon-apigateway-integration": { type: "http_proxy", httpMethod: "GET", uri },
});
const url = (name: string) => `https://${name}.example.com`;
const nothing = { Ref: "AWS::NoValue" };
const when = (yes: unknown, no: unknown = nothing) => ({ "Fn::If": ["IsLive", yes, no] });
const routesOf = (written: Json, isLive: string, others = {}) =>
  apiFromDocument(written, { variables: { IsLive: isLive, ...others } }).routes;

describe("a condition of CloudFormation", () => {
  const decided: [string, Json][] = [
    ["a path", document({ "/a": { get: calls(url("a")) }, "/b": when({ get: calls(url("b")) }) })],
    ["an operation", document({ "/a": { get: calls(url("a")) }, "/b": { get: when(calls(url("b"))) } })],
    ["a URI", document({ "/a": { get: calls(when(url("a"), url("b"))) } })],
    [
      "a part of a URI",
      document({ "/a": { get: calls({ "Fn::Join": ["", ["https://", when("a", "b"), ".example.com"]] }) } }),
    ],
  ];

  test.each(decided)("that decides on %s is an error until variables decide it", (_, written) => {
    const [problem, ...others] = problemsOfDocument(written, {});
    expect(problem).toMatch(/variables: \{ "IsLive": "/);
    expect(others).toEqual([]);
    expect(() => routesOf(written, "true")).not.toThrow();
  });

  test("takes its branch", () => {
    const [[, path], [, operation], [, uri], [, part]] = decided as [
      [string, Json],
      [string, Json],
      [string, Json],
      [string, Json],
    ];
    expect(Object.keys(routesOf(path, "true"))).toEqual(["GET /a", "GET /b"]);
    expect(Object.keys(routesOf(path, "false"))).toEqual(["GET /a"]);
    expect(Object.keys(routesOf(operation, "false"))).toEqual(["GET /a"]);
    for (const each of [uri, part]) {
      expect(routesOf(each, "true")["GET /a"]).toMatchObject({ http: url("a") });
      expect(routesOf(each, "false")["GET /a"]).toMatchObject({ http: url("b") });
    }
  });

  test("may leave variables to the other branch", () => {
    const written = document({ "/a": { get: calls(when({ Ref: "Live" }, { Ref: "Test" })) } });
    expect(routesOf(written, "true", { Live: url("a") })["GET /a"]).toMatchObject({ http: url("a") });
    expect(routesOf(written, "true", { Live: url("a"), Test: url("b") })["GET /a"]).toMatchObject({ http: url("a") });
  });

  test("is true or false, and nothing else", () => {
    const [, written] = decided[0] as [string, Json];
    expect(problemsOfDocument(written, { variables: { IsLive: "yes" } })).toEqual([
      expect.stringContaining('say "true" or "false": variables: { "IsLive": "true" }'),
    ]);
  });

  test("that asks for a key is never decided by itself", () => {
    const guarded = document({ "/a": { get: { ...calls(url("a")), security: when([{ key: [] }], []) } } });
    expect(problemsOfDocument(guarded, {})).toContainEqual(expect.stringContaining('variables: { "IsLive": "true" }'));
    expect(routesOf(guarded, "true")["GET /a"]).toMatchObject({ apiKeyRequired: true });
    expect(routesOf(guarded, "false")["GET /a"]).toMatchObject({ apiKeyRequired: false });
  });
});
