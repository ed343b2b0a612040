import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { catalog as sample } from "../../catalog";
import type { OpenApiDocument } from "../../src";
import { documentedSchema } from "../../src/openapi/documented-schema";
import { type OpenApiOfOptions, openApiOf } from "../../src/openapi/openapi-of";
import { arbitraryCatalog } from "../support/arbitrary-catalog";
import { defineUnchecked, petShop } from "../support/catalogs";
import { everything } from "../support/everything";
import { apiFromDocument, apiOf, document, documents } from "../support/openapi-documents";
import { problemsOfOpenApi } from "../support/openapi-validator";
import { readSynthesized, synthesizeInto } from "../support/read-synthesized";
import { API_TIERS, run } from "../support/run";
import type { Json } from "../support/synthesize";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);

/** The document of an API that was synthesized, as its customers get it. */
const documentOf = (written: unknown, api = "pets", options?: OpenApiOfOptions): OpenApiDocument =>
  JSON.parse(JSON.stringify(openApiOf(readSynthesized(defineUnchecked(written)), api, options)));
const shopWith = (api: object) => petShop({ apis: { pets: { stages: { prod: {} }, ...api } } });

/** What a customer has to know of each operation: `GET /pets key query:page path:id!`. */
function essence({ paths, security: common, components }: Json): string[] {
  const isKey = (name: string) => String(components.securitySchemes[name].name).toLowerCase() === "x-api-key";
  return Object.entries<Json>(paths)
    .flatMap(([path, item]) =>
      Object.entries<Json>(item)
        .filter(([method]) => method !== "parameters")
        .map(([method, { parameters = [], security = common, requestBody }]) => {
          // API Gateway knows no alternatives: what one of them asks is asked.
          const needsKey = security.some((each: Json) => Object.keys(each).some(isKey));
          const all = [...(item.parameters ?? []), ...parameters].map(
            (each) => `${each.in}:${each.name}${each.required ? "!" : ""}`,
          );
          const name = method === "x-amazon-apigateway-any-method" ? "ANY" : method.toUpperCase();
          return [name, path, needsKey ? "key" : "open", ...all.sort(), ...(requestBody ? ["body"] : [])].join(" ");
        }),
    )
    .sort();
}

describe("the document of a synthesized API", () => {
  const gateway = readSynthesized(sample);

  test("says what a customer needs: where, what, how to send the key, and what the tiers allow", () => {
    const pets = documentOf(
      petShop({
        apis: {
          pets: {
            name: "Pet shop",
            description: "Pets for sale.",
            stages: {
              prod: {
                domains: [{ name: "api.example.com", basePath: "v1" }],
              },
            },
            routes: {
              "GET /health": { mock: 200, apiKeyRequired: false },
              "POST /pets/{id}": {
                http: "https://backend.example.com/{id}",
                request: {
                  query: { dry: "optional" },
                  body: { type: "object", properties: { name: { type: ["string", "null"] } } },
                },
              },
            },
          },
        },
        domainNames: {
          "api.example.com": { certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a-1" },
        },
        tiers: {
          gold: {
            access: { pets: "*" },
            throttle: { rateLimit: 10, burstLimit: 20 },
            quota: { limit: 5_000, period: "MONTH" },
            methodThrottle: { pets: { "POST /pets/{id}": { rateLimit: 1, burstLimit: 2 } } },
            displayName: "Gold",
            description: "For shops.",
            closed: true,
          },
        },
      }),
    );
    expect(pets).toEqual({
      openapi: "3.0.3",
      info: {
        title: "Pet shop",
        description:
          "Pets for sale.\n\n## Tiers\n\n- **Gold**: 10/s, burst 20, 5,000 a month; on prod; " +
          "`POST /pets/{id}`: 1/s, burst 2. For shops. Takes no new customers.",
        version: "1.0",
      },
      servers: [{ url: "https://api.example.com/v1", description: "Stage prod" }],
      "x-amazon-apigateway-api-key-source": "HEADER",
      "x-api-tiers": [
        {
          id: "gold",
          name: "Gold",
          description: "For shops.",
          closed: true,
          stages: ["prod"],
          throttle: { rateLimit: 10, burstLimit: 20 },
          quota: { limit: 5_000, period: "MONTH" },
          methodThrottle: { "POST /pets/{id}": { rateLimit: 1, burstLimit: 2 } },
        },
      ],
      paths: {
        "/health": { get: { responses: { "200": { description: "The answer." } }, security: [] } },
        "/pets/{id}": {
          post: {
            parameters: [
              { name: "id", in: "path", required: true, schema: { type: "string" } },
              { name: "dry", in: "query", required: false, schema: { type: "string" } },
            ],
            requestBody: {
              required: true,
              content: {
                "application/json": {
                  schema: { type: "object", properties: { name: { type: "string", nullable: true } } },
                },
              },
            },
            responses: {
              "400": { description: "A parameter is missing, or the body does not fit." },
              "403": { description: "There is no API key, or none that is valid here." },
              "429": { description: "The tier's rate, burst or quota is used up." },
              default: { description: "The answer of the service." },
            },
            security: [{ apiKey: [] }],
          },
        },
      },
      components: {
        securitySchemes: {
          apiKey: { type: "apiKey", in: "header", name: "x-api-key", description: "The key of your subscription." },
        },
      },
    });
  });

  test("says where the caller's identity stands, where an authorizer gives the key", () => {
    const journal = openApiOf(gateway, "journal");
    expect(journal["x-amazon-apigateway-api-key-source"]).toBe("AUTHORIZER");
    expect(Object.values(journal.paths)[0]?.get?.security).toEqual([{ "authorizer-Authorization": [] }]);
    expect(journal.components.securitySchemes).toMatchObject({
      "authorizer-Authorization": {
        type: "apiKey",
        in: "header",
        name: "Authorization",
        "x-amazon-apigateway-authtype": "custom",
      },
    });
  });

  test("tells what only a deploy knows as variables, unless it is given", () => {
    const { servers } = openApiOf(gateway, "meditations", { servers: { prod: "https://api.example.com" } });
    expect(servers.map(({ url }) => url)).toEqual([
      "https://api.example.com",
      "https://{restApiId}.execute-api.{region}.amazonaws.com/test",
    ]);
    expect(servers[1]?.variables?.restApiId?.description).toContain("invoke_url of the stack meditations-test");
  });

  test("is asked for by the API's id, and one that does not exist is reported", () => {
    const written = shopWith({ name: "Pet shop", routes: { "GET /": { mock: 200 } } });
    expect(documentOf(written, "pets").info.title).toBe("Pet shop");
    expect(() => documentOf(written, "Pet shop")).toThrow('unknown API "Pet shop", which is the name in AWS of "pets"');
    expect(() => documentOf(written, "petz")).toThrow('unknown API "petz"; did you mean "pets"?');
    expect(() => documentOf(written, "pets", { servers: { prd: "https://x.example.com" } })).toThrow(
      /unknown stage "prd" of API "pets"; did you mean "prod"/,
    );
  });

  test("has the schemas of named models by their names, once", () => {
    const models = {
      Pet: { type: "object", properties: { owner: { $ref: "#/models/Owner" } } },
      Owner: { type: "object", properties: { name: { type: "string" } } },
      Node: { type: "object", properties: { next: { $ref: "#/models/Node" }, pet: { $ref: "#/models/Pet" } } },
    };
    const bodyOf = (body: object) => ({ mock: 200, request: { body } });
    const routes = {
      "POST /pets": bodyOf({ $ref: "#/models/Pet" }),
      "PUT /pets": bodyOf({ type: "array", items: { $ref: "#/models/Pet" } }),
      "POST /nodes": bodyOf({ type: "object", properties: { first: { $ref: "#/models/Node" } } }),
    };
    const { paths, components } = documentOf(shopWith({ models, routes }));
    const schemaOf = (path: string, method: string) =>
      paths[path]?.[method]?.requestBody?.content["application/json"]?.schema;
    const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    expect(schemaOf("/pets", "post")).toEqual(refer("Pet"));
    expect(schemaOf("/pets", "put")).toEqual({ type: "array", items: refer("Pet") });
    expect(schemaOf("/nodes", "post")).toEqual({ type: "object", properties: { first: refer("Node") } });
    expect(components.schemas).toEqual({
      Node: { type: "object", properties: { next: refer("Node"), pet: refer("Pet") } },
      Owner: models.Owner,
      Pet: { type: "object", properties: { owner: refer("Owner") } },
    });
  });

  test("has operation names as operation ids, unless several routes have one", () => {
    const routes = { "GET /a": { mock: 200 }, "GET /b": { mock: 200 }, "GET /c": { mock: 200 } };
    const read = readSynthesized(defineUnchecked(shopWith({ routes })));
    const names = ["list", "get", "get"];
    const apis = read.apis.map((api) => ({
      ...api,
      routes: api.routes.map((route, index) => ({ ...route, operationName: names[index] })),
    }));
    const { paths } = openApiOf({ ...read, apis }, "pets");
    expect(Object.values(paths).map(({ get }) => get?.operationId)).toEqual(["list", undefined, undefined]);
  });

  test("is the same for equal catalogs", () => {
    const routes = { "GET /a": { mock: 200 }, "POST /a": { mock: 201 }, "GET /b": { mock: 200 } };
    const reversed = Object.fromEntries(Object.entries(routes).reverse());
    expect(JSON.stringify(documentOf(shopWith({ routes })))).toBe(
      JSON.stringify(documentOf(shopWith({ routes: reversed }))),
    );
  });

  test("is valid, as an independent validator finds, whatever the catalog", () => {
    const all: OpenApiDocument[] = ["meditations", "journal"].map((api) => openApiOf(gateway, api));
    for (const api of ["pets", "toys"]) all.push(documentOf(everything, api));
    fc.assert(
      fc.property(arbitraryCatalog, (written) => {
        const read = readSynthesized(defineUnchecked(written));
        for (const api of read.apis) all.push(JSON.parse(JSON.stringify(openApiOf(read, api.slug))));
      }),
      { numRuns: RUNS },
    );
    // The validator takes a property of this name for a reference.
    const checked = all.map((each) => JSON.parse(JSON.stringify(each).replaceAll('"$ref":{', '"reference":{')));
    expect(problemsOfOpenApi(checked).flat()).toEqual([]);
    expect(problemsOfOpenApi([{ ...all[0], paths: { nowhere: {} } }]).flat()).toHaveLength(1);
  });
});

describe("a document that becomes a catalog and a document again keeps paths, methods, parameters and security", () => {
  test.each<[string, string[]]>([
    [
      "petstore.yaml",
      [
        "DELETE /pet/{petId} key header:If-Match! path:petId!",
        "GET /pet/findByStatus open query:page query:status!",
        "GET /pet/{petId} key path:petId!",
        "POST /pet key body",
        "POST /store/order key body",
        "PUT /pet key body",
      ],
    ],
    [
      "payments.yaml",
      [
        "GET /v1/charges key query:limit",
        "GET /v1/charges/{charge} key path:charge!",
        "POST /v1/charges key",
        "POST /v1/refunds key header:Idempotency-Key! body",
      ],
    ],
    [
      "repositories.json",
      [
        "GET /repos/{owner}/{repo} key path:owner! path:repo!",
        "GET /search/code key query:per_page query:q!",
        "PATCH /repos/{owner}/{repo} key path:owner! path:repo! body",
      ],
    ],
    [
      "chat.yaml",
      [
        "GET /api.test open",
        "GET /conversations.list open query:token!",
        "POST /chat.postMessage open header:token! body",
      ],
    ],
    [
      "orders/openapi.yaml",
      [
        "ANY /files/{proxy+} key path:proxy!",
        "GET /health open",
        "GET /orders key header:X-Tenant! query:cursor!",
        "GET /orders/{id} key path:id!",
        "POST /orders key body",
        "PUT /orders/{id} key path:id! body",
      ],
    ],
  ])("%s", (name, expected) => {
    const once = documentOf(shopWith(apiOf(name)));
    expect(essence(once)).toEqual(expected);
    expect(problemsOfOpenApi([once]).flat()).toEqual([]);
  });

  test("so does the document of a document, down to its bodies", () => {
    for (const name of Object.keys(documents)) {
      const once = documentOf(shopWith(apiOf(name)));
      const again = apiFromDocument(once);
      expect(documentOf(shopWith(again)).paths).toEqual(withoutAnswers(once.paths));
    }
  });

  test("where an authorizer says who calls, and gives the key", () => {
    const journal = openApiOf(readSynthesized(sample), "journal");
    const again = apiFromDocument(JSON.parse(JSON.stringify(journal)));
    const authorizer = { lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys" };
    expect(again).toMatchObject({ keySource: "AUTHORIZER", description: journal.info.description?.split("\n")[0] });
    expect(Object.values(again.routes).map(({ apiKeyRequired }) => apiKeyRequired)).toEqual([true]);
    const { paths, components } = documentOf(shopWith({ ...again, authorizer }));
    expect([paths, components]).toEqual([journal.paths, journal.components]);
  });

  /** Who answers is not in a document, so all answers are those of a backend then; nor are tuples, in 3.0. */
  const withoutAnswers = (paths: Json): Json =>
    JSON.parse(
      JSON.stringify(paths, (word, value) =>
        word.startsWith("x-") && word !== "x-amazon-apigateway-any-method"
          ? undefined
          : word === "responses" && "200" in value
            ? Object.fromEntries([
                ...Object.entries(value).filter(([status]) => status !== "200"),
                ["default", { description: "The answer of the service." }],
              ])
            : value,
      ),
    );

  const parameter = fc.record({
    name: fc.constantFrom("page", "X-Tenant", "q.1", "a_b"),
    in: fc.constantFrom("query", "header"),
    required: fc.boolean(),
    schema: fc.constant({ type: "string" }),
  });
  const parameters = fc.uniqueArray(parameter, {
    selector: (each) => `${each.in} ${each.name.toLowerCase()}`,
    maxLength: 3,
  });
  const security = fc.constantFrom<Json[]>(
    [],
    [{ key: [] }],
    [{}, { key: [] }],
    [{ key: [] }, { other: [], key: [] }],
    [{ other: [] }],
  );
  const body = { required: true, content: { "application/json": { schema: { type: "object", required: ["a"] } } } };
  const operation = fc
    .record({ parameters, security })
    .chain((each) => fc.constantFrom<Json[]>(each, { ...each, requestBody: body }));
  const item = (path: string) => {
    const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map((match) => match[1]);
    const inPath = names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
    return fc
      .record(
        { delete: operation, post: operation, put: operation, "x-amazon-apigateway-any-method": operation },
        { requiredKeys: ["post"] },
      )
      .map((operations) => ({ parameters: inPath, ...operations }));
  };
  const PATHS = ["/", "/pets", "/pets/{id}", "/pets/{id}/toys/{toy}", "/files/{proxy+}", "/a.b", "/v1:batch"];
  const components = {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "x-api-key" },
      other: { type: "http", scheme: "basic" },
    },
  };
  const anyDocument = fc
    .subarray(PATHS, { minLength: 1 })
    .chain((paths) =>
      fc.tuple(...paths.map(item)).map((items) => Object.fromEntries(paths.map((path, index) => [path, items[index]]))),
    )
    .map((paths) => document(paths, { components }));

  test("whatever the document", () => {
    fc.assert(
      fc.property(anyDocument, (written) => {
        const options = { integrations: () => ({ mock: 200 }), securitySchemes: { other: "BACKEND" } } as const;
        const api = apiFromDocument(written, options);
        expect(essence(documentOf(shopWith(api)))).toEqual(essence(written));
      }),
      { numRuns: RUNS * 3 },
    );
  });
});

describe("a schema of a model in the words of OpenAPI 3.0", () => {
  test.each<[string, Json, Json]>([
    ["null beside a type", { type: ["string", "null"] }, { type: "string", nullable: true }],
    [
      "several types",
      { type: ["string", "integer", "null"], minLength: 1 },
      { minLength: 1, anyOf: [{ type: "string" }, { type: "integer" }, { enum: [null] }] },
    ],
    ["null alone", { type: "null" }, { enum: [null] }],
    ["one schema or null", { anyOf: [{ type: "string" }, { type: "null" }] }, { type: "string", nullable: true }],
    [
      "one of some values or null",
      { anyOf: [{ type: "string", enum: ["a"] }, { type: "null" }] },
      { type: "string", enum: ["a", null], nullable: true },
    ],
    [
      "a reference or null",
      { anyOf: [{ $ref: "#/a" }, { type: "null" }] },
      { nullable: true, allOf: [{ $ref: "#/a" }] },
    ],
    [
      "one of several schemas or null",
      { anyOf: [{ type: "string" }, { minimum: 1 }, { type: "null" }] },
      { anyOf: [{ type: "string" }, { minimum: 1 }, { enum: [null] }] },
    ],
    ["a list of anything", { type: "array" }, { type: "array", items: {} }],
    [
      "a tuple",
      { items: [{ type: "string" }], additionalItems: false },
      { items: {}, "x-items": [{ type: "string" }], "x-additionalItems": false },
    ],
    ["words that it lacks", { patternProperties: { a: {} } }, { "x-patternProperties": { a: {} } }],
    [
      "the dialect",
      { $schema: "http://json-schema.org/draft-04/schema#", properties: { $schema: { type: "string" } } },
      { properties: { $schema: { type: "string" } } },
    ],
  ])("%s", (_, schema, expected) => {
    expect(documentedSchema(schema)).toEqual(expected);
  });
});

describe("api-tiers openapi", () => {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-openapi-"));
  const output = join(folder, "cdktf.out");
  beforeAll(() => synthesizeInto(output, defineUnchecked(petShop())));
  afterAll(() => rmSync(folder, { recursive: true }));
  const cli = (...args: string[]) => run("node", [...API_TIERS, "openapi", ...args]);

  test("prints YAML, or JSON where it is asked to", () => {
    const yaml = cli("pets", output);
    expect(yaml).toMatchObject({ code: 0, stderr: "" });
    const json = cli("pets", output, "--format", "json");
    expect(parse(yaml.stdout)).toEqual(JSON.parse(json.stdout));
    expect(JSON.parse(json.stdout).info.title).toBe("pets");
  });

  test("writes a file, in the format of its name", () => {
    const file = join(folder, "pets.json");
    expect(cli("pets", output, "--output", file, "--server", "prod=https://api.example.com/v1/")).toMatchObject({
      code: 0,
      stdout: "",
    });
    expect(JSON.parse(readFileSync(file, "utf8")).servers).toEqual([
      { url: "https://api.example.com/v1", description: "Stage prod" },
    ]);
  });

  test.each<[string, string[], RegExp]>([
    ["an API that is not there", ["petz", output], /error: unknown API "petz"; did you mean "pets"\?/],
    ["a folder that holds nothing", ["pets", join(folder, "nothing")], /holds no synthesized stack/],
    [
      "a server that is not a URL",
      ["pets", output, "--server", "prod"],
      /Write it as prod=https:\/\/api.example.com\/v1/,
    ],
    ["another format", ["pets", output, "--format", "xml"], /Allowed choices are yaml, json/],
  ])("refuses %s", (_, args, message) => {
    const { code, stderr } = cli(...args);
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  });
});
