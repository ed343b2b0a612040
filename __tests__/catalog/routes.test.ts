import { findingsOf, petShop, problemsOf, withRoutes } from "../support/catalogs";

describe("a route that API Gateway takes", () => {
  test.each([
    ["GET /"],
    ["GET /pets"],
    ["ANY /{proxy+}"],
    ["PATCH /v3/events:batchGet"],
    ["DELETE /pets/{pet-id}/toys/{toy.id}"],
    ["HEAD /a_b/c.d/~".replace("/~", "")],
  ])("is taken: %s", (key) => {
    expect(problemsOf(withRoutes({ [key]: { mock: 200 } }))).toEqual([]);
  });
});

describe("a route that API Gateway would refuse", () => {
  test.each([
    ["get /pets", /must be a method and a path/],
    ["GET", /must be a method and a path/],
    ["TRACE /pets", /the methods are ANY, DELETE, GET/],
    ["GET  /pets", /must be a method and a path/],
    ["GET pets", /begins with "\/"; write "\/pets"/],
    ["GET /pets/", /drop the doubled or trailing slash/],
    ["GET /a//b", /drop the doubled or trailing slash/],
    ["GET /{proxy+}/x", /greedy parameter "\{proxy\+\}" before the end/],
    ["GET /{id}/x/{id}", /names the parameter "id" twice/],
    ["GET /files/{name}.json", /path part "\{name\}\.json"/],
    ["GET /a b", /must be a method and a path/],
    ["GET /café", /path part "café"/],
  ])("is refused: %s", (key, problem) => {
    expect(problemsOf(withRoutes({ [key]: { mock: 200 } }))).toEqual([expect.stringMatching(problem)]);
  });

  test("has another parameter than its sibling at the same place", () => {
    const routes = { "GET /pets/{id}": { mock: 200 }, "GET /pets/{petId}/toys": { mock: 200 } };
    expect(problemsOf(withRoutes(routes))).toEqual([
      'api "pets": route "GET /pets/{petId}/toys": has {petId} under "/pets", where route "GET /pets/{id}" has {id}; AWS takes one parameter there, so give both the same name',
    ]);
  });

  test("stands in an API that would be deployed empty", () => {
    expect(problemsOf(withRoutes({}))).toEqual([
      'api "pets": has stages but no route, and AWS deploys no empty API; add a route',
    ]);
  });
});

describe("an integration", () => {
  test.each([
    ["a mock status", { mock: 204 }],
    ["a mock body", { mock: { status: 200, body: { any: ["thing", 1, null] } } }],
    ["a backend", { http: "https://backend.example.com/pets" }],
    ["a backend on a port", { http: "http://10.0.0.1:8080/pets" }],
    ["a backend that another construct makes", { http: "https://${aws_lb.main.dns_name}/pets" }],
    ["a function", { lambda: "arn:aws:lambda:eu-central-1:123456789012:function:pets" }],
    ["an alias of a function", { lambda: "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:pets:prod" }],
    ["a backend whose port another construct makes", { http: "http://${aws_lb.main.dns_name}:${var.port}/pets" }],
    ["a backend with an odd path", { http: "https://backend.example.com/a%zz" }],
    ["a function that another construct makes", { lambda: "${aws_lambda_function.pets.arn}" }],
  ])("is taken: %s", (_, integration) => {
    expect(problemsOf(withRoutes({ "GET /pets": integration }))).toEqual([]);
  });

  test.each([
    ["none", {}, /has no integration; give it one of handler, mock, http, lambda or aws/],
    ["two", { mock: 200, http: "https://x.example.com" }, /has mock and http; keep one of them/],
    ["a misspelt one", { htpp: "https://x.example.com" }, /has the unknown field "htpp"; did you mean "http"\?/],
    ["a status that is none", { mock: 700 }, /mock must be a status from 200 to 599, got 700/],
    ["a status as text", { mock: { status: "200" } }, /mock.status must be a status from 200 to 599, got "200"/],
    ["a string that is not a URL", { http: "backend" }, /http must be a URL, got "backend"/],
    ["another protocol", { http: "ftp://backend.example.com" }, /http must begin with https:\/\/ or http:\/\//],
    ["a host of this machine", { http: "http://localhost:3000" }, /http must name a host that AWS can reach/],
    [
      "a parameter the path lacks",
      { http: "https://x.example.com/{id}" },
      /http uses \{id\}, which the route's path does not have/,
    ],
    [
      "a function's name",
      { lambda: "pets" },
      /lambda must be the ARN of a Lambda function, got "pets"; write it as arn:aws:lambda/,
    ],
  ])("is refused: %s", (_, integration, problem) => {
    expect(problemsOf(withRoutes({ "GET /pets": integration }))).toEqual([expect.stringMatching(problem)]);
  });
});

describe("the key requirement", () => {
  test("cannot be asked of a CORS preflight, with which a browser sends no key", () => {
    expect(problemsOf(withRoutes({ "OPTIONS /pets": { mock: 200, apiKeyRequired: true } }))).toEqual([
      expect.stringContaining(
        "apiKeyRequired must not be true: a browser sends no key with a CORS preflight; leave it out",
      ),
    ]);
  });

  test("must be true or false", () => {
    expect(problemsOf(withRoutes({ "GET /pets": { mock: 200, apiKeyRequired: "no" } }))).toEqual([
      'api "pets": route "GET /pets": apiKeyRequired must be true or false, got "no"',
    ]);
  });

  test("with key source AUTHORIZER needs an authorizer that returns the key", () => {
    const api = { keySource: "AUTHORIZER", stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } };
    const authorizer = { lambda: "arn:aws:lambda:eu-central-1:123456789012:function:keys" };
    expect(problemsOf(petShop({ apis: { pets: api } }))).toEqual([
      expect.stringMatching(/^api "pets": keySource is AUTHORIZER, but no authorizer returns a key/),
    ]);
    expect(problemsOf(petShop({ apis: { pets: { ...api, authorizer } } }))).toEqual([]);
  });
});

test("a parameter written as other frameworks do gets a warning", () => {
  expect(findingsOf(withRoutes({ "GET /pets/:id": { mock: 200 } }))).toEqual([
    'warning: api "pets": route "GET /pets/:id": has the path part ":id", which matches just this text; write {id} for a parameter',
  ]);
});

test("a path that AWS keeps for its own health check gets a warning", () => {
  expect(findingsOf(withRoutes({ "GET /ping": { mock: 200 } }))).toEqual([
    expect.stringMatching(/^warning: api "pets": route "GET \/ping": is answered by AWS's own health check/),
  ]);
});
