import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
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
      "Swagger 2.0",
      body((each) => Object.assign(each, { swagger: "2.0" })),
      [{ kind: "version", version: "Swagger 2.0" }],
    ],
    ["another version", '{"openapi":"4.0.0"}', [{ kind: "version", version: "OpenAPI 4.0.0" }]],
    ["a text that is not JSON", "{", [{ kind: "unreadable", why: expect.stringMatching(/^is not valid JSON/) }]],
    ["a body that is known later", "${file(var.path)}", [{ kind: "unknown", value: "${file(var.path)}" }]],
    [
      "an extension",
      body((each) => {
        each["x-amazon-apigateway-importexport-version"] = "1";
      }),
      [{ kind: "extension", place: "x-amazon-apigateway-importexport-version" }],
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
      "security at the root",
      body((each) => {
        each.security = [{ api_key: [] }];
        delete each.paths["/pets"].get.security;
      }),
      [{ kind: "root-security" }],
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
