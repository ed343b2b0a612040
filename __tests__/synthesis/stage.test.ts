import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import {
  ACCESS_LOG_FIELDS,
  type AccessLogFormat,
  ApiDefinition,
  ApiRelease,
  type Catalog,
  CatalogError,
  isOwnApi,
  type StageInput,
  TierStacks,
  type TierStacksProps,
} from "../../src";
import { describeFinding } from "../../src/text/finding";
import { defineUnchecked, petShop, problemsOf as problemsOfCatalog } from "../support/catalogs";
import { type Json, onlyResource, resources, synthesize, synthesizedTexts, withFolder } from "../support/synthesize";

const routes = { "GET /pets": { mock: 200 } };
const catalogOf = (stages: Record<string, StageInput>, fields: Record<string, unknown> = {}) =>
  defineUnchecked(petShop({ apis: { pets: { stages, routes, ...fields } }, tiers: {} }));
const release = (stage: StageInput, fields?: Record<string, unknown>): Json =>
  synthesize(catalogOf({ prod: stage }, fields))["pets-prod"];

describe("an access log", () => {
  test("is a log group of the stage's own, and a line of JSON for each request", () => {
    const stack = release({ accessLog: { retentionDays: 14 }, tags: { team: "pets" } });
    const [name] = Object.keys(resources(stack, "aws_cloudwatch_log_group"));
    expect(onlyResource(stack, "aws_cloudwatch_log_group")).toMatchObject({
      name: expect.stringMatching(/^\/aws\/apigateway\/\$\{.*\}\/prod\/access$/),
      retention_in_days: 14,
      tags: { team: "pets" },
    });
    const { destination_arn: destination, format } = onlyResource(stack, "aws_api_gateway_stage").access_log_settings;
    expect(destination).toBe(`\${aws_cloudwatch_log_group.${name}.arn}`);
    expect(JSON.parse(format)).toEqual(ACCESS_LOG_FIELDS);
    expect(Object.keys(stack.output)).toEqual(["access_log_group", "api_tiers", "invoke_url"]);
  });

  test("is kept for 30 days by default", () => {
    for (const accessLog of [true, {}] as const)
      expect(onlyResource(release({ accessLog }), "aws_cloudwatch_log_group").retention_in_days).toBe(30);
  });

  test("goes to what already exists, without the end that AWS does not take", () => {
    const arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/api/pets";
    const stack = release({ accessLog: { destinationArn: `${arn}:*` } });
    expect(onlyResource(stack, "aws_api_gateway_stage").access_log_settings.destination_arn).toBe(arn);
    expect(resources(stack, "aws_cloudwatch_log_group")).toEqual({});
  });

  test.each<[string, AccessLogFormat, string]>([
    [
      "an object, the same in any order",
      { status: "$context.status", id: "$context.requestId" },
      '{"id":"$context.requestId","status":"$context.status"}',
    ],
    [
      "a line, of which Terraform evaluates nothing",
      "$context.requestId ${x} %{y}\n",
      "$context.requestId $${x} %%{y}\n",
    ],
  ])("has the lines that are asked for: %s", (_, format, written) => {
    expect(onlyResource(release({ accessLog: { format } }), "aws_api_gateway_stage").access_log_settings.format).toBe(
      written,
    );
  });

  test("names the key that called by its id, and never holds its value", () => {
    const variables = Object.values(ACCESS_LOG_FIELDS) as string[];
    expect(variables).toContain("$context.identity.apiKeyId");
    expect(variables).not.toContain("$context.identity.apiKey");
    expect(
      variables.filter((variable) => /header|querystring|body|authorizer\.(?!principalId)/i.test(variable)),
    ).toEqual([]);
  });
});

describe("settings of a stage", () => {
  test("are those of all its methods, without cache and without bodies in logs", () => {
    const stack = release({
      settings: { metrics: true, logLevel: "INFO", throttle: { rateLimit: 5, burstLimit: 10 } },
    });
    const [stage] = Object.keys(resources(stack, "aws_api_gateway_stage"));
    expect(onlyResource(stack, "aws_api_gateway_method_settings")).toMatchObject({
      stage_name: `\${aws_api_gateway_stage.${stage}.stage_name}`,
      method_path: "*/*",
      settings: {
        metrics_enabled: true,
        logging_level: "INFO",
        data_trace_enabled: false,
        caching_enabled: false,
        throttling_rate_limit: 5,
        throttling_burst_limit: 10,
      },
    });
  });

  test("that are left out are off", () => {
    const { settings } = onlyResource(
      release({ settings: { throttle: { rateLimit: 5, burstLimit: 10 } } }),
      "aws_api_gateway_method_settings",
    );
    expect(settings).toMatchObject({ metrics_enabled: false, logging_level: "OFF", caching_enabled: false });
  });

  test.each<[string, StageInput]>([
    ["left out", {}],
    ["empty", { settings: {} }],
  ])("create no resource where they are %s", (_, stage) => {
    expect(resources(release(stage), "aws_api_gateway_method_settings")).toEqual({});
  });
});

describe("settings of single methods", () => {
  const throttle = { rateLimit: 2, burstLimit: 4 };

  test("stand beside those of all methods, from which they take what they leave out", () => {
    const stack = release({
      settings: { metrics: true, logLevel: "ERROR", throttle: { rateLimit: 5, burstLimit: 10 } },
      methodSettings: { "GET /pets": { throttle } },
    });
    const all = Object.values(resources(stack, "aws_api_gateway_method_settings"));
    expect(all.map(({ method_path, settings }) => [method_path, settings.throttling_rate_limit]).sort()).toEqual([
      ["*/*", 5],
      ["~1pets/GET", 2],
    ]);
    expect(all.find(({ method_path }) => method_path === "~1pets/GET")?.settings).toMatchObject({
      metrics_enabled: true,
      logging_level: "ERROR",
      caching_enabled: false,
    });
  });

  test("of a route that the API does not have are refused", () => {
    const stages = { prod: { methodSettings: { "GET /pest": { throttle } } } };
    const routes = { "GET /pets": { mock: 200 } };
    expect(problemsOfCatalog(petShop({ apis: { pets: { stages, routes } } }))).toEqual([
      'api "pets": stage "prod": methodSettings: unknown route "GET /pest"; did you mean "GET /pets"?',
    ]);
  });

  test("may be those of a preflight that CORS adds", () => {
    const stages = { prod: { methodSettings: { "OPTIONS /pets": { logLevel: "OFF" } } } };
    const api = { stages, cors: { allowOrigin: "*" }, routes: { "GET /pets": { mock: 200 } } };
    expect(problemsOfCatalog(petShop({ apis: { pets: api } }))).toEqual([]);
  });
});

describe("stage variables", () => {
  const [stage] = ["aws_api_gateway_stage"];
  const variablesOf = (stack: Json) => onlyResource(stack, stage).variables;

  test("are the stage's own, beside the one that chooses the release of handlers", () => {
    expect(variablesOf(release({ variables: { host: "a.example.com" } }))).toEqual({ host: "a.example.com" });
    expect(variablesOf(release({}))).toBeUndefined();
  });
});

/** With what an app refuses a catalog. */
function problemsOf(catalog: Catalog, props: TierStacksProps): string[] {
  try {
    synthesize(catalog, props);
    return [];
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return error.findings.map(describeFinding);
  }
}

describe("stacks", () => {
  /** The names of the stacks in their order, each with those that are deployed before it. */
  const order = (stages: Record<string, StageInput>, props?: TierStacksProps): Record<string, string[]> =>
    withFolder((outdir) => {
      const { stacks } = new TierStacks(new App({ outdir }), catalogOf(stages), props);
      return Object.fromEntries(
        [...stacks].map(([name, stack]) => [name, stack.dependencies.map(({ node }) => node.id).sort()]),
      );
    });

  test("of stages that log come after the account's role, where it is asked for", () => {
    const stages = { a: { accessLog: true }, b: { settings: { logLevel: "ERROR" } }, c: {} } as const;
    expect(order(stages, { accountLogging: true })).toMatchObject({
      account: [],
      "pets-a": ["account", "pets"],
      "pets-b": ["account", "pets"],
      "pets-c": ["pets"],
    });
    expect(Object.keys(order(stages))).not.toContain("account");
  });

  test("of a retired account role are empty, and come last", () => {
    const found = order({ a: { accessLog: true } }, { accountLogging: "retired" });
    expect(Object.keys(found).at(-1)).toBe("account");
    expect(found.account).toEqual(["pets-a"]);
    const { account } = synthesize(catalogOf({ a: {} }), { accountLogging: "retired" });
    expect(account.resource).toBeUndefined();
  });

  test("give the account a role that may write logs, before the account gets it", () => {
    const { account } = synthesize(catalogOf({ a: {} }), { accountLogging: true });
    const [role] = Object.keys(resources(account, "aws_iam_role"));
    const [permission] = Object.keys(resources(account, "aws_iam_role_policy_attachment"));
    expect(JSON.parse(onlyResource(account, "aws_iam_role").assume_role_policy).Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(onlyResource(account, "aws_iam_role_policy_attachment").policy_arn).toMatch(
      /^arn:\$\{.*\.partition\}:iam::aws:policy\/service-role\/AmazonAPIGatewayPushToCloudWatchLogs$/,
    );
    expect(onlyResource(account, "aws_api_gateway_account")).toMatchObject({
      cloudwatch_role_arn: `\${aws_iam_role.${role}.arn}`,
      depends_on: [`aws_iam_role_policy_attachment.${permission}`],
    });
  });

  test.each([true, "retired"] as const)("refuse an API whose stack would be the account's (%s)", (accountLogging) => {
    const api = { stages: { prod: {} }, routes };
    const catalog = defineUnchecked(petShop({ apis: { Account: api }, tiers: {} }));
    const problem =
      'api "Account": would stand in the stack "account", as does accountLogging; rename the API, or set the account\'s role elsewhere';
    expect(problemsOf(catalog, { accountLogging })).toEqual([problem]);
    expect(() => synthesize(catalog)).not.toThrow();
    const missing = { ...api, routes: { "GET /": { handler: "nowhere" } } };
    const both = defineUnchecked(petShop({ apis: { Account: api, toys: missing }, tiers: {} }));
    expect(problemsOf(both, { accountLogging })).toEqual([problem, expect.stringMatching(/unknown handler "nowhere"/)]);
  });
});

test("in a team's own stack the deployment waits for gateway responses and preflight routes", () => {
  const catalog = catalogOf({ prod: {} }, { cors: { allowOrigin: "*" }, gatewayResponses: { THROTTLED: {} } });
  const texts = synthesizedTexts((app) => {
    const stack = new TerraformStack(app, "team");
    new AwsProvider(stack, "aws", {});
    for (const api of catalog.apis.filter(isOwnApi)) {
      const definition = new ApiDefinition(stack, api.id, { api });
      for (const stage of api.stages) new ApiRelease(stack, `${api.id}-${stage.name}`, { definition, stage });
    }
  });
  const stack = JSON.parse(texts.team as string);
  const types = ["method", "integration", "method_response", "integration_response", "gateway_response"];
  const all = types.flatMap((type) =>
    Object.keys(resources(stack, `aws_api_gateway_${type}`)).map((name) => `aws_api_gateway_${type}.${name}`),
  );
  expect(all).toHaveLength(11);
  expect(onlyResource(stack, "aws_api_gateway_deployment").depends_on.toSorted()).toEqual(all.sort());
});
