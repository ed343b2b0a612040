import type { Method } from "@aws-sdk/client-api-gateway";
import { adoptAuthorizers } from "../../src/adoption/adopt-authorizers";
import { adoptRoute, withKept } from "../../src/adoption/adopt-route";
import type { AccountDefinition } from "../../src/aws/definition";
import { routeResources } from "../../src/aws/terraform-attributes";

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
  const { written: route, keep } = withKept(adopted, asked);
  return { route, keep };
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
  [
    "a backend that is called by another method, in less time, with a header of its own",
    http({
      httpMethod: "POST",
      timeoutInMillis: 3_000,
      requestParameters: { "integration.request.header.X-A": "'1'" },
    }),
    {
      http: "https://b.example.com/pets",
      integration: { httpMethod: "POST", timeoutMilliseconds: 3_000, headers: { "X-A": "'1'" } },
    },
  ],
  [
    "a backend behind a VPC link",
    http({ connectionType: "VPC_LINK", connectionId: "a1b2c3", uri: "http://pets.internal/pets" }),
    { http: "http://pets.internal/pets", integration: { vpcLink: "link-a1b2c3" } },
  ],
  [
    "a function that a stage variable names",
    lambda(
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.f}/invocations",
    ),
    { lambda: "arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.f}" },
  ],
  [
    "a queue",
    {
      ...http({
        type: "AWS",
        httpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/orders",
        credentials: "arn:aws:iam::123456789012:role/send",
        passthroughBehavior: "NEVER",
        requestParameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
        requestTemplates: { "application/json": "Action=SendMessage&MessageBody=$input.body" },
        integrationResponses: { "200": {} },
      }),
      methodResponses: { "200": {} },
    },
    {
      aws: { service: "sqs", region: "us-east-1", path: "123456789012/orders" },
      integration: {
        credentials: "arn:aws:iam::123456789012:role/send",
        headers: { "Content-Type": "'application/x-www-form-urlencoded'" },
        requestTemplates: { "application/json": "Action=SendMessage&MessageBody=$input.body" },
        passthroughBehavior: "NEVER",
        responses: { 200: {} },
      },
    },
  ],
  ["a mock", mock(undefined), { mock: 200 }],
  [
    "a mock with a template",
    mock("Hello $context.stage"),
    {
      mock: 200,
      integration: {
        responses: { 200: { templates: { "application/json": "Hello $context.stage" } } },
      },
    },
  ],
  [
    "a mock with a fixed answer, by templates that are other than the catalog's",
    mock('{ "up": true }', {
      methodIntegration: {
        ...mock('{ "up": true }').methodIntegration,
        requestTemplates: { "application/json": '{"statusCode": 200}' },
        passthroughBehavior: "WHEN_NO_MATCH",
      },
    }),
    {
      mock: 200,
      integration: {
        requestTemplates: { "application/json": '{"statusCode": 200}' },
        passthroughBehavior: "WHEN_NO_MATCH",
        responses: { 200: { templates: { "application/json": '{ "up": true }' } } },
      },
    },
  ],
  [
    "a preflight for several origins, as other tools make it",
    mock(undefined, {
      methodResponses: { "200": { responseParameters: { "method.response.header.Vary": true } } },
      methodIntegration: {
        ...UNTOUCHED,
        type: "MOCK",
        requestTemplates: { "application/json": "{statusCode:200}" },
        passthroughBehavior: "WHEN_NO_MATCH",
        contentHandling: "CONVERT_TO_TEXT",
        integrationResponses: {
          "200": {
            responseParameters: { "method.response.header.Vary": "'Origin'" },
            responseTemplates: {
              "application/json":
                "#set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params('Origin'))",
            },
          },
        },
      },
    }),
    {
      mock: 200,
      integration: {
        requestTemplates: { "application/json": "{statusCode:200}" },
        passthroughBehavior: "WHEN_NO_MATCH",
        contentHandling: "CONVERT_TO_TEXT",
        responses: {
          200: {
            headers: { Vary: "'Origin'" },
            templates: {
              "application/json":
                "#set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params('Origin'))",
            },
          },
        },
      },
    },
  ],
  [
    "a mock with an empty template, for which AWS says null",
    mock(null as never),
    { mock: 200, integration: { responses: { 200: { templates: { "application/json": "" } } } } },
  ],
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
  [
    "a model and a validator",
    { ...http(), requestModels: { "application/json": "Pet" }, requestValidatorId: "v" },
    { method: ['request_models["application/json"]', "request_validator_id"] },
  ],
  [
    "headers of CORS, as the console makes them",
    mock(undefined, { methodResponses: { "200": { responseParameters: { "method.response.header.X": true } } } }),
    { "response 200": ['response_parameters["method.response.header.X"]'] },
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
  [
    "goes through a VPC link without an id",
    http({ connectionType: "VPC_LINK" }),
    /goes through a VPC link that has no id/,
  ],
  [
    "calls a service and answers nothing",
    http({ type: "AWS", uri: "arn:aws:apigateway:us-east-1:sqs:path/1/q" }),
    /has no integration response, so AWS answers 500/,
  ],
  ["has no integration", { httpMethod: "GET" }, /has no integration/],
  [
    "answers what it does not declare",
    mock(undefined, { methodIntegration: { type: "MOCK", integrationResponses: { 200: {}, 500: {} } } }),
    /answers 500, which the method does not declare/,
  ],
])("a method that %s is left alone, and the reason is reported", (_, method, message) => {
  expect(adopt(method)).toEqual(expect.stringMatching(message));
});
