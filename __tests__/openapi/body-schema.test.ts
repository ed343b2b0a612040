import Ajv2020 from "ajv/dist/2020";
import Draft4 from "ajv-draft-04";
import fc from "fast-check";
import { problemsOfJsonSchema } from "../../src/vocabulary/json-schema";
import { apiFromDocument, document, remarksOn, routesFromDocument } from "../support/openapi-documents";
import type { Json } from "../support/synthesize";

const withBody = (schema: Json, openapi = "3.1.0", schemas: Json = {}) => {
  const paths = {
    "/a": { post: { security: [], requestBody: { required: true, content: { "application/json": { schema } } } } },
  };
  return document(paths, { openapi, components: { schemas } });
};
const api = (...args: Parameters<typeof withBody>) => apiFromDocument(withBody(...args));
const translated = (...args: Parameters<typeof api>) => api(...args).routes["POST /a"]?.request?.body;
const remarks = (...args: Parameters<typeof api>) => remarksOn(api(...args));

describe("a schema becomes one in draft 4", () => {
  test.each<[string, Json, Json]>([
    ["null beside a type", { type: ["string", "null"] }, { type: ["string", "null"] }],
    ["a constant", { const: 1 }, { enum: [1] }],
    [
      "a limit that is excluded",
      { type: "number", exclusiveMinimum: 0 },
      { type: "number", minimum: 0, exclusiveMinimum: true },
    ],
    [
      "… of whole numbers",
      { type: "integer", exclusiveMinimum: 0.5, exclusiveMaximum: 10 },
      { type: "integer", minimum: 1, maximum: 9 },
    ],
    ["… below one that is not", { minimum: 5, exclusiveMinimum: 1 }, { minimum: 5 }],
    ["… above one that is not", { minimum: 1, exclusiveMinimum: 5 }, { minimum: 5, exclusiveMinimum: true }],
    [
      "a tuple",
      { prefixItems: [{ type: "string" }], items: { type: "number" } },
      { items: [{ type: "string" }], additionalItems: { type: "number" } },
    ],
    ["true and false", { properties: { a: true, b: false } }, { properties: { a: {}, b: { not: {} } } }],
    ["what depends on what", { dependentRequired: { a: ["b"] } }, { dependencies: { a: ["b"] } }],
    [
      "words that describe",
      {
        title: "A",
        description: "a",
        default: 1,
        examples: [1],
        deprecated: true,
        format: "email",
        $comment: "c",
        "x-a": 1,
        type: "string",
      },
      { type: "string" },
    ],
    [
      "what is sent, of what is required",
      { required: ["id", "name"], properties: { id: { readOnly: true }, name: {} } },
      { required: ["name"], properties: { id: {}, name: {} } },
    ],
  ])("of 3.1: %s", (_, schema, expected) => {
    expect(translated(schema)).toEqual(expected);
  });

  test.each<[string, Json, Json]>([
    ["null beside a type", { type: "string", nullable: true }, { type: ["string", "null"] }],
    [
      "null beside values",
      { type: "string", nullable: true, enum: ["a"] },
      { anyOf: [{ type: "string", enum: ["a"] }, { type: "null" }] },
    ],
    [
      "null beside alternatives",
      { nullable: true, allOf: [{ type: "object" }] },
      { anyOf: [{ allOf: [{ type: "object" }] }, { type: "null" }] },
    ],
    ["a limit that is excluded", { minimum: 0, exclusiveMinimum: true }, { minimum: 0, exclusiveMinimum: true }],
    ["… of whole numbers", { type: "integer", maximum: 9, exclusiveMaximum: true }, { type: "integer", maximum: 8 }],
    ["… of nothing", { type: "string", exclusiveMinimum: true }, { type: "string" }],
    ["a value twice", { enum: ["a", "b", "a"] }, { enum: ["a", "b"] }],
    ["nothing required", { type: "object", required: [] }, { type: "object" }],
    [
      "words of OpenAPI's own",
      { type: "object", discriminator: { propertyName: "a" }, xml: {}, externalDocs: {}, example: 1 },
      { type: "object" },
    ],
  ])("of 3.0: %s", (_, schema, expected) => {
    expect(translated(schema, "3.0.3")).toEqual(expected);
  });

  test("nothing is left of one that takes anything", () => {
    expect(translated({})).toBeUndefined();
    expect(translated({ description: "Anything" })).toBeUndefined();
  });
});

describe("what draft 4 cannot say is left out, so that no body is refused that the document takes", () => {
  test.each(["contains", "propertyNames", "unevaluatedProperties", "if"])("%s", (word) => {
    expect(translated({ type: "object", [word]: {} })).toEqual({ type: "object" });
    expect(remarks({ type: "object", [word]: {} })).toEqual([
      expect.stringMatching(`schema.${word}: has no word in JSON Schema draft 4`),
    ]);
  });

  test("a schema within itself, from there on, in routes without their API's models", () => {
    const written = withBody({ $ref: "#/components/schemas/node" }, "3.0.3", { node: NODE });
    const routes = routesFromDocument(written);
    expect(routes["POST /a"]?.request?.body).toEqual({
      type: "object",
      properties: { next: {}, size: { type: "integer" } },
    });
    expect(remarksOn({ name: "pets", routes })).toEqual([
      expect.stringMatching(
        /^warning: openapi.json:1: components.schemas.node: refers to itself, which a model cannot/,
      ),
    ]);
  });

  test("all of what is excluded in part, and of alternatives that exclude each other that they do", () => {
    const part = { type: "array", contains: { type: "string" } };
    expect(translated({ minItems: 1, not: part })).toEqual({ minItems: 1 });
    expect(translated({ oneOf: [part, { type: "array" }] })).toEqual({ anyOf: [{ type: "array" }, { type: "array" }] });
  });

  test("one that is too large with its references written out in a route alone, in a moment", () => {
    const level = (depth: number) => ({
      properties: Object.fromEntries(
        [...Array(10).keys()].map((each) => [`p${each}`, { $ref: `#/components/schemas/s${depth + 1}` }]),
      ),
    });
    const schemas = {
      ...Object.fromEntries([...Array(12).keys()].map((depth) => [`s${depth}`, level(depth)])),
      s12: { type: "string" },
    };
    const routes = routesFromDocument(withBody({ $ref: "#/components/schemas/s0" }, "3.0.3", schemas));
    expect(routes["POST /a"]?.request?.body).toBeUndefined();
    expect(remarksOn({ name: "pets", routes })).toEqual([
      expect.stringContaining("which AWS refuses; the body is not checked"),
    ]);
    expect(Object.keys(api({ $ref: "#/components/schemas/s0" }, "3.0.3", schemas).models ?? {})).toHaveLength(13);
  });
});

const NODE = {
  type: "object",
  properties: { next: { $ref: "#/components/schemas/node" }, size: { type: "integer" } },
};

describe("schemas to which a document refers become the API's models", () => {
  test("under their names, also in circles, each once", () => {
    const schemas = { node: NODE, "list.v2": { type: "array", items: { $ref: "#/components/schemas/node" } } };
    const { models, routes } = api({ $ref: "#/components/schemas/list.v2" }, "3.0.3", schemas);
    expect(routes["POST /a"]?.request?.body).toEqual({ $ref: "#/models/listv2" });
    expect(models).toEqual({
      listv2: { type: "array", items: { $ref: "#/models/node" } },
      node: { type: "object", properties: { next: { $ref: "#/models/node" }, size: { type: "integer" } } },
    });
  });

  test("under other names where AWS has a model of the name, or two would have one", () => {
    const schemas = { Error: { type: "string" }, "a.b": { type: "string" }, ab: { type: "number" } };
    const properties = Object.fromEntries(
      Object.keys(schemas).map((name) => [name, { $ref: `#/components/schemas/${name}` }]),
    );
    expect(Object.keys(api({ properties }, "3.0.3", schemas).models ?? {})).toEqual(["ErrorModel", "ab", "ab2"]);
  });

  test("but not where nothing is checked", () => {
    const { models, routes } = api({ $ref: "#/components/schemas/Empty" }, "3.0.3", { Empty: { title: "Empty" } });
    expect([models, routes["POST /a"]?.request]).toEqual([undefined, undefined]);
  });

  test("and are written out where a check of one would never end", () => {
    const schemas = { a: { allOf: [{ $ref: "#/components/schemas/a" }, { type: "object" }] } };
    const { models, routes } = api({ $ref: "#/components/schemas/a" }, "3.0.3", schemas);
    expect(models).toBeUndefined();
    expect(routes["POST /a"]?.request?.body).toEqual({ allOf: [{}, { type: "object" }] });
  });
});

describe("an independent validator", () => {
  const names = fc.constantFrom("a", "b", "c");
  const leaf: fc.Arbitrary<Json> = fc.oneof(
    fc.constantFrom<Json[]>(
      {},
      { type: "string" },
      { type: ["integer", "null"] },
      { const: "a" },
      { enum: [1, "a", null] },
      true,
      false,
    ),
    fc.record(
      {
        type: fc.constantFrom("integer", "number"),
        exclusiveMinimum: fc.integer({ min: -2, max: 2 }),
        minimum: fc.integer({ min: -2, max: 2 }),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record({ exclusiveMaximum: fc.constantFrom(0, 1.5), maximum: fc.constantFrom(-1, 2) }, { requiredKeys: [] }),
  );
  const { schema } = fc.letrec<{ schema: Json }>((tie) => {
    const list = fc.array(tie("schema"), { minLength: 1, maxLength: 3 });
    return {
      schema: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.record(
          {
            type: fc.constantFrom("object", "array"),
            properties: fc.dictionary(names, tie("schema"), { maxKeys: 3 }),
            required: fc.uniqueArray(names),
            additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
            minProperties: fc.nat(2),
            dependentRequired: fc.dictionary(names, fc.uniqueArray(names), { maxKeys: 2 }),
            dependentSchemas: fc.dictionary(names, tie("schema"), { maxKeys: 2 }),
            items: tie("schema"),
            prefixItems: list,
            contains: tie("schema"),
            if: tie("schema"),
            else: tie("schema"),
            uniqueItems: fc.boolean(),
            $ref: fc.constant("#/components/schemas/s"),
          },
          { requiredKeys: [] },
        ),
        fc.record({ allOf: list, anyOf: list, oneOf: list, not: tie("schema") }, { requiredKeys: [] }),
      ),
    };
  });
  const value = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom<Json[]>(null, true, 0, 1, -1, 1.5, 2, "a", "b"),
      fc.dictionary(names, tie("value"), { maxKeys: 3, noNullPrototype: true }),
      fc.array(tie("value"), { maxLength: 3 }),
    ),
  })).value;
  const OPTIONS = { strict: false, logger: false } as const;
  const LOST = /"(contains|if)":/;

  /** Whether each value fits the schema as it is written, and as it was translated. */
  const verdicts = (written: Json, shared: Json, values: readonly Json[]) => {
    const whole = { $id: "https://example.com/doc", components: { schemas: { s: shared } }, schema: written };
    const original = new Ajv2020(OPTIONS).addSchema(whole).compile({ $ref: "https://example.com/doc#/schema" });
    const { models = {}, routes } = api(written, "3.1.0", { s: shared });
    const body = routes["POST /a"]?.request?.body;
    for (const each of [body ?? {}, ...Object.values(models)]) expect(problemsOfJsonSchema(each)).toEqual([]);
    const whole4 = { allOf: [body ?? {}], definitions: models };
    const ours = new Draft4(OPTIONS).compile(
      JSON.parse(JSON.stringify(whole4).replaceAll("#/models/", "#/definitions/")),
    );
    return values.map((each) => ({ original: original(each), ours: ours(each) }));
  };
  const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 80) };

  test("never finds a body that is refused now, and that the document takes", () => {
    fc.assert(
      fc.property(schema, leaf, fc.array(value, { minLength: 10, maxLength: 20 }), (written, shared, values) => {
        for (const { original, ours } of verdicts(written, shared, values)) expect(original && !ours).toBe(false);
      }),
      runs,
    );
  });

  test("agrees on every body, where draft 4 has a word for each of the document's", () => {
    const sayable = schema.filter((written) => !LOST.test(JSON.stringify(written)));
    fc.assert(
      fc.property(sayable, leaf, fc.array(value, { minLength: 10, maxLength: 20 }), (written, shared, values) => {
        for (const { original, ours } of verdicts(written, shared, values)) expect(ours).toBe(original);
      }),
      runs,
    );
  });
});
