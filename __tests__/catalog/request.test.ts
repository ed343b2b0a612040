import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import { JSON_SCHEMA_KEYWORDS, problemsOfJsonSchema } from "../../src/vocabulary/json-schema";
import { findingsOf, problemsOf, withRoutes } from "../support/catalogs";

const withRequest = (request: unknown, key = "POST /pets") => withRoutes({ [key]: { mock: 200, request } });
const withBody = (body: unknown) => withRequest({ body });

describe("what a request must have", () => {
  test.each<[string, unknown]>([
    ["nothing", {}],
    ["a query parameter", { query: { page: "optional", "page.size": "required" } }],
    ["a header", { headers: { "Idempotency-Key": "required" } }],
    ["any JSON", { body: {} }],
    ["an object", { body: { type: "object", required: ["name"], properties: { name: { type: "string" } } } }],
    ["one of several types", { body: { type: ["array", "null"], items: { $schema: undefined, type: "integer" } } }],
    ["a tuple", { body: { items: [{}, { enum: [1, "1", null] }], additionalItems: false } }],
    ["one thing with another", { body: { dependencies: { card: ["name"], name: { minProperties: 2 } } } }],
    ["a property called like a word of ours", { body: { properties: { $ref: {}, nullable: {}, type: {} } } }],
  ])("may be %s", (_, request) => {
    expect(problemsOf(withRequest(request))).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    [
      "a presence that is none",
      { query: { page: true } },
      /request.query.page must be "required" or "optional", got true/,
    ],
    [
      "a list of parameters",
      { query: ["page"] },
      /request.query must be an object from names to "required" or "optional"/,
    ],
    ["a parameter that AWS does not take", { query: { "ids[]": "required" } }, /request.query.ids\[\]/],
    [
      "one header twice",
      { headers: { "x-a": "required", "X-A": "optional" } },
      /request.headers.X-A is the same header as x-a; keep one of them/,
    ],
    ["a misspelt part", { header: {} }, /request has the unknown field "header"; did you mean "headers"\?/],
  ])("is refused with %s", (_, request, problem) => {
    expect(problemsOf(withRequest(request))).toEqual([expect.stringMatching(problem)]);
  });

  test.each<[string, unknown, string]>([
    ["a type", "object", 'request.body must be a JSON schema, got "object"; write {} for anything'],
    [
      "a keyword of OpenAPI",
      { nullable: true },
      "nullable is not a keyword of JSON Schema draft 4, and AWS refuses it; leave it out",
    ],
    [
      "a misspelt keyword",
      { require: ["a"] },
      'require is not a keyword of JSON Schema draft 4, and AWS refuses it; did you mean "required"?',
    ],
    [
      "a reference",
      { items: { $ref: "#/definitions/Pet" } },
      'items.$ref must be a reference to one of the API\'s models, such as "#/models/Pet", got "#/definitions/Pet"',
    ],
    [
      "definitions",
      { definitions: {} },
      'definitions is not a keyword here; give each of its schemas a name in the API\'s models, and refer to them as "#/models/<name>"',
    ],
    [
      "words beside a reference",
      { items: { $ref: "#/models/Pet", title: "a", minItems: 1 } },
      'items has title, minItems beside $ref, which draft 4 ignores; leave it out, or write { allOf: [{ $ref: "#/models/Pet" }], … } with it',
    ],
    ["nothing required", { required: [] }, "required must be a list of different names, at least one, got []"],
    ["a value twice", { enum: ["a", "a"] }, 'enum must be a list of different values, at least one, got ["a","a"]'],
    ["a number as a limit of its own", { exclusiveMinimum: 0 }, "exclusiveMinimum must be true or false, got 0"],
    [
      "a limit that is missing",
      { properties: { a: { exclusiveMinimum: true } } },
      "properties.a has exclusiveMinimum without minimum, to which it belongs; add minimum",
    ],
    ["a pattern that is none", { pattern: "(" }, 'pattern must be a regular expression, got "("'],
    [
      "another draft",
      { $schema: "https://json-schema.org/draft/2020-12/schema" },
      '$schema must be "http://json-schema.org/draft-04/schema#"',
    ],
  ])("is refused with a body that has %s", (_, body, problem) => {
    expect(problemsOf(withBody(body))).toEqual([expect.stringContaining(problem)]);
  });

  test("is refused where the schema is too large, and all problems are reported at once", () => {
    const description = "x ".repeat(210_000);
    expect(problemsOf(withBody({ description }))).toEqual([expect.stringContaining("but AWS takes at most 409600")]);
    expect(problemsOf(withBody({ typ: "object", enum: [], minimum: "1" }))).toHaveLength(3);
  });

  test("gets a warning where no client sends a body", () => {
    expect(findingsOf(withRequest({ body: {} }, "GET /pets"))).toEqual([
      expect.stringMatching(
        /^warning: api "pets": route "GET \/pets": has request.body, but clients send none with GET/,
      ),
    ]);
  });
});

describe("the keywords of a schema are those of JSON Schema draft 4", () => {
  const path = require.resolve("ajv/lib/refs/json-schema-draft-06.json");
  const ofDraft6 = Object.keys(JSON.parse(readFileSync(path, "utf8")).properties);
  const compiles = (schema: object) => {
    try {
      new Ajv({
        strict: true,
        strictTypes: false,
        strictTuples: false,
        strictRequired: false,
        validateFormats: false,
      }).compile(schema);
      return true;
    } catch {
      return false;
    }
  };

  test.each(["const", "contains", "examples", "propertyNames"])("without %s, which came later", (word) => {
    expect(ofDraft6).toContain(word);
    expect(problemsOfJsonSchema({ [word]: {} })).toHaveLength(1);
  });

  test("each of them, as an independent validator sees it", () => {
    const samples: Record<string, unknown> = {
      $schema: "http://json-schema.org/draft-04/schema#",
      title: "a",
      description: "a",
      default: 1,
      type: "string",
      enum: [1],
      format: "email",
      multipleOf: 1,
      maximum: 1,
      exclusiveMaximum: true,
      minimum: 1,
      exclusiveMinimum: true,
      maxLength: 1,
      minLength: 1,
      pattern: "a",
      items: {},
      additionalItems: false,
      maxItems: 1,
      minItems: 1,
      uniqueItems: true,
      properties: { a: {} },
      patternProperties: { a: {} },
      additionalProperties: false,
      required: ["a"],
      maxProperties: 1,
      minProperties: 1,
      dependencies: { a: ["b"] },
      allOf: [{}],
      anyOf: [{}],
      oneOf: [{}],
      not: {},
    };
    // Beside a reference no other keyword is taken.
    expect(["$ref", ...Object.keys(samples)].sort()).toEqual([...JSON_SCHEMA_KEYWORDS].sort());
    const together = { ...samples, items: [{}] };
    expect(problemsOfJsonSchema(together)).toEqual([]);
    expect(compiles(together)).toBe(true);
  });

  test.each<[object]>([
    [{ required: [] }],
    [{ enum: [] }],
    [{ enum: [1, 1] }],
    [{ anyOf: [] }],
    [{ minLength: -1 }],
    [{ type: "text" }],
    [{ nope: 1 }],
    [{ properties: { a: { exclusiveMinimum: 1 } } }],
  ])("and both refuse %j", (schema) => {
    expect([problemsOfJsonSchema(schema).length, compiles(schema)]).toEqual([1, false]);
  });
});
