import type { Method } from "@aws-sdk/client-api-gateway";
import { adoptAuthorizers } from "../../src/adoption/adopt-authorizers";
import { adoptRoute, keptOf } from "../../src/adoption/adopt-route";
import type { AccountDefinition } from "../../src/adoption/definition";
import { routeResources } from "../../src/adoption/terraform-attributes";

const NOTHING: AccountDefinition = {
  api: {},
  resources: [],
  authorizers: [],
  responses: [],
  models: [],
  validators: [],
  stages: [],
} as never;

/** A method as a route, and what of it is kept; or why it is none. */
function adopt(method: Method, authorizers: Partial<AccountDefinition> = {}) {
  const resources = [{ path: "/pets", resourceMethods: { GET: method } }];
  const asked = adoptAuthorizers({ ...NOTHING, resources, ...authorizers });
  const adopted = adoptRoute("/pets", routeResources(method, NOTHING), asked);
  if ("reason" in adopted) return adopted.reason;
  return { route: adopted.written, keep: keptOf(adopted, {}) };
}

/** What AWS says of an integration that nobody has touched. */
const UNTOUCHED = { timeoutInMillis: 29_000, cacheKeyParameters: [] };
const http = (parts: Method["methodIntegration"] = {}): Method => ({
  httpMethod: "GET",
  authorizationType: "NONE",
  apiKeyRequired: true,
  methodIntegration: {
    ...UNTOUCHED,
    type: "HTTP_PROXY",
    httpMethod: "GET",
    uri: "https://b.example.com/pets",
    ...parts,
  },
});
const mock = (template: string | undefined, parts: Partial<Method> = {}): Method => ({
  httpMethod: "GET",
  authorizationType: "NONE",
  apiKeyRequired: true,
  methodResponses: { "200": {} },
  methodIntegration: {
    ...UNTOUCHED,
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode":200}' },
    passthroughBehavior: "WHEN_NO_TEMPLATES",
    integrationResponses: {
      "200": template === undefined ? {} : { responseTemplates: { "application/json": template } },
    },
  },
  ...parts,
});
const lambda = (uri: string): Method => http({ type: "AWS_PROXY", httpMethod: "POST", uri });
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:pets:live";

test.each<[string, Method, object]>([
  ["a backend", http(), { http: "https://b.example.com/pets" }],
  [
    "a backend without a key",
    { ...http(), apiKeyRequired: false },
    { http: "https://b.example.com/pets", apiKeyRequired: false },
  ],
  ["a mock", mock(undefined), { mock: 200 }],
  ["a mock with JSON", mock('{"a":"\\u0024b"}'), { mock: { status: 200, body: { a: "$b" } } }],
  [
    "a function",
    lambda(`arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`),
    { lambda: FUNCTION },
  ],
])("%s is a route, and nothing of it has to be kept", (_, method, route) => {
  expect(adopt(method)).toEqual({ route, keep: {} });
});

test.each<[string, Method, object]>([
  ["another method at the backend", http({ httpMethod: "POST" }), { integration: ["integration_http_method"] }],
  ["a shorter wait", http({ timeoutInMillis: 3_000 }), { integration: ["timeout_milliseconds"] }],
  [
    "a model and a validator",
    { ...http(), requestModels: { "application/json": "Pet" }, requestValidatorId: "v" },
    { method: ["request_models", "request_validator_id"] },
  ],
  ["a text that is not JSON", mock("Hello $context.stage"), { answer: ["response_templates"] }],
  [
    "headers of CORS, as the console makes them",
    mock(undefined, { methodResponses: { "200": { responseParameters: { "method.response.header.X": true } } } }),
    { response: ["response_parameters"] },
  ],
])("%s stays as it is in AWS", (_, method, keep) => {
  expect(adopt(method)).toMatchObject({ keep });
});

describe("who the callers of a route must be", () => {
  const asking = (authorizationType: string, authorizerId?: string, more: Partial<Method> = {}): Method => ({
    ...http(),
    authorizationType,
    authorizerId,
    ...more,
  });
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:keys";
  const authorizerUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
  const lambdaAuthorizer = { id: "a1", name: "partners", type: "TOKEN" as const, authorizerUri };
  const pool = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_example";
  const cognito = { id: "a2", name: "staff", type: "COGNITO_USER_POOLS" as const, providerARNs: [pool] };
  const authorizers = { authorizers: [lambdaAuthorizer, cognito] };

  test.each<[string, Method, object]>([
    ["nobody where nothing is asked and the others ask", asking("NONE", undefined, { apiKeyRequired: false }), {}],
    ["those of AWS", asking("AWS_IAM", undefined, { apiKeyRequired: false }), { authorizer: "AWS_IAM" }],
    [
      "an authorizer by its name, without a key",
      asking("CUSTOM", "a1", { apiKeyRequired: false }),
      { authorizer: "partners" },
    ],
    [
      "Cognito's, with scopes",
      asking("COGNITO_USER_POOLS", "a2", { apiKeyRequired: false, authorizationScopes: ["pets/read"] }),
      { authorizer: "staff", authorizationScopes: ["pets/read"] },
    ],
  ])("%s", (_, method, said) => {
    expect(adopt(method, authorizers)).toEqual({
      route: { http: "https://b.example.com/pets", apiKeyRequired: false, ...said },
      keep: {},
    });
  });

  test("what most routes that need a key ask is said once, at the API", () => {
    const ids = adoptAuthorizers({
      ...NOTHING,
      ...authorizers,
      resources: [
        {
          path: "/",
          resourceMethods: { GET: asking("CUSTOM", "a1"), PUT: asking("NONE"), POST: asking("CUSTOM", "a1") },
        },
      ],
    });
    expect(ids.byDefault).toEqual({ type: "CUSTOM", authorizer: "partners" });
    expect(adopt(asking("CUSTOM", "a1"), authorizers)).toEqual({
      route: { http: "https://b.example.com/pets" },
      keep: {},
    });
  });

  test("an authorizer alone that they ask needs no name", () => {
    const { authorizers: found } = adoptAuthorizers({
      ...NOTHING,
      authorizers: [lambdaAuthorizer],
      resources: [{ path: "/", resourceMethods: { GET: asking("CUSTOM", "a1") } }],
    });
    expect(found.map(({ id, name }) => [id, name])).toEqual([["authorizer", "partners"]]);
  });

  test("an authorizer that the catalog does not support stays at its methods as in AWS", () => {
    const byVariable = { ...lambdaAuthorizer, authorizerUri: authorizerUri.replace(arn, "${stageVariables.fn}") };
    expect(adopt(asking("CUSTOM", "a1"), { authorizers: [byVariable] })).toEqual({
      route: { http: "https://b.example.com/pets" },
      keep: { method: ["authorization", "authorizer_id"] },
    });
  });
});

test.each<[string, Method, RegExp]>([
  ["goes through a VPC link", http({ connectionType: "VPC_LINK" }), /goes through a VPC link/],
  [
    "maps to a service of AWS",
    http({ type: "AWS", uri: "arn:aws:apigateway:us-east-1:sqs:path/1/q" }),
    /type AWS, which the catalog does not support/,
  ],
  [
    "calls a function by a stage variable",
    lambda(
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:${stageVariables.f}/invocations",
    ),
    /calls what a stage variable names/,
  ],
  ["has no integration", { httpMethod: "GET" }, /has no integration/],
  [
    "has several answers",
    mock(undefined, { methodIntegration: { type: "MOCK", integrationResponses: { 200: {}, 500: {} } } }),
    /is a mock with 2 answers/,
  ],
])("a method that %s is left alone, and the reason is reported", (_, method, message) => {
  expect(adopt(method)).toEqual(expect.stringMatching(message));
});
