import fc from "fast-check";
import { arbitraryCatalog, type WrittenCatalog } from "../support/arbitrary-catalog";
import { defineUnchecked, petShop } from "../support/catalogs";
import { changedPaths, type Json, onlyResource, resources, synthesize } from "../support/synthesize";
import { HANDLERS_FOLDER } from "../support/whole-catalog";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);

const ROUTES = {
  "GET /pets": { mock: 200 },
  "POST /pets": { http: "https://backend.example.com/pets" },
  "GET /pets/{id}": { http: "https://backend.example.com/pets/{id}" },
};
const stacksOf = (fields: Record<string, unknown>, stage: Record<string, unknown> = {}) =>
  synthesize(
    defineUnchecked(
      petShop({
        apis: { pets: { stages: { prod: stage }, routes: ROUTES, ...fields } },
        domainNames: { "api.example.com": { existing: true } },
      }),
    ),
  );
const definition = (fields: Record<string, unknown>): Json => stacksOf(fields).pets;

/** A route's blocks by type, without `aws_api_gateway_`. */
function blocksOf(stack: Json, method: string, last: string): Record<string, Json> {
  const part = Object.entries(resources(stack, "aws_api_gateway_resource")).find(([, each]) => each.path_part === last);
  const resource = `\${aws_api_gateway_resource.${part?.[0]}.id}`;
  const methods = Object.entries(resources(stack, "aws_api_gateway_method"));
  const name = methods.find(([, each]) => each.resource_id === resource && each.http_method === method)?.[0];
  const reference = `\${aws_api_gateway_method.${name}.http_method}`;
  const types = ["integration", "method_response", "integration_response"].map((type) => [
    type,
    Object.values(resources(stack, `aws_api_gateway_${type}`)).find((each) => each.http_method === reference),
  ]);
  return { method: methods.find(([each]) => each === name)?.[1], ...Object.fromEntries(types) };
}
const headersOf = ({ integration_response }: Record<string, Json>) => integration_response?.response_parameters;
const responsesByType = (stack: Json) =>
  Object.fromEntries(
    Object.values(resources(stack, "aws_api_gateway_gateway_response")).map((each) => [each.response_type, each]),
  );

describe("CORS", () => {
  const stack = definition({
    cors: {
      allowOrigin: "https://app.example.com",
      exposeHeaders: ["x-b", "x-a"],
      maxAgeSeconds: 600,
      allowCredentials: true,
    },
    gatewayResponses: { THROTTLED: { headers: { "Retry-After": "1" } } },
  });

  test("gives each path that has routes a preflight route without key and authorizer", () => {
    for (const last of ["pets", "{id}"]) {
      const { method, integration, method_response: response } = blocksOf(stack, "OPTIONS", last);
      expect(method).toMatchObject({ api_key_required: false, authorization: "NONE" });
      expect(integration).toMatchObject({
        type: "MOCK",
        request_templates: { "application/json": '{"statusCode":204}' },
      });
      expect(response.status_code).toBe("204");
    }
    expect(Object.keys(resources(stack, "aws_api_gateway_method"))).toHaveLength(5);
  });

  test("answers a preflight with what a browser wants to know of that path", () => {
    const answer = blocksOf(stack, "OPTIONS", "pets");
    expect(headersOf(answer)).toEqual({
      "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'",
      "method.response.header.Access-Control-Allow-Credentials": "'true'",
      "method.response.header.Access-Control-Allow-Headers":
        "'authorization,content-type,x-amz-date,x-amz-security-token,x-api-key'",
      "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS,POST'",
      "method.response.header.Access-Control-Max-Age": "'600'",
    });
    expect(Object.keys(answer.method_response.response_parameters).sort()).toEqual(
      Object.keys(headersOf(answer)).sort(),
    );
    expect(headersOf(blocksOf(stack, "OPTIONS", "{id}"))).toMatchObject({
      "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
    });
  });

  test("lets a page read what a mock route answers", () => {
    expect(headersOf(blocksOf(stack, "GET", "pets"))).toEqual({
      "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'",
      "method.response.header.Access-Control-Allow-Credentials": "'true'",
      "method.response.header.Access-Control-Expose-Headers": "'x-a,x-b'",
    });
  });

  test("lets a page read what API Gateway answers by itself, so that a 429 is a 429", () => {
    const cors = {
      "gatewayresponse.header.Access-Control-Allow-Origin": "'https://app.example.com'",
      "gatewayresponse.header.Access-Control-Allow-Credentials": "'true'",
      "gatewayresponse.header.Access-Control-Expose-Headers": "'x-a,x-b'",
    };
    const template = { "application/json": '{"message":$context.error.messageString}' };
    expect(responsesByType(stack)).toEqual({
      DEFAULT_4XX: expect.objectContaining({ response_parameters: cors, response_templates: template }),
      DEFAULT_5XX: expect.objectContaining({ response_parameters: cors, response_templates: template }),
      THROTTLED: expect.objectContaining({
        response_parameters: { ...cors, "gatewayresponse.header.Retry-After": "'1'" },
        response_templates: template,
      }),
    });
    expect(Object.values(responsesByType(stack)).filter((each: Json) => "status_code" in each)).toEqual([]);
  });

  test.each(["OPTIONS", "ANY"])("leaves a path alone that answers preflights by a route %s of its own", (method) => {
    const routes = { "GET /pets": { mock: 200 }, [`${method} /pets`]: { http: "https://backend.example.com" } };
    const own = definition({ cors: { allowOrigin: "*" }, routes });
    expect(
      Object.values(resources(own, "aws_api_gateway_method"))
        .map((each: Json) => each.http_method)
        .sort(),
    ).toEqual(["GET", method].sort());
  });

  test.each([
    ["OPTIONS", "'DELETE,OPTIONS'"],
    ["ANY", "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'"],
  ])("puts the headers of a preflight on the mock answer of a route %s", (method, methods) => {
    const routes = { "DELETE /pets": { http: "https://backend.example.com" }, [`${method} /pets`]: { mock: 204 } };
    const own = definition({ cors: { allowOrigin: "*" }, routes });
    expect(headersOf(blocksOf(own, method, "pets"))).toMatchObject({
      "method.response.header.Access-Control-Allow-Origin": "'*'",
      "method.response.header.Access-Control-Allow-Methods": methods,
    });
  });

  test("lets a given header stand, whatever its case", () => {
    const headers = { "access-control-allow-origin": "https://other.example.com" };
    const own = definition({ cors: { allowOrigin: "*" }, gatewayResponses: { THROTTLED: { headers } } });
    expect(responsesByType(own).THROTTLED.response_parameters).toEqual({
      "gatewayresponse.header.access-control-allow-origin": "'https://other.example.com'",
    });
  });

  describe("for several origins", () => {
    const allowOrigin = ["https://b.example.com", "https://a.example.com"];
    const several = definition({ cors: { allowOrigin } });
    const chosen = (...origins: string[]) =>
      "#set($headers = $input.params().header)" +
      origins
        .map(
          (origin, index) =>
            `#${index === 0 ? "" : "else"}if($headers.get('origin') == '${origin}' || $headers.get('Origin') == '${origin}')` +
            `#set($context.responseOverride.header.Access-Control-Allow-Origin = '${origin}')`,
        )
        .join("") +
      "#end";

    test("answers the one that asks, compared as a whole, on preflights and mocks", () => {
      const template = chosen("https://a.example.com", "https://b.example.com");
      for (const method of ["OPTIONS", "GET"]) {
        const { integration_response: answer, method_response: response } = blocksOf(several, method, "pets");
        expect(answer.response_templates).toEqual({ "application/json": template });
        expect(answer.response_parameters).toMatchObject({ "method.response.header.Vary": "'Origin'" });
        expect(answer.response_parameters).not.toHaveProperty(["method.response.header.Access-Control-Allow-Origin"]);
        expect(response.response_parameters).toMatchObject({
          "method.response.header.Access-Control-Allow-Origin": true,
          "method.response.header.Vary": true,
        });
      }
    });

    test("keeps the body of a mock", () => {
      const routes = { "GET /pets": { mock: { status: 200, body: { price: "$5" } } } };
      const { integration_response: answer } = blocksOf(definition({ cors: { allowOrigin }, routes }), "GET", "pets");
      const template = chosen("https://a.example.com", "https://b.example.com");
      expect(answer.response_templates).toEqual({ "application/json": `${template}{"price":"\\u00245"}` });
    });

    test.each<[string, object, string]>([
      ["every page", {}, "*"],
      ["with cookies the first origin", { allowCredentials: true }, "https://b.example.com"],
    ])("lets %s read what API Gateway answers by itself", (_, fields, origin) => {
      const own = definition({ cors: { allowOrigin, ...fields } });
      for (const type of ["DEFAULT_4XX", "DEFAULT_5XX"]) {
        const headers = responsesByType(own)[type].response_parameters;
        expect(headers).toMatchObject({ "gatewayresponse.header.Access-Control-Allow-Origin": `'${origin}'` });
        expect(headers).not.toHaveProperty(["gatewayresponse.header.Vary"]);
      }
    });

    test('leaves answers that are mapped to their own headers, since "*" would show every page what a backend answers', () => {
      const routes = { "GET /pets": { http: "https://backend.example.com", integration: { responses: { 200: {} } } } };
      const mapped = (allowed: unknown) => {
        const { integration_response: answer } = blocksOf(
          definition({ cors: { allowOrigin: allowed }, routes }),
          "GET",
          "pets",
        );
        return answer.response_parameters?.["method.response.header.Access-Control-Allow-Origin"];
      };
      expect(mapped(allowOrigin)).toBeUndefined();
      expect(mapped("https://a.example.com")).toBe("'https://a.example.com'");
    });

    test("is in the environment of functions, unless the catalog says another", () => {
      const environmentOf = (environment?: object) => {
        const routes = { "GET /pets": { handler: environment ? { name: "hello", environment } : "hello" } };
        const own = defineUnchecked(
          petShop({ apis: { pets: { cors: { allowOrigin }, stages: { prod: {} }, routes } } }),
        );
        const { pets } = synthesize(own, { handlersFolder: HANDLERS_FOLDER });
        return onlyResource(pets, "aws_lambda_function").environment?.variables;
      };
      expect(environmentOf()).toMatchObject({ CORS_ALLOW_ORIGINS: "https://a.example.com,https://b.example.com" });
      expect(environmentOf({ CORS_ALLOW_ORIGINS: "none" })).toMatchObject({ CORS_ALLOW_ORIGINS: "none" });
    });

    test("is the same as one origin, where the list has one", () => {
      const one = "https://a.example.com";
      expect(definition({ cors: { allowOrigin: [one] } })).toEqual(definition({ cors: { allowOrigin: one } }));
    });
  });

  test("takes an origin that Terraform knows later", () => {
    const allowOrigin = "https://${aws_cloudfront_distribution.d.domain_name}";
    expect(responsesByType(definition({ cors: { allowOrigin } })).DEFAULT_4XX.response_parameters).toEqual({
      "gatewayresponse.header.Access-Control-Allow-Origin": `'${allowOrigin}'`,
    });
  });

  test("is not there unless the catalog says so", () => {
    const plain = definition({});
    expect(resources(plain, "aws_api_gateway_gateway_response")).toEqual({});
    expect(Object.keys(resources(plain, "aws_api_gateway_method"))).toHaveLength(3);
    expect(headersOf(blocksOf(plain, "GET", "pets"))).toBeUndefined();
  });
});

test("a gateway response says its status, headers and body, in which Terraform evaluates nothing", () => {
  const stack = definition({
    gatewayResponses: {
      QUOTA_EXCEEDED: {
        statusCode: 402,
        headers: { "X-Note": "${a} %{b}" },
        template: '{"message":$context.error.messageString,"note":"${a} %{b}"}',
      },
    },
  });
  expect(onlyResource(stack, "aws_api_gateway_gateway_response")).toMatchObject({
    response_type: "QUOTA_EXCEEDED",
    status_code: "402",
    response_parameters: { "gatewayresponse.header.X-Note": "'$${a} %%{b}'" },
    response_templates: { "application/json": '{"message":$context.error.messageString,"note":"$${a} %%{b}"}' },
  });
});

describe("I5: every gateway response and CORS setting changes exactly its own trigger", () => {
  const triggers = (fields: Record<string, unknown>, stage?: Record<string, unknown>) => ({
    it: onlyResource(stacksOf(fields, stage)["pets-prod"], "aws_api_gateway_deployment").triggers,
  });
  const cors = { allowOrigin: "https://a.example.com", maxAgeSeconds: 1 };
  const throttled = { THROTTLED: { headers: { "Retry-After": "1" } } };
  const before = { cors, gatewayResponses: throttled };
  const preflights = ["OPTIONS /pets", "OPTIONS /pets/{id}"];
  const responses = ["gateway response DEFAULT_4XX", "gateway response DEFAULT_5XX", "gateway response THROTTLED"];
  const withCors = (fields: Record<string, unknown>) => ({ ...before, cors: { ...cors, ...fields } });

  test.each<[string, Record<string, unknown>, string[]]>([
    ["how long a preflight is remembered", withCors({ maxAgeSeconds: 2 }), preflights],
    ["the headers that a page may send", withCors({ allowHeaders: ["x-api-key"] }), preflights],
    ["the methods that a page may use", withCors({ allowMethods: ["GET"] }), preflights],
    ["the headers that a page may read", withCors({ exposeHeaders: ["x-a"] }), ["GET /pets", ...responses]],
    ["the origin, which stands everywhere", withCors({ allowOrigin: "*" }), ["GET /pets", ...preflights, ...responses]],
    [
      "cookies, which stand everywhere",
      withCors({ allowCredentials: true }),
      ["GET /pets", ...preflights, ...responses],
    ],
    ["no CORS any more", { ...before, cors: undefined }, ["GET /pets", ...preflights, ...responses]],
    [
      "a header of a response",
      { ...before, gatewayResponses: { THROTTLED: { headers: { "Retry-After": "2" } } } },
      ["gateway response THROTTLED"],
    ],
    [
      "a status of a response",
      { ...before, gatewayResponses: { THROTTLED: { ...throttled.THROTTLED, statusCode: 503 } } },
      ["gateway response THROTTLED"],
    ],
    [
      "the body of a response",
      { ...before, gatewayResponses: { THROTTLED: { ...throttled.THROTTLED, template: "{}" } } },
      ["gateway response THROTTLED"],
    ],
    [
      "one response more",
      { ...before, gatewayResponses: { ...throttled, INVALID_API_KEY: {} } },
      ["gateway response INVALID_API_KEY"],
    ],
    ["one response less", { ...before, gatewayResponses: {} }, ["gateway response THROTTLED"]],
    [
      "a method more on a path",
      { ...before, routes: { ...ROUTES, "PUT /pets": { http: "https://backend.example.com" } } },
      ["OPTIONS /pets", "PUT /pets"],
    ],
    [
      "the same in another order",
      {
        gatewayResponses: { THROTTLED: { headers: { "Retry-After": "1" } } },
        cors: { maxAgeSeconds: 1, allowOrigin: cors.allowOrigin },
      },
      [],
    ],
  ])("%s", (_, after, changed) => {
    expect(changedPaths(triggers(before), triggers(after))).toEqual(changed.map((part) => `it/${part}`).sort());
  });

  test.each([
    ["an access log", { accessLog: true }],
    ["settings", { settings: { metrics: true, logLevel: "INFO", throttle: { rateLimit: 50, burstLimit: 50 } } }],
    ["a domain name", { domains: [{ name: "api.example.com" }] }],
  ])("what belongs to the stage changes none: %s", (_, stage) => {
    expect(triggers(before, stage)).toEqual(triggers(before));
  });

  test("whatever the routes, a preflight's age changes the triggers of the preflights and of no other", () => {
    fc.assert(
      fc.property(arbitraryCatalog, (catalog) => {
        const withAge = (maxAgeSeconds: number): WrittenCatalog => {
          const changed = structuredClone(catalog);
          for (const api of Object.values(changed.apis))
            Object.assign(api, { cors: { allowOrigin: "*", maxAgeSeconds } });
          return changed;
        };
        const [one, two] = [1, 2].map((age) => synthesize(defineUnchecked(withAge(age))));
        const expected = Object.entries(catalog.apis).flatMap(([api, { stages, routes }]) => {
          const paths = Object.keys(routes).map((key) => key.split(" ") as [string, string]);
          const own = paths.filter(([method]) => method === "ANY" || method === "OPTIONS").map(([, path]) => path);
          // A mock route for any method answers preflights by itself.
          const mocks = Object.entries(routes).filter(([key, route]) => key.startsWith("ANY ") && "mock" in route);
          const parts = new Set([
            ...paths.filter(([, path]) => !own.includes(path)).map(([, path]) => `OPTIONS ${path}`),
            ...mocks.map(([key]) => key),
          ]);
          return Object.keys(stages).flatMap((stage) => [...parts].map((part) => `${api}-${stage}: ${part}`));
        });
        const changed = changedPaths(one as Json, two as Json).flatMap((path) => {
          const [, stack, part] =
            /^([^/]+)\/resource\/aws_api_gateway_deployment\/[^/]+\/triggers\/(.*)$/.exec(path) ?? [];
          return stack === undefined ? [] : [`${stack}: ${part}`];
        });
        expect(changed).toEqual(expected.sort());
      }),
      { numRuns: RUNS },
    );
  });
});
