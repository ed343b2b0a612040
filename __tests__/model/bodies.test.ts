import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { withBodies } from "../../src/model/body/with-bodies";
import { readGateway } from "../../src/model/read-gateway";
import { document } from "../support/body";
import { type Json, withFolder } from "../support/synthesize";

/** The model of a stack with one REST API that has a body. */
function read(body: string, api: Json = {}, others: Json = {}) {
  return withFolder((folder) => {
    mkdirSync(join(folder, "stacks/shop"), { recursive: true });
    const resource = { aws_api_gateway_rest_api: { shop: { name: "shop", body, ...api } }, ...others };
    writeFileSync(join(folder, "stacks/shop/cdk.tf.json"), JSON.stringify({ resource }));
    return readGateway(folder);
  });
}

/** A document with a change, as a body. */
function body(change: (document: Json) => void = () => {}): string {
  const changed = document();
  change(changed);
  return JSON.stringify(changed);
}

describe("what stands in the body of a REST API is read as if it were written as resources", () => {
  const { apis, unsupported } = read(body());
  const [api] = apis;
  const routeAt = (key: string) => api?.routes.find((route) => route.key === key);

  test("routes, with what they ask for", () => {
    const asked = api?.routes.map(({ key, apiKeyRequired, authorization, authorizer }) => [
      key,
      apiKeyRequired,
      authorization,
      authorizer?.name,
    ]);
    expect(asked).toEqual([
      ["GET /pets", true, "NONE", undefined],
      ["POST /pets", true, "CUSTOM", "tokens"],
      ["ANY /pets/{id}", false, "AWS_IAM", undefined],
    ]);
    expect(routeAt("POST /pets")?.authorizer).toMatchObject({
      type: "TOKEN",
      identitySource: "method.request.header.Authorization",
      resultTtlSeconds: 60,
    });
  });

  test("integrations", () => {
    expect(routeAt("GET /pets")?.integration).toMatchObject({
      type: "mock",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      responses: [{ statusCode: 200, selectionPattern: undefined, templates: { "application/json": "[]" } }],
    });
    expect(routeAt("POST /pets")?.integration).toMatchObject({
      type: "http",
      url: "https://backend.example.com/pets",
      method: "POST",
    });
  });

  test("what is checked of requests", () => {
    expect(routeAt("POST /pets")).toMatchObject({
      validates: { body: true, parameters: true },
      requestParameters: { "method.request.querystring.page": true },
    });
    expect(routeAt("GET /pets")?.validates).toEqual({ body: false, parameters: false });
    expect(JSON.parse(routeAt("POST /pets")?.requestModels["application/json"] ?? "")).toEqual({
      $schema: "http://json-schema.org/draft-04/schema#",
      type: "object",
      required: ["name"],
      properties: { name: { $ref: "#/definitions/Name" } },
      definitions: { Name: { type: "string" } },
    });
  });

  test("gateway responses", () => {
    expect(api?.gatewayResponses.get("THROTTLED")).toMatchObject({ statusCode: 429, headers: { "Retry-After": "1" } });
  });

  test("and what is left out is not the body", () => {
    expect(unsupported.filter(({ kind }) => kind === "body")).toEqual([]);
  });

  test("in YAML as in JSON", () => {
    expect(read(stringify(document())).apis).toEqual(apis);
  });
});

describe("a value in Terraform wins over the one in the body", () => {
  test.each([
    ["the one in the body, where there is no other", {}, "AUTHORIZER"],
    ["the one in Terraform", { api_key_source: "HEADER" }, "HEADER"],
  ])("%s", (_, api, expected) => {
    const text = body((each) => {
      each["x-amazon-apigateway-api-key-source"] = "AUTHORIZER";
    });
    expect(read(text, api).apis[0]?.keySource).toBe(expected);
  });
});

test("a function of the same files is found by a reference within the body", () => {
  const text = body((each) => {
    each.paths["/pets/{id}"]["x-amazon-apigateway-any-method"]["x-amazon-apigateway-integration"].uri =
      "${aws_lambda_function.pets.invoke_arn}";
  });
  const { apis } = read(text, {}, { aws_lambda_function: { pets: { function_name: "pets", filename: "pets.zip" } } });
  const route = apis[0]?.routes.find(({ key }) => key === "ANY /pets/{id}");
  expect(route?.integration).toMatchObject({ type: "lambda", function: { name: "pets" } });
});

describe("what a body says and is not read is named", () => {
  test.each<[string, string, Json[]]>([
    [
      "Swagger 1.2",
      body((each) => Object.assign(each, { swagger: "1.2" })),
      [{ kind: "version", version: "Swagger 1.2" }],
    ],
    ["another version", '{"openapi":"4.0.0"}', [{ kind: "version", version: "OpenAPI 4.0.0" }]],
    ["a text that is not JSON", "{", [{ kind: "unreadable", why: expect.stringMatching(/^is not valid JSON/) }]],
    ["a body that is known later", "${file(var.path)}", [{ kind: "unknown", value: "${file(var.path)}" }]],
    [
      "an extension",
      body((each) => {
        each["x-amazon-apigateway-security-policy"] = "SecurityPolicy_TLS13_1_3_2025_09";
      }),
      [{ kind: "extension", place: "x-amazon-apigateway-security-policy" }],
    ],
    [
      "a scheme that AWS does not ask for",
      body((each) => {
        each.components.securitySchemes.api_key = { type: "http", scheme: "basic" };
      }),
      [
        { kind: "security-scheme", place: "paths./pets.get.security.0.api_key" },
        { kind: "security-scheme", place: "paths./pets.post.security.0.api_key" },
      ],
    ],
    [
      "a reference to a file of this machine",
      body((each) => {
        each.paths["/pets"] = { $ref: "/etc/hostname" };
      }),
      [
        {
          kind: "broken-reference",
          place: "paths./pets",
          why: expect.stringMatching(/a file, and this document refers to none/),
        },
      ],
    ],
    [
      "a validator that is not there",
      body((each) => {
        each.paths["/pets"].post["x-amazon-apigateway-request-validator"] = "most";
      }),
      [{ kind: "validator", place: "paths./pets.post.x-amazon-apigateway-request-validator", name: "most" }],
    ],
  ])("%s", (_, text, problems) => {
    const found = read(text).unsupported.flatMap((each) => (each.kind === "body" ? [each.problem] : []));
    expect(found).toEqual(problems);
  });
});

describe("a body in Swagger 2.0 is read like the same in OpenAPI 3", () => {
  /** The same document in Swagger 2.0, as AWS exports it. */
  function swagger(): Json {
    const { openapi: _, components, paths, ...others } = document();
    const inSwagger = (text: string) =>
      text
        .replaceAll("#/components/schemas/", "#/definitions/")
        .replaceAll("#/components/parameters/", "#/parameters/");
    const operations = Object.values(paths as Json).flatMap((item) => Object.values(item as Json)) as Json[];
    for (const operation of operations) {
      const { requestBody } = operation;
      delete operation.requestBody;
      for (const parameter of operation.parameters ?? []) {
        Object.assign(parameter, parameter.schema);
        delete parameter.schema;
      }
      if (requestBody === undefined) continue;
      const [[type, { schema }] = ["", {}]] = Object.entries(requestBody.content) as [string, Json][];
      operation.consumes = [type];
      operation.parameters = [...(operation.parameters ?? []), { in: "body", name: "body", required: true, schema }];
    }
    const { securitySchemes, schemas, parameters } = components as Json;
    const named = { securityDefinitions: securitySchemes, definitions: schemas, parameters };
    const written = { swagger: "2.0", ...others, ...named, paths };
    return JSON.parse(inSwagger(JSON.stringify(written)));
  }

  test("routes, what they ask, models, integrations", () => {
    expect(read(JSON.stringify(swagger()))).toEqual(read(body()));
  });
});

describe("a base path becomes part of the paths as basepath says", () => {
  const paths = (servers: Json[], basepath?: string) => {
    const text = body((each) => Object.assign(each, { servers }));
    return read(text, basepath === undefined ? {} : { parameters: { basepath } }).apis[0]?.routes.map(
      ({ path }) => path,
    );
  };
  const byUrl = [{ url: "https://example.com/base-url/part/" }];
  const byVariable = [{ url: "https://example.com", variables: { basePath: { default: "/base-var" } } }];

  test.each<[string, Json[], string | undefined, string]>([
    ["is ignored by default", byUrl, undefined, ""],
    ["is ignored", byUrl, "ignore", ""],
    ["comes before each path", byUrl, "prepend", "/base-url/part"],
    ["comes before each path but for its first part", byUrl, "split", "/part"],
    ["comes from a variable of that name", byVariable, "prepend", "/base-var"],
    ["of one part is split into nothing", byVariable, "split", ""],
  ])("it %s", (_, servers, mode, prefix) => {
    expect(paths(servers, mode)).toEqual([`${prefix}/pets`, `${prefix}/pets`, `${prefix}/pets/{id}`]);
  });
});

test("security at the root is asked of operations that say nothing, as AWS was recorded to do", () => {
  const text = body((each) => {
    each.security = [{ tokens: [] }];
    delete each.paths["/pets"].get.security;
  });
  const { apis, unsupported } = read(text);
  expect(unsupported).toEqual(read(body()).unsupported);
  expect(apis[0]?.routes.find(({ key }) => key === "GET /pets")).toMatchObject({ authorization: "CUSTOM" });
});

test("an operation that is a reference is read where it leads, and words beside a path's reference are added", () => {
  const text = body((each) => {
    const { get, post } = each.paths["/pets"];
    each.components["x-operations"] = { post };
    each.components["x-paths"] = { pets: { get } };
    each.paths["/pets"] = { $ref: "#/components/x-paths/pets", post: { $ref: "#/components/x-operations/post" } };
  });
  expect(read(text)).toEqual(read(body()));
});

describe("what a change of the body leaves", () => {
  const api = (paths: Json, mode: string) => ({
    resources: [
      {
        stack: "shop",
        address: "aws_api_gateway_rest_api.shop",
        type: "aws_api_gateway_rest_api",
        folder: "",
        attributes: { name: "shop", body: JSON.stringify({ ...document(), paths }), put_rest_api_mode: mode },
      },
    ],
    unsupported: [],
    identities: new Map(),
  });
  const { paths } = document();
  const [first, ...others] = Object.keys(paths) as [string, ...string[]];
  const without = Object.fromEntries(others.map((path) => [path, paths[path]]));
  const { resources: before } = withBodies(api({ [first]: paths[first] }, "overwrite"));
  const methods = (mode: string, after: Json) =>
    withBodies(api(after, mode), before)
      .resources.filter(({ type }) => type === "aws_api_gateway_method")
      .map(({ address }) => address)
      .sort();

  test.each([
    ["merge", "stays where the body no longer has it", without, paths],
    ["merge", "is there once where the body still has it", paths, paths],
    ["overwrite", "goes where the body no longer has it", without, without],
  ])("with %s %s", (mode, _, after, expected) => {
    const { resources } = withBodies(api(expected, "overwrite"));
    const all = resources.filter(({ type }) => type === "aws_api_gateway_method").map(({ address }) => address);
    expect(methods(mode, after)).toEqual(all.sort());
  });
});
