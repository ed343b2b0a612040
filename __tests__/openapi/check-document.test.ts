import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { apiFromOpenApi, type OpenApiApi } from "../../src";
import { createProgram } from "../../src/cli/program";
import { checkDocument } from "../../src/openapi/check-document";
import { defineUnchecked, petShop } from "../support/catalogs";
import { document, documentPath } from "../support/openapi-documents";
import { type Json, withFolder } from "../support/synthesize";

/** What the printed code gives, as if a person had pasted it. */
function pasted(lines: readonly string[], variables: Readonly<Record<string, string>> = {}): OpenApiApi {
  const start = lines.findIndex((line) => line.startsWith("apiFromOpenApi("));
  const code = lines
    .slice(start)
    .join("\n")
    .replace(/^ {4}("[^"]+"): "…",$/gm, (_, name: string) => {
      return `${name}: ${JSON.stringify(variables[JSON.parse(name)] ?? "x")},`;
    });
  return new Function("apiFromOpenApi", `return ${code};`)(apiFromOpenApi) as OpenApiApi;
}

const checked = <Result>(written: Json, use: (lines: readonly string[], isTaken: boolean) => Result): Result =>
  withFolder((folder) => {
    const path = join(folder, "openapi.json");
    writeFileSync(path, JSON.stringify(written));
    const { lines, isTaken } = checkDocument(path);
    return use(lines, isTaken);
  });

const integration = { type: "http_proxy", httpMethod: "GET", uri: "https://backend.example.com" };

describe("the check of a document", () => {
  test("says that one can be used as it is, and what is made of it", () => {
    const written = document({ "/a": { get: { "x-amazon-apigateway-integration": integration } } });
    checked(written, (lines, isTaken) => {
      expect(isTaken).toBe(true);
      expect(lines[0]).toMatch(/openapi\.json: OpenAPI 3\.0, 1 operation$/);
      expect(lines).toContain("  1 route: 1 with a key, 0 with an authorizer, 0 open");
      expect(lines).not.toContain("To settle:");
      expect(Object.keys(pasted(lines).routes)).toEqual(["GET /a"]);
    });
  });

  test.each(["petstore.yaml", "payments.yaml", "repositories.json", "chat.yaml", "orders/openapi.yaml"])(
    "prints options for %s that can be pasted, and then work",
    (name) => {
      const { lines } = checkDocument(documentPath(name));
      const api = pasted(lines);
      expect(() => defineUnchecked(petShop({ apis: { pets: { stages: { prod: {} }, ...api } } }))).not.toThrow();
    },
  );

  test("names what is left open to other tools, each once", () => {
    const uri = { "Fn::Sub": "https://${Host}/${AWS::Region}" };
    const written = document({
      "/a": { get: { "x-amazon-apigateway-integration": { ...integration, uri } } },
      "/b": { get: { "x-amazon-apigateway-integration": { ...integration, uri: "https://${Host}" } } },
    });
    checked(written, (lines, isTaken) => {
      expect(isTaken).toBe(false);
      expect(lines.filter((line) => line.endsWith('": "…",')).sort()).toEqual([
        '    "AWS::Region": "…",',
        '    "Host": "…",',
      ]);
      expect(pasted(lines, { Host: "backend.example.com", "AWS::Region": "eu" }).routes["GET /a"]).toMatchObject({
        http: "https://backend.example.com/eu",
      });
    });
  });

  test("does not say that options suffice where the document itself must change", () => {
    const written = document(
      { "/a": { get: { "x-amazon-apigateway-integration": integration } } },
      { "x-amazon-apigateway-security-policy": "SecurityPolicy_TLS13_1_3_2025_09" },
    );
    checked(written, (lines, isTaken) => {
      expect(isTaken).toBe(false);
      expect(lines).toContain("No option settles these, so change the document first:");
      expect(lines.join("\n")).not.toContain("it can be used:");
    });
  });

  test("sees a name whose characters are written by escapes", () => {
    const json = JSON.stringify(
      document({ "/a": { get: { "x-amazon-apigateway-integration": { ...integration, uri: "https://${Host}" } } } }),
    ).replace("${Host}", "\\u0024{Host}");
    withFolder((folder) => {
      const path = join(folder, "openapi.json");
      writeFileSync(path, json);
      const { lines } = checkDocument(path);
      expect(pasted(lines, { Host: "backend.example.com" }).routes["GET /a"]).toMatchObject({
        http: "https://backend.example.com",
      });
    });
  });

  test("folds what hundreds of operations need, with paths that API Gateway does not take", () => {
    const paths = Object.fromEntries(
      [...Array(330).keys()].flatMap((each) => [
        [`/r${each}/{id}`, { get: { operationId: `get${each}` } }],
        [`/r${each}/{sid}.json`, { get: { operationId: `json${each}` } }],
      ]),
    );
    checked(document(paths), (lines, isTaken) => {
      expect(isTaken).toBe(false);
      expect(lines.length).toBeLessThan(60);
      expect(Object.keys(pasted(lines).routes)).toHaveLength(330);
    });
  });

  test("names operations that go by other names of a parameter, and leaves them out", () => {
    const written = document({ "/a/{id}": { get: {} }, "/a/{key}/b": { get: {}, put: {} }, "/a/{id}/c": { get: {} } });
    checked(written, (lines) => {
      expect(lines.join("\n")).toContain('leaveOut: ["GET /a/{key}/b", "PUT /a/{key}/b"]');
      expect(Object.keys(pasted(lines).routes)).toEqual(["GET /a/{id}", "GET /a/{id}/c"]);
    });
  });
});

test("api-tiers openapi check answers with 2 where options are needed, and fails where there is no document", () => {
  const printed = jest.spyOn(console, "log").mockImplementation(() => undefined);
  const answers: number[] = [];
  const run = (file: string) =>
    createProgram((code) => answers.push(code)).parse(["openapi", "check", file], { from: "user" });
  run("__tests__/openapi/documents/chat.yaml");
  expect(answers).toEqual([2]);
  expect(printed.mock.calls.flat().join("\n")).toContain("With these options it can be used:");
  expect(() => run("package.json")).toThrow(/is not an OpenAPI document/);
  printed.mockRestore();
});
