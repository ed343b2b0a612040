import { adoptApi } from "../../src/adoption/adopt-api";
import type { AccountDefinition } from "../../src/adoption/definition";
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
