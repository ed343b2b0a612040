import {
  apiFromOpenApi,
  defineCatalog,
  type OpenApiApi,
  type RouteInput,
  type RouteKey,
  routesFromOpenApi,
} from "../../src";
import { defineUnchecked, findingsOf, petShop, problemsOf } from "../support/catalogs";
import {
  apiFromDocument,
  apiOf,
  document,
  documentPath,
  documents,
  problemsOfDocument,
  remarksOn,
} from "../support/openapi-documents";
import type { Json } from "../support/synthesize";

const sold = (api: unknown) => petShop({ apis: { pets: { stages: { prod: {} }, ...(api as object) } } });
const requirements = (name: string) =>
  Object.fromEntries(Object.entries(apiOf(name).routes).map(([key, route]) => [key, route.apiKeyRequired]));

describe("the routes of a document", () => {
  test.each(Object.keys(documents))("in the style of %s make a catalog", (name) => {
    expect(problemsOf(sold(apiOf(name)))).toEqual([]);
  });

  test("stand in a catalog among others, and can be throttled", () => {
    const catalog = defineCatalog({
      apis: {
        spread: {
          stages: { prod: {} },
          ...apiFromOpenApi(documentPath("repositories.json"), documents["repositories.json"]),
        },
        orders: {
          stages: { prod: {} },
          routes: {
            ...routesFromOpenApi(documentPath("orders/openapi.yaml"), {
              integrations: { getOrder: { mock: 200 }, replaceOrder: "orders" },
            }),
            "GET /version": { mock: 200 },
          },
        },
        alone: {
          stages: { prod: {} },
          routes: routesFromOpenApi(documentPath("petstore.yaml"), documents["petstore.yaml"]),
        },
      },
      tiers: {
        gold: {
          access: { orders: ["prod"], alone: "*", spread: ["prod"] },
          throttle: { rateLimit: 10, burstLimit: 20 },
          methodThrottle: {
            orders: { "POST /orders": { rateLimit: 1, burstLimit: 2 } },
            alone: { "GET /pet/{petId}": { rateLimit: 1, burstLimit: 2 } },
          },
        },
      },
    });
    const keys = catalog.apis.flatMap((api) => (api.kind === "own" ? api.routes.map(({ key }) => key) : []));
    expect(keys).toContain("GET /version");
    expect(keys).toContain("POST /pet");
  });

  test("are checked when a tier throttles one that is not there", () => {
    const tiers = {
      gold: {
        access: { pets: "*" },
        throttle: { rateLimit: 1, burstLimit: 2 },
        methodThrottle: { pets: { "GET /pets": { rateLimit: 1, burstLimit: 2 } } },
      },
    };
    const apis = { pets: { stages: { prod: {} }, ...apiOf("petstore.yaml") } };
    expect(problemsOf({ apis, tiers })).toEqual([
      expect.stringMatching(/^tier "gold": methodThrottle.pets: unknown route "GET \/pets" of API "pets"/),
    ]);
  });

  test("come with the API's name, description and key source", () => {
    const { routes, models: _, ...rest } = apiOf("orders/openapi.yaml");
    expect(rest).toEqual({ name: "Orders", keySource: "HEADER" });
    expect(apiOf("petstore.yaml")).toMatchObject({ name: "Petstore", description: "A shop for pets." });
  });

  test("may be written with anchors, and with maps that are merged", () => {
    const yaml =
      "openapi: 3.1.0\nx-common: &common\n  security: []\n  responses: {}\npaths:\n  /a:\n    get:\n      <<: *common\n      operationId: a\n";
    expect(apiFromDocument({ "openapi.yaml": yaml }).routes).toMatchObject({ "GET /a": { apiKeyRequired: false } });
  });

  test("are the same from YAML and from JSON", () => {
    const paths = { "/a": { get: { operationId: "a", parameters: [{ name: "q", in: "query", required: true }] } } };
    const yaml =
      "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths:\n  /a: { get: { operationId: a, parameters: [{ name: q, in: query, required: true }] } }\n";
    const withoutSources = ({ routes, ...api }: OpenApiApi) => ({
      ...api,
      routes: Object.values(routes).map(({ source: _, ...route }) => route),
    });
    expect(withoutSources(apiFromDocument({ "openapi.yaml": yaml }))).toEqual(
      withoutSources(apiFromDocument(document(paths, { security: undefined }))),
    );
  });
});

describe("security says which routes need a key", () => {
  test("the document's, unless the operation has its own", () => {
    expect(requirements("petstore.yaml")).toEqual({
      "POST /pet": true,
      "PUT /pet": true,
      "GET /pet/findByStatus": false,
      "GET /pet/{petId}": true,
      "DELETE /pet/{petId}": true,
      "POST /store/order": true,
    });
  });

  const key = { type: "apiKey", in: "header", name: "X-Api-Key" };
  const bearer = { type: "http", scheme: "bearer" };
  const custom = { type: "apiKey", in: "header", name: "Authorization", "x-amazon-apigateway-authtype": "custom" };
  const withSecurity = (security: unknown, parts: Json = {}, method = "get") =>
    document(
      { "/a": { [method]: { security } } },
      { security: undefined, components: { securitySchemes: { key, bearer, custom } }, ...parts },
    );
  const required = (written: Json, options = {}) =>
    Object.values(apiFromDocument(written, { integrations: () => ({ mock: 200 }), ...options }).routes)[0]
      ?.apiKeyRequired;
  const backend = { securitySchemes: { bearer: "BACKEND" } } as const;

  test.each<[string, unknown, object, boolean | undefined]>([
    ["needs one where the header's scheme is asked for", [{ key: [] }], {}, true],
    ["is open where it says so", [], {}, false],
    ["is open where nothing is asked", [{}], {}, false],
    ["needs one where it is one of the alternatives, of which API Gateway knows none", [{}, { key: [] }], {}, true],
    ["needs one where each alternative has it", [{ key: [] }, { key: [], bearer: [] }], backend, true],
    ["needs one where another scheme alone would do", [{ key: [] }, { bearer: [] }], backend, true],
    ["is open to API Gateway where the backend checks", [{ bearer: [] }], backend, false],
    ["needs one where a scheme is said to be one", [{ bearer: [] }], { securitySchemes: { bearer: "API_KEY" } }, true],
    ["needs one, beside the authorizer", [{ key: [], custom: [] }], {}, true],
  ])("a route %s", (_, security, options, expected) => {
    expect(required(withSecurity(security), options)).toBe(expected);
  });

  test("the authorizer's scheme is a key where the authorizer gives it", () => {
    const source = { "x-amazon-apigateway-api-key-source": "AUTHORIZER" };
    expect(required(withSecurity([{ custom: [] }], source))).toBe(true);
  });

  test("a route of which nothing is said needs one, and a notice says so", () => {
    const api = apiFromDocument(document({ "/a": { get: {} } }, { security: undefined }));
    expect(Object.values(api.routes)[0]).not.toHaveProperty("apiKeyRequired");
    expect(remarksOn(api)).toEqual([
      expect.stringMatching(/^notice: openapi.json:1: paths.\/a.get: says nothing of security, so it needs a key/),
    ]);
  });

  test("a preflight needs none, whatever is said of all operations", () => {
    const api = apiFromDocument(document({ "/a": { options: {}, get: {} } }));
    expect(api.routes["OPTIONS /a"]).not.toHaveProperty("apiKeyRequired");
    expect(remarksOn(api)).toEqual([
      'notice: openapi.json:1: paths./a.options: answers CORS preflights, with which a browser sends nothing; what is asked of all operations is not asked of it: "OPTIONS /a"',
    ]);
    expect(problemsOf(sold(api))).toEqual([]);
  });

  test("an API with another key source, or without an authorizer, is refused", () => {
    const { routes } = apiFromDocument(
      withSecurity([{ custom: [] }], { "x-amazon-apigateway-api-key-source": "AUTHORIZER" }),
    );
    expect(problemsOf(sold({ routes }))).toEqual([
      'api "pets": has the keySource HEADER, but its routes come from openapi.json, which says AUTHORIZER; write keySource: "AUTHORIZER", or spread what apiFromOpenApi returns',
      'api "pets": has no authorizer, but its routes come from openapi.json, which asks one; give the API an authorizer',
    ]);
    const authorizer = { lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys" };
    expect(problemsOf(sold({ routes, keySource: "AUTHORIZER", authorizer }))).toEqual([]);
  });

  test("an API whose authorizers are for other routes alone is refused", () => {
    const { routes } = apiFromDocument(withSecurity([{ custom: [], key: [] }]));
    const keys = { lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys" };
    const own = { "GET /own": { mock: 200, authorizer: "keys" } } as const;
    expect(problemsOf(sold({ routes: { ...routes, ...own }, authorizers: { keys } }))).toEqual([
      'api "pets": has routes that need a key and ask no authorizer, but its routes come from openapi.json, which asks one; give the API an authorizer',
    ]);
    expect(problemsOf(sold({ routes: { ...routes, ...own }, authorizers: { keys }, authorizer: "keys" }))).toEqual([]);
  });

  describe("a copy of a route keeps what its API must be", () => {
    const source = { "x-amazon-apigateway-api-key-source": "AUTHORIZER" };
    const { routes } = apiFromDocument(
      withSecurity(
        [
          { key: [], custom: [] },
          { custom: [], bearer: [] },
        ],
        source,
      ),
      {
        securitySchemes: { bearer: "BACKEND" },
        integrations: () => ({ mock: 200 }),
      },
    );
    const [[key, route] = ["GET /a", { mock: 200 }]] = Object.entries(routes) as [RouteKey, RouteInput][];

    test.each<[string, (route: RouteInput) => RouteInput]>([
      ["a spread", (each) => ({ ...each, apiKeyRequired: true })],
      ["Object.assign", (each) => Object.assign({}, each)],
      ["structuredClone", (each) => structuredClone(each)],
      ["JSON", (each) => JSON.parse(JSON.stringify(each))],
    ])("made by %s", (_, copied) => {
      const problems = problemsOf(sold({ routes: { [key]: copied(route), "GET /b": copied(route) } }));
      expect(problems).toEqual([
        expect.stringMatching(/^api "pets": has the keySource HEADER, but its routes come from openapi.json/),
        expect.stringMatching(/^api "pets": has no authorizer, but its routes come from openapi.json, which asks one/),
      ]);
    });

    test("and says the document's warnings once", () => {
      const { routes: said } = apiFromDocument(document({ "/a": { get: {} } }, { security: undefined }));
      const [one] = Object.values(said);
      const copies = { "GET /a": structuredClone(one), "GET /b": structuredClone(one) };
      const warnings = findingsOf(sold({ routes: copies })).filter((each) => each.includes("openapi.json"));
      expect(warnings).toEqual([
        expect.stringMatching(/^notice: openapi.json:1: paths.\/a.get: says nothing of security/),
      ]);
    });

    test("but what somebody else has written there is refused", () => {
      expect(problemsOf(sold({ routes: { "GET /a": { mock: 200, source: "openapi.yaml" } } }))).toEqual([
        expect.stringMatching(/^api "pets": source of its routes: must be an object with place, findings, needs, got/),
      ]);
    });
  });
});

describe("who answers", () => {
  const routeOf = (extension: unknown, path = "/a", method = "get") =>
    Object.values(
      apiFromDocument(document({ [path]: { [method]: { "x-amazon-apigateway-integration": extension } } }), {}).routes,
    )[0];

  test.each<[string, unknown, object]>([
    ["a mock", { type: "mock" }, { mock: 200 }],
    [
      "a mock with a status",
      { type: "MOCK", requestTemplates: { "application/json": '{"statusCode": 204}' } },
      { mock: 204 },
    ],
    [
      "a mock with a body",
      {
        type: "mock",
        responses: { default: { statusCode: "201", responseTemplates: { "application/json": '{"a":[1]}' } } },
      },
      { mock: { status: 201, body: { a: [1] } } },
    ],
    [
      "a backend",
      { type: "http_proxy", httpMethod: "GET", uri: "https://b.example.com" },
      { http: "https://b.example.com" },
    ],
    [
      "a function",
      {
        type: "aws_proxy",
        httpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations",
      },
      { lambda: "arn:aws:lambda:us-east-1:123456789012:function:f" },
    ],
    [
      "a backend that is called by another method, with a header, a part of the path and a time of its own",
      {
        type: "http_proxy",
        httpMethod: "POST",
        uri: "https://b.example.com",
        timeoutInMillis: 3_000,
        requestParameters: {
          "integration.request.header.x-a": "'1'",
          "integration.request.querystring.q": "context.identity.apiKeyId",
        },
      },
      {
        http: "https://b.example.com",
        integration: {
          httpMethod: "POST",
          timeoutMilliseconds: 3_000,
          headers: { "x-a": "'1'" },
          query: { q: "context.identity.apiKeyId" },
        },
      },
    ],
    [
      "a backend with templates",
      {
        type: "http",
        httpMethod: "GET",
        uri: "https://b.example.com",
        requestTemplates: { "application/json": "{}" },
        passthroughBehavior: "never",
        responses: {
          default: { statusCode: 200, responseParameters: { "method.response.header.X-A": "'1'" } },
          "4\\d{2}": { statusCode: "404", responseTemplates: { "application/json": "{}" } },
        },
      },
      {
        http: "https://b.example.com",
        integration: {
          requestTemplates: { "application/json": "{}" },
          passthroughBehavior: "NEVER",
          responses: {
            200: { headers: { "X-A": "'1'" } },
            404: { selectionPattern: "4\\d{2}", templates: { "application/json": "{}" } },
          },
        },
      },
    ],
    [
      "a function by a stage variable, called with a role",
      {
        type: "aws_proxy",
        httpMethod: "POST",
        credentials: "arn:aws:iam::123456789012:role/r",
        uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.f}/invocations",
      },
      {
        lambda: "arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.f}",
        integration: { credentials: "arn:aws:iam::123456789012:role/r" },
      },
    ],
    [
      "a service",
      {
        type: "aws",
        httpMethod: "POST",
        credentials: "arn:aws:iam::123456789012:role/r",
        uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue",
        responses: { default: { statusCode: "200" } },
      },
      {
        aws: { service: "sqs", region: "us-east-1", path: "123456789012/queue" },
        integration: {
          credentials: "arn:aws:iam::123456789012:role/r",
          passthroughBehavior: "WHEN_NO_MATCH",
          responses: { 200: {} },
        },
      },
    ],
    [
      "a mock with templates, headers and several answers",
      {
        type: "mock",
        requestTemplates: { "application/json": '{"statusCode": $input.params("s")}' },
        responses: {
          default: { statusCode: "200", responseTemplates: { "application/json": '{"id":"$context.requestId"}' } },
          "503": { statusCode: "503", responseParameters: { "method.response.header.Retry-After": "'60'" } },
        },
      },
      {
        mock: 200,
        integration: {
          passthroughBehavior: "WHEN_NO_MATCH",
          requestTemplates: { "application/json": '{"statusCode": $input.params("s")}' },
          responses: {
            200: { templates: { "application/json": '{"id":"$context.requestId"}' } },
            503: { selectionPattern: "503", headers: { "Retry-After": "'60'" } },
          },
        },
      },
    ],
  ])("is said by the extension: %s", (_, extension, expected) => {
    const route = routeOf(extension);
    expect(route).toEqual({ ...expected, apiKeyRequired: true, source: expect.anything() });
    expect(
      problemsOf(
        petShop({ apis: { pets: { stages: { prod: { variables: { f: "f" } } }, routes: { "GET /a": route } } } }),
      ),
    ).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      "a service that answers nothing",
      { type: "aws", httpMethod: "POST", uri: "arn:aws:apigateway:us-east-1:sqs:path/queue" },
      "integration.type: has no responses, so AWS would answer 500",
    ],
    [
      "a type that AWS does not have",
      { type: "ftp", uri: "ftp://x.example.com" },
      'integration.type: is of type "ftp", which AWS does not have',
    ],
    [
      "a network without a name",
      { type: "http_proxy", httpMethod: "GET", connectionType: "VPC_LINK", uri: "http://x.example.com" },
      "goes through a VPC link without a connectionId",
    ],
    [
      "a mapping of nothing",
      {
        type: "http_proxy",
        httpMethod: "GET",
        uri: "https://x.example.com",
        requestParameters: { "integration.request.body": "'1'" },
      },
      'integration.requestParameters: maps {"integration.request.body":"\'1\'"}',
    ],
    [
      "two answers of one status",
      {
        type: "mock",
        responses: { default: { statusCode: "200" }, "4..": { statusCode: "200" } },
      },
      'answers 200 as "default" does',
    ],
    ["no method", { type: "aws_proxy", uri: "arn" }, "has no httpMethod, which AWS demands of it"],
    [
      "a function's ARN",
      { type: "aws_proxy", httpMethod: "POST", uri: "arn:aws:lambda:us-east-1:123456789012:function:f" },
      "AWS wants the URI that calls it",
    ],
    ["a uri that is an object", { type: "aws_proxy", httpMethod: "POST", uri: {} }, "must be a string, got {}"],
    [
      "an answer without status",
      {
        type: "mock",
        responses: { default: { responseTemplates: { "application/json": '{"id":"$context.requestId"}' } } },
      },
      "responses.default: has no statusCode",
    ],
    ["no address", { type: "http_proxy", httpMethod: "GET" }, "has no uri"],
  ])("is not said by an extension with %s, and the remedy is printed", (_, extension, problem) => {
    const written = document({ "/a": { get: { operationId: "a", "x-amazon-apigateway-integration": extension } } });
    const [message, ...others] = problemsOfDocument(written, {});
    expect(others).toEqual([]);
    expect(message).toContain(problem);
    expect(message).toContain('; say who answers by integrations: { "a": "handler" }');
    expect(apiFromDocument(written, { integrations: { a: "f" } }).routes).toMatchObject({ "GET /a": { handler: "f" } });
  });

  test("is said by the mapping: a handler's name, or any integration, by operationId or by route", () => {
    const paths = { "/a": { get: { operationId: "a" }, post: {}, put: { operationId: "b" } } };
    const integrations = { a: "pets", "POST /a": { mock: 201 }, "PUT /a": { http: "https://b.example.com" } } as const;
    expect(apiFromDocument(document(paths), { integrations }).routes).toMatchObject({
      "GET /a": { handler: "pets" },
      "POST /a": { mock: 201 },
      "PUT /a": { http: "https://b.example.com" },
    });
  });

  test("is said by a function of the operation", () => {
    const paths = { "/a/{id}": { get: { operationId: "a", tags: ["x"] } } };
    const asked: unknown[] = [];
    const integrations = (operation: object) => {
      asked.push(operation);
      return { mock: 200 };
    };
    apiFromDocument(document(paths), { integrations });
    expect(asked).toEqual([{ operationId: "a", key: "GET /a/{id}", method: "GET", path: "/a/{id}", tags: ["x"] }]);
  });

  test("is checked in the editor, where the document's operation ids are known", () => {
    type Operations = { readonly addPet: unknown; readonly getPet: unknown };
    const use = (_: () => unknown) => {};
    use(() =>
      routesFromOpenApi<keyof Operations & string>("openapi.yaml", {
        integrations: {
          addPet: "pets",
          // @ts-expect-error
          addPets: "pets",
        },
      }),
    );
  });
});

describe("what API Gateway checks of a request", () => {
  test("parameters of the path item and of the operation, by their own names", () => {
    expect(apiOf("payments.yaml").routes["GET /v1/charges"]?.request).toEqual({ query: { limit: "optional" } });
    expect(apiOf("orders/openapi.yaml").routes["GET /orders"]?.request).toEqual({
      query: { cursor: "required" },
      headers: { "X-Tenant": "required" },
    });
  });

  test("a parameter of the operation goes before that of its path", () => {
    const parameter = (required: boolean) => ({ name: "q", in: "query", required });
    const api = apiFromDocument(
      document({ "/a": { parameters: [parameter(true)], get: { parameters: [parameter(false)] }, put: {} } }),
    );
    expect([api.routes["GET /a"]?.request, api.routes["PUT /a"]?.request]).toEqual([
      { query: { q: "optional" } },
      { query: { q: "required" } },
    ]);
  });

  test("nothing, if the backend does that", () => {
    const api = apiOf("petstore.yaml", { validate: false });
    expect(Object.values(api.routes).map(({ request }) => request)).toEqual([
      undefined,
      undefined,
      { query: { status: "optional", page: "optional" } },
      undefined,
      { headers: { "If-Match": "optional" } },
      undefined,
    ]);
  });

  test("words beside a reference, in 3.1 and not in 3.0", () => {
    const body = (openapi: string) => {
      const schema = { $ref: "#/components/schemas/a", required: ["x"] };
      const paths = {
        "/a": { post: { requestBody: { required: true, content: { "application/json": { schema } } } } },
      };
      const api = apiFromDocument(
        document(paths, { openapi, security: undefined, components: { schemas: { a: { type: "object" } } } }),
      );
      return api.routes["POST /a"]?.request?.body;
    };
    expect(body("3.0.3")).toEqual({ $ref: "#/models/a" });
    expect(body("3.1.0")).toEqual({ allOf: [{ $ref: "#/models/a" }, { required: ["x"] }] });
  });
});

describe("what API Gateway cannot express is reported with its place", () => {
  test.each<[string, RegExp[]]>([
    [
      "petstore.yaml",
      [
        /^warning: \S+petstore.yaml:21: paths.\/pet.post.requestBody.content.application\/xml: bodies of type application\/xml are passed on unchecked/,
        /^notice: \S+petstore.yaml:37: .*: is checked for being there where it is required, not for its schema \(also at :72\)$/,
        /^notice: \S+petstore.yaml:65: paths.\/store\/order.post.requestBody: may be left out, so an empty object and null pass as well/,
        /^notice: \S+petstore.yaml:8: servers.0: has the path \/api\/v3, .* basePath: "api\/v3" for it, or say basePath: "prepend" beside the document$/,
      ],
    ],
    [
      "payments.yaml",
      [
        /payments.yaml:45: paths.\/v1\/refunds.post.callbacks: describes requests that the provider sends/,
        /payments.yaml:11: .*: is an object that is spread over several parameters/,
        /payments.yaml:16: .*: has a name that API Gateway does not take/,
        /payments.yaml:19: .*: is checked for being there/,
        /payments.yaml:26: .*: bodies of type application\/x-www-form-urlencoded are passed on unchecked/,
      ],
    ],
    [
      "chat.yaml",
      [
        /chat.yaml:13: .*x-www-form-urlencoded: bodies of type/,
        /chat.yaml:32: .*: is a cookie, of which API Gateway knows nothing/,
        /chat.yaml:34: .*: lists alternatives/,
      ],
    ],
    [
      "orders/openapi.yaml",
      [
        /orders\/openapi.yaml:33: webhooks: describes requests that the provider sends/,
        /orders\/schemas\/common.json:3: parameters.cursor: is checked for being there/,
        /orders\/schemas\/order.yaml:19: \$defs.line.unevaluatedProperties: has no word in JSON Schema draft 4/,
      ],
    ],
  ])("%s", (name, expected) => {
    expect(remarksOn(apiOf(name))).toEqual(expected.map((each) => expect.stringMatching(each)));
  });

  test("among the findings of the catalog", () => {
    const { findings } = defineUnchecked(sold(apiOf("petstore.yaml")));
    expect(findings.map(({ place }) => place)).toContainEqual(expect.stringMatching(/petstore.yaml:21: /));
  });

  test.each<[string, Json, RegExp]>([
    [
      "another server",
      { servers: [{ url: "https://elsewhere.example.com" }] },
      /has servers of its own, which are not followed/,
    ],
    [
      "a parameter that the path lacks",
      { parameters: [{ name: "petId", in: "path", required: true }] },
      /is for \{petId\}, which the path \/a does not have/,
    ],
    [
      "a parameter that may be empty",
      { parameters: [{ name: "q", in: "query", required: true, allowEmptyValue: true }] },
      /may be empty, and API Gateway would refuse an empty "q"/,
    ],
    [
      "a body of GET",
      { requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } } },
      /is for GET, with which clients send no body/,
    ],
    [
      "alternatives",
      { security: [{}, { key: [] }] },
      /lists alternatives, which API Gateway does not know: all that they list is asked of each caller/,
    ],
  ])("%s", (_, operation, remark) => {
    expect(remarksOn(apiFromDocument(document({ "/a": { get: operation } })))).toEqual([expect.stringMatching(remark)]);
  });
});

describe("a newcomer's mistake is reported with place and remedy", () => {
  const one = (operation: Json, path = "/a") => document({ [path]: { get: operation } });
  const none = { integrations: {} };
  test.each<[string, Json, object, string]>([
    [
      "Swagger 1.2",
      { swagger: "1.2", paths: {} },
      {},
      'openapi.json: is Swagger "1.2", and 2.0 is read; write it in 2.0 or OpenAPI 3',
    ],
    [
      "another file",
      { name: "x" },
      {},
      'openapi.json: is not an OpenAPI document: it has neither "openapi" nor "swagger"; it begins with "openapi: 3.1.0"',
    ],
    [
      "a version that is not read",
      document({ "/a": {} }, { openapi: "3.2.0" }),
      {},
      'openapi.json: is of OpenAPI "3.2.0", and 3.0 and 3.1 are read, and Swagger 2.0; write it in one of them, in quotes',
    ],
    ["no paths", document({}), {}, "openapi.json: has no paths, so there are no routes in it; add one"],
    [
      "YAML with a tab",
      { "openapi.yaml": "openapi: 3.1.0\npaths:\n\t/a: {}\n" },
      {},
      "openapi.yaml: is not well formed at line 3: ",
    ],
    [
      "nobody who answers",
      one({ operationId: "list" }),
      none,
      'openapi.json:1: paths./a.get: "list" has no integration; say who answers by integrations: { "list": "handler" }, or by x-amazon-apigateway-integration',
    ],
    [
      "nobody who answers, and no operationId",
      one({}),
      none,
      '"GET /a" has no integration; say who answers by integrations: { "GET /a": "handler" }',
    ],
    [
      "a misspelt operationId",
      one({ operationId: "list" }),
      { integrations: { list: "a", lsit: "a" } },
      'openapi.json: integrations: unknown operation "lsit"; did you mean "list"?',
    ],
    [
      "a misspelt scheme",
      one({}),
      { integrations: () => "a", securitySchemes: { kei: "BACKEND" } },
      'securitySchemes: unknown security scheme "kei"; did you mean "key"?',
    ],
    [
      "a scheme that is not defined",
      one({ security: [{ apiKey: [] }] }),
      undefined as never,
      'unknown security scheme "apiKey"; there are "key"; define it in components.securitySchemes',
    ],
    [
      "security that is not a list",
      one({ security: { key: [] } }),
      undefined as never,
      'paths./a.get.security: must be a list of security requirements, such as [{ apiKey: [] }], or [] for "open"',
    ],
    [
      "a key elsewhere",
      document(
        { "/a": { get: {} } },
        { components: { securitySchemes: { key: { type: "apiKey", in: "query", name: "api_key" } } } },
      ),
      undefined as never,
      'components.securitySchemes.key: is the query parameter "api_key", and API Gateway takes keys from the header x-api-key alone',
    ],
    [
      "a key for a preflight",
      document({ "/a": { options: { security: [{ key: [] }] } } }),
      undefined as never,
      'is asked of CORS preflights, with which a browser sends nothing; write "security: []" there, or leave them out: leaveOut: ["',
    ],
    [
      "a preflight that calls something, where all operations are asked for something",
      document({
        "/a": {
          options: {
            "x-amazon-apigateway-integration": {
              type: "http_proxy",
              httpMethod: "OPTIONS",
              uri: "https://a.example.com",
            },
          },
        },
      }),
      {},
      'is for CORS preflights, with which a browser sends nothing, and what is asked of all operations guards what it calls; write "security: []" there if all may call it, or leave it out: leaveOut: ["OPTIONS /a"]',
    ],
    [
      "a trailing slash",
      one({}, "/a/"),
      undefined as never,
      '"GET /a/" must have a path without empty parts; drop the doubled or trailing slash; or leave it out: leaveOut: ["GET /a/"]',
    ],
    ["a query in the path", one({}, "/a?b=1"), undefined as never, 'has the path part "a?b=1"'],
    [
      "two names for one parameter",
      document({ "/p/{id}": { get: {} }, "/p/{petId}/toys": { get: {} } }),
      undefined as never,
      'paths./p/{petId}/toys.get: "GET /p/{petId}/toys" has {petId} under "/p", where route "GET /p/{id}" has {id}',
    ],
    [
      "one operationId twice",
      document({ "/a": { get: { operationId: "x" }, put: { operationId: "x" } } }),
      undefined as never,
      '"PUT /a" has the operationId "x" of "GET /a"; give each its own',
    ],
    [
      "TRACE",
      document({ "/a": { trace: {} } }),
      undefined as never,
      "is for the method TRACE, which API Gateway does not have; take the operation out",
    ],
    [
      "a reference that is misspelt",
      one({ parameters: [{ $ref: "#/components/parameters/pgae" }] }),
      undefined as never,
      'paths./a.get.parameters.0: refers to "#/components/parameters/pgae", which is not there; look at its spelling',
    ],
    [
      "a reference with a long name",
      one({ parameters: [{ $ref: "#/components/parameters/PaymentMethodConfiguration" }] }),
      undefined as never,
      'refers to "#/components/parameters/PaymentMethodConfiguration", which is not there',
    ],
    [
      "a reference to a file that is not there",
      one({ parameters: [{ $ref: "common.yaml#/page" }] }),
      undefined as never,
      'refers to "common.yaml#/page", a file that does not exist',
    ],
    [
      "a reference to the web",
      one({ parameters: [{ $ref: "https://example.com/common.yaml#/page" }] }),
      undefined as never,
      "which is not on this machine; download it, and refer to the file",
    ],
    [
      "a reference to itself",
      document({ "/a": { $ref: "#/paths/~1a" } }),
      undefined as never,
      'refers to itself by "#/paths/~1a"; drop the reference',
    ],
    [
      "a reference that is not a pointer",
      one({ parameters: [{ $ref: "#Page" }] }),
      undefined as never,
      "which is not a JSON pointer; write it as #/components/schemas/Pet",
    ],
    [
      "a parameter that is nowhere",
      one({ parameters: [{ name: "q" }] }),
      undefined as never,
      'paths./a.get.parameters.0: must be a parameter with a name and "in"',
    ],
    [
      "a parameter of Swagger 2.0",
      one({ parameters: [{ name: "q", in: "body" }] }),
      undefined as never,
      'must have "in" query, header, path or cookie, got "body"',
    ],
    [
      "an operation to leave out that is not there",
      one({}),
      { integrations: () => "a", leaveOut: ["lsit"] },
      'leaveOut: no operation is called "lsit"; write its operationId, or "GET /path", or a pattern with *',
    ],
    [
      "another key source",
      document({ "/a": { get: {} } }, { "x-amazon-apigateway-api-key-source": "QUERY" }),
      undefined as never,
      "x-amazon-apigateway-api-key-source: must be HEADER or AUTHORIZER",
    ],
  ])("%s", (_, written, options, message) => {
    expect(problemsOfDocument(written, options)).toEqual([expect.stringContaining(message)]);
  });

  test.each<[string, Json, string]>([
    [
      "required as in JSON Schema's draft 3",
      { properties: { a: { type: "string", required: true } } },
      'schema.properties.a.required: must be a list of the names of properties that are required, such as ["name"]',
    ],
    [
      "a type that is none",
      { type: "text" },
      'schema.type: type must be one of array, boolean, integer, null, number, object, string, or a list of these, got "text"',
    ],
    [
      "a text for a number",
      { minLength: "3" },
      'schema.minLength: minLength must be a whole number, 0 or more, got "3"',
    ],
    ["a pattern that is none", { pattern: "(" }, 'schema.pattern: pattern must be a regular expression, got "("'],
    ["a schema that is none", { items: "string" }, "schema.items: must be a schema; write {} for anything"],
    ["no alternatives", { oneOf: [] }, "schema.oneOf: must be a list of schemas, at least one"],
  ])("in a schema: %s", (_, schema, message) => {
    const paths = { "/a": { post: { requestBody: { required: true, content: { "application/json": { schema } } } } } };
    expect(problemsOfDocument(document(paths))).toEqual([expect.stringContaining(message)]);
  });

  test("a file that is not there", () => {
    expect(() => routesFromOpenApi("opnapi.yaml")).toThrow(
      "opnapi.yaml: does not exist; paths are relative to the project's folder",
    );
  });

  test("all of them at once", () => {
    const paths = { "/a/": { get: {} }, "/b": { get: { security: [{ nope: [] }] }, trace: {} }, "/c": { get: {} } };
    expect(problemsOfDocument(document(paths), {})).toHaveLength(4);
  });
});
