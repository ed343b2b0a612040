import { adoptApi } from "../../src/adoption/adopt-api";
import type { AccountDefinition } from "../../src/aws/definition";
import { account, adopted, plan } from "./support/accounts";

const definition = (parts: Partial<AccountDefinition>): AccountDefinition => ({
  api: { id: "api1", name: "Pet Store", endpointConfiguration: { types: ["REGIONAL"] } },
  resources: [
    {
      id: "r1",
      path: "/",
      resourceMethods: {
        GET: {
          authorizationType: "NONE",
          apiKeyRequired: true,
          methodIntegration: {
            type: "HTTP_PROXY",
            httpMethod: "GET",
            uri: "https://b.example.com",
            timeoutInMillis: 29_000,
          },
        },
      },
    },
  ],
  authorizers: [],
  gatewayResponses: [],
  models: [],
  validators: [],
  stages: [{ stageName: "prod", deploymentId: "d1" }],
  deployments: [{ id: "d1" }],
  ...parts,
});

test("an API whose stages share a deployment stays with its owner", () => {
  const stages = ["prod", "test"].map((stageName) => ({ stageName, deploymentId: "d1" }));
  const { adopted: api, findings } = adoptApi("pets", definition({ stages }));
  expect(api).toBeUndefined();
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^has stages that share a deployment, .*\(test\); deploy these with aws apigateway create-deployment/,
    ),
  ]);
});

test("an access log that holds the values of keys is kept, with a warning", () => {
  const log = (format: string) => {
    const accessLogSettings = { destinationArn: "arn:aws:logs:us-east-1:123456789012:log-group:access", format };
    const stages = [{ stageName: "prod", deploymentId: "d1", accessLogSettings }];
    const { adopted: api, findings } = adoptApi("pets", definition({ stages }));
    return [api?.api.stages, api?.imported.stages, findings.map(({ place, message }) => `${place}: ${message}`)];
  };
  expect(log("$context.requestId $context.identity.apiKey")).toEqual([
    { prod: {} },
    { prod: { deploymentId: "d1", keep: ["access_log_settings"] } },
    expect.arrayContaining([
      expect.stringMatching(
        /stage prod: writes the secret values of keys to its access log, .*; write \$context.identity.apiKeyId/,
      ),
    ]),
  ]);
  const format = "$context.requestId $context.identity.apiKeyId";
  expect(log(format)).toEqual([
    { prod: { accessLog: { destinationArn: "arn:aws:logs:us-east-1:123456789012:log-group:access", format } } },
    { prod: { deploymentId: "d1" } },
    [],
  ]);
});

test("an answer that lacks the headers of the API's CORS goes without them, and takes others", () => {
  const origin = { "gatewayresponse.header.Access-Control-Allow-Origin": "'https://app.example.com'" };
  const preflight = {
    "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'",
    "method.response.header.Access-Control-Allow-Headers": "'x-api-key'",
    "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
  };
  const integration = { timeoutInMillis: 29_000, passthroughBehavior: "WHEN_NO_TEMPLATES", type: "MOCK" as const };
  const resources = [
    {
      id: "r1",
      path: "/",
      resourceMethods: {
        GET: {
          authorizationType: "NONE",
          apiKeyRequired: true,
          methodResponses: { 200: {} },
          methodIntegration: {
            ...integration,
            requestTemplates: { "application/json": "#set($a = 1){}" },
            integrationResponses: { 200: { responseTemplates: { "application/json": "$context.stage" } } },
          },
        },
        OPTIONS: {
          authorizationType: "NONE",
          apiKeyRequired: false,
          methodResponses: {
            204: { responseParameters: Object.fromEntries(Object.keys(preflight).map((name) => [name, true])) },
          },
          methodIntegration: {
            ...integration,
            requestTemplates: { "application/json": '{"statusCode":204}' },
            integrationResponses: { 204: { responseParameters: preflight } },
          },
        },
      },
    },
  ];
  const gatewayResponses = (["DEFAULT_4XX", "DEFAULT_5XX"] as const).map((responseType) => ({
    responseType,
    responseParameters: origin,
    responseTemplates: { "application/json": '{"message":$context.error.messageString}' },
  }));
  const { adopted: api } = adoptApi("pets", definition({ resources, gatewayResponses }));
  expect(api?.api.cors).toEqual({ allowOrigin: "https://app.example.com", allowHeaders: ["x-api-key"] });
  const header = 'response_parameters["method.response.header.Access-Control-Allow-Origin"]';
  expect(api?.imported.routes).toEqual({
    "GET /": { keep: { "answer 200": [header], "response 200": [header] } },
    "OPTIONS /": {},
  });
});

test("of validators that check the same, the one that most methods use is adopted under its own name", () => {
  const method = (requestValidatorId: string, name: string) => ({
    authorizationType: "NONE",
    apiKeyRequired: true,
    requestValidatorId,
    requestParameters: { [`method.request.querystring.${name}`]: true },
    methodIntegration: { type: "HTTP_PROXY" as const, httpMethod: "GET", uri: "https://b.example.com" },
  });
  const { adopted: api, findings } = adoptApi(
    "pets",
    definition({
      resources: [
        { id: "r1", path: "/", resourceMethods: { GET: method("v1", "a"), PUT: method("v2", "b") } },
        { id: "r2", path: "/pets", resourceMethods: { GET: method("v2", "c"), PUT: method("v3", "d") } },
      ],
      validators: [
        { id: "v1", name: "first", validateRequestParameters: true },
        { id: "v2", name: "Validate query string parameters and headers", validateRequestParameters: true },
        { id: "v3", name: "all", validateRequestBody: true, validateRequestParameters: true },
      ],
    }),
  );
  const { routes = {}, validators } = api?.imported ?? {};
  expect(validators).toEqual({ parameters: { id: "v2", keep: ["name"] } });
  const ofMethods = Object.entries(routes).map(([key, { keep }]) => [key, keep?.method]);
  expect(Object.fromEntries(ofMethods)).toEqual({
    "GET /": ["request_validator_id"],
    "PUT /": undefined,
    "GET /pets": undefined,
    // It checks bodies as well, of which the catalog knows nothing.
    "PUT /pets": ['request_parameters["method.request.querystring.d"]', "request_validator_id"],
  });
  expect(findings.map(({ place }) => place)).toContainEqual(
    expect.stringMatching(/request validator "Validate query string parameters and headers"$/),
  );
});

test("the description of a release beside a canary is that of what the canary serves", () => {
  const canarySettings = { deploymentId: "d2", percentTraffic: 5 };
  const stages = [{ stageName: "prod", deploymentId: "d1", canarySettings }];
  const deployments = [
    { id: "d1", description: "old" },
    { id: "d2", description: "new" },
  ];
  const { adopted: api } = adoptApi("pets", definition({ stages, deployments }));
  expect(api?.api.stages).toEqual({ prod: { releaseDescription: "new", canary: { percent: 5 } } });
  expect(api?.imported.stages).toEqual({ prod: { deploymentId: "d1", canaryDeploymentId: "d2" } });
});

test("of the variables of a stage, those that the catalog does not take stay by themselves", () => {
  const stages = [{ stageName: "prod", deploymentId: "d1", variables: { host: "b.example.com", note: "a b" } }];
  const { adopted: api } = adoptApi("pets", definition({ stages }));
  expect(api?.api.stages).toEqual({ prod: { variables: { host: "b.example.com" } } });
  expect(api?.imported.stages).toEqual({ prod: { deploymentId: "d1", keep: ['variables["note"]'] } });
});

test("a gateway response of which nothing differs from AWS's own is written as such", () => {
  const gatewayResponses = [{ responseType: "THROTTLED" as const, statusCode: "429" }];
  const { adopted: api } = adoptApi("pets", definition({ gatewayResponses }));
  expect(api?.api.gatewayResponses).toEqual({ THROTTLED: { statusCode: 429 } });
});

test("one plan that is not there is an error", () => {
  expect(() => adopted(account([plan("p1", "gold")], []), { plans: ["gild"] })).toThrow(
    'there is no usage plan "gild" in this account and Region; look at the name, or at --region',
  );
});
