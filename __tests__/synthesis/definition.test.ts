import { defineUnchecked, petShop } from "../support/catalogs";
import { type Json, onlyResource, resources, synthesize } from "../support/synthesize";

/** The definition stack of an API with these fields and routes. */
const definition = (routes: Record<string, unknown>, fields: Record<string, unknown> = {}): Json =>
  synthesize(defineUnchecked(petShop({ apis: { pets: { stages: { prod: {} }, routes, ...fields } } }))).pets;

describe("the definition of an API", () => {
  test("says what the API is", () => {
    const api = { name: "Pet shop", description: "Pets for sale", endpointType: "EDGE", tags: { team: "pets" } };
    expect(onlyResource(definition({ "GET /": { mock: 200 } }, api), "aws_api_gateway_rest_api")).toMatchObject({
      name: "Pet shop",
      description: "Pets for sale",
      api_key_source: "HEADER",
      endpoint_configuration: { types: ["EDGE"] },
      tags: { team: "pets" },
    });
  });

  test.each([
    [undefined, undefined],
    [
      ["image/png", "*/*"],
      ["*/*", "image/png"],
    ],
    [[], []],
  ])("passes the bodies of %j on as bytes, and AWS keeps what is left out", (binaryMediaTypes, written) => {
    const stack = definition({ "GET /": { mock: 200 } }, { binaryMediaTypes });
    expect(onlyResource(stack, "aws_api_gateway_rest_api").binary_media_types).toEqual(written);
  });

  test.each([
    [undefined, undefined],
    [0, "0"],
    [1_024, "1024"],
  ])("compresses answers from %s bytes, and AWS keeps what is left out", (minimumCompressionSize, written) => {
    const stack = definition({ "GET /": { mock: 200 } }, { minimumCompressionSize });
    expect(onlyResource(stack, "aws_api_gateway_rest_api").minimum_compression_size).toBe(written);
  });

  test("has one resource for each part of a path, however many routes share it", () => {
    const stack = definition({
      "GET /pets": { mock: 200 },
      "POST /pets": { mock: 201 },
      "GET /pets/{id}/toys": { mock: 200 },
      "ANY /files/{proxy+}": { mock: 200 },
      "GET /": { mock: 200 },
    });
    const parts = Object.values(resources(stack, "aws_api_gateway_resource")).map((resource) => resource.path_part);
    expect(parts.sort()).toEqual(["files", "pets", "toys", "{id}", "{proxy+}"]);
  });

  test("puts each method on the resource of its path", () => {
    const stack = definition({ "GET /pets/{id}": { mock: 200 }, "GET /": { mock: 200 } });
    const [pets, id] = ["pets", "{id}"].map((part) => {
      const entry = Object.entries(resources(stack, "aws_api_gateway_resource")).find(
        ([, each]) => each.path_part === part,
      );
      return { name: entry?.[0], parent: entry?.[1].parent_id };
    });
    const restApi = Object.keys(resources(stack, "aws_api_gateway_rest_api"))[0];
    expect(pets?.parent).toBe(`\${aws_api_gateway_rest_api.${restApi}.root_resource_id}`);
    expect(id?.parent).toBe(`\${aws_api_gateway_resource.${pets?.name}.id}`);
    expect(
      Object.values(resources(stack, "aws_api_gateway_method"))
        .map((method) => method.resource_id)
        .sort(),
    ).toEqual([
      `\${aws_api_gateway_resource.${id?.name}.id}`,
      `\${aws_api_gateway_rest_api.${restApi}.root_resource_id}`,
    ]);
  });

  test("keeps path parts apart that look alike to Terraform", () => {
    const routes = ["/acme.inc", "/acmeinc", "/a--b", "/a/b", "/GET", "/Default/GET", "/Resource", "/{id}", "/id"];
    const stack = definition(Object.fromEntries(routes.map((path) => [`GET ${path}`, { mock: 200 }])));
    expect(Object.keys(resources(stack, "aws_api_gateway_method"))).toHaveLength(routes.length);
    expect(Object.keys(resources(stack, "aws_api_gateway_resource"))).toHaveLength(11);
  });
});

describe("a route", () => {
  test.each([
    ["needs a key unless the catalog says otherwise", "GET /pets", {}, true],
    ["is open where the catalog says so", "GET /pets", { apiKeyRequired: false }, false],
    ["for a CORS preflight never needs one", "OPTIONS /pets", {}, false],
  ])("%s", (_, key, fields, required) => {
    const stack = definition({ [key]: { mock: 200, ...fields } });
    expect(onlyResource(stack, "aws_api_gateway_method")).toMatchObject({
      api_key_required: required,
      authorization: "NONE",
      http_method: key.split(" ")[0],
    });
  });

  test("with a mock answers by itself, with its status and body", () => {
    const stack = definition({ "GET /pets": { mock: { status: 201, body: { price: "${5} #1 %{x}" } } } });
    expect(onlyResource(stack, "aws_api_gateway_integration")).toMatchObject({
      type: "MOCK",
      request_templates: { "application/json": '{"statusCode":201}' },
      passthrough_behavior: "WHEN_NO_TEMPLATES",
    });
    expect(onlyResource(stack, "aws_api_gateway_method_response").status_code).toBe("201");
    const template = onlyResource(stack, "aws_api_gateway_integration_response").response_templates["application/json"];
    expect(template).not.toMatch(/[$#%]/);
    expect(JSON.parse(template)).toEqual({ price: "${5} #1 %{x}" });
  });

  test("with another mock status gets other responses, for AWS changes none in place", () => {
    const names = (status: number) =>
      Object.keys(resources(definition({ "GET /pets": { mock: status } }), "aws_api_gateway_method_response"));
    expect(names(200)).not.toEqual(names(201));
  });

  test("with a function that another construct makes gets a permission of its own", () => {
    const stack = definition({
      "GET /pets": { lambda: "${aws_lambda_function.f.arn}" },
      "GET /": { lambda: "${aws_lambda_function.f.arn}" },
    });
    expect(Object.values(resources(stack, "aws_lambda_permission")).map((each) => each.function_name)).toEqual([
      "${aws_lambda_function.f.arn}",
      "${aws_lambda_function.f.arn}",
    ]);
  });

  test("with a function by a stage variable is allowed to call what each stage and its canary name", () => {
    const lambda = "arn:aws:lambda:us-east-1:123456789012:function:pets:${stageVariables.alias}";
    const stages = {
      test: { variables: { alias: "test" } },
      prod: { variables: { alias: "live" }, canary: { percent: 10, variables: { alias: "next" } } },
      beta: { variables: { alias: "live" } },
    };
    const stack = definition({ "GET /pets": { lambda } }, { stages });
    expect(onlyResource(stack, "aws_api_gateway_integration").uri).toBe(
      `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${lambda.replace("$", "$$$$")}/invocations`,
    );
    const permissions = Object.values(resources(stack, "aws_lambda_permission"));
    expect(permissions.map(({ qualifier }) => qualifier).sort()).toEqual(["live", "next", "test"]);
  });

  test("with a backend passes the request on, path parameters included", () => {
    const stack = definition({ "PUT /pets/{id}/{proxy+}": { http: "https://backend.example.com/{id}/{proxy}" } });
    expect(onlyResource(stack, "aws_api_gateway_integration")).toMatchObject({
      type: "HTTP_PROXY",
      integration_http_method: "PUT",
      uri: "https://backend.example.com/{id}/{proxy}",
      request_parameters: {
        "integration.request.path.id": "method.request.path.id",
        "integration.request.path.proxy": "method.request.path.proxy",
      },
    });
    expect(onlyResource(stack, "aws_api_gateway_method").request_parameters).toEqual({
      "method.request.path.id": true,
      "method.request.path.proxy": true,
    });
  });

  test("with a function calls it by POST, and is allowed to", () => {
    const arn = "arn:aws-cn:lambda:cn-north-1:123456789012:function:pets:live";
    const stack = definition({ "GET /pets": { lambda: arn }, "GET /toys": { lambda: arn } });
    for (const integration of Object.values(resources(stack, "aws_api_gateway_integration")))
      expect(integration).toMatchObject({
        type: "AWS_PROXY",
        integration_http_method: "POST",
        uri: `arn:aws-cn:apigateway:cn-north-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
      });
    expect(onlyResource(stack, "aws_lambda_permission")).toMatchObject({
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function_name: "arn:aws-cn:lambda:cn-north-1:123456789012:function:pets",
      qualifier: "live",
      source_arn: expect.stringMatching(/execution_arn\}\/\*\/\*\/\*$/),
    });
  });
});

describe("an authorizer", () => {
  const authorizer = { lambda: "arn:aws:lambda:eu-central-1:123456789012:function:keys" };

  test("is asked on the routes that need a key, and on no others", () => {
    const routes = { "GET /pets": { mock: 200 }, "GET /health": { mock: 200, apiKeyRequired: false } };
    const stack = definition(routes, { keySource: "AUTHORIZER", authorizer });
    const methods = Object.values(resources(stack, "aws_api_gateway_method"));
    expect(methods.map((method) => [method.api_key_required, method.authorization]).sort()).toEqual([
      [false, "NONE"],
      [true, "CUSTOM"],
    ]);
    expect(onlyResource(stack, "aws_api_gateway_rest_api").api_key_source).toBe("AUTHORIZER");
    expect(onlyResource(stack, "aws_api_gateway_authorizer")).toMatchObject({
      type: "TOKEN",
      identity_source: "method.request.header.Authorization",
      authorizer_result_ttl_in_seconds: 300,
    });
    expect(onlyResource(stack, "aws_lambda_permission").source_arn).toMatch(/\/authorizers\/\*$/);
  });
});
