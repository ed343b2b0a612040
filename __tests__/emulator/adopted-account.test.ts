import { makeByHand } from "../support/hand-made-account";
import { describeWith } from "../support/requirements";
import type { RunResult } from "../support/run";
import { actionsOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(180_000);

const UNCHANGED = / \d+ to import, 0 to add, 0 to change, 0 to destroy$/;

/** All attributes that a file of imports keeps, wherever. */
function keptIn(imports: unknown): string[] {
  if (typeof imports !== "object" || imports === null) return [];
  return Object.entries(imports).flatMap(([name, value]) =>
    name === "keep" ? Object.values(value).flat().map(String) : keptIn(value),
  );
}

describeWith(["terraform", "emulator"], "an account that somebody made by hand, with all that REST APIs have", () => {
  const stacks = ["Orders", "Orders-prod", "Orders-test", "Stock", "Stock-live", "domains"];
  let project: Workspace;
  let adoption: RunResult;
  let prod: () => { readonly deploymentId: string; readonly canarySettings: { readonly deploymentId: string } };

  beforeAll(async () => {
    project = await Workspace.open();
    project.copyProjectWithoutCatalog();
    const api = await makeByHand(project);
    prod = () => project.aws("apigateway", "get-stage", "--rest-api-id", api, "--stage-name", "prod");
    adoption = project.cli("adopt", "--definitions", "--unpaced");
  });
  afterAll(() => project.close());

  test.each<[string, string[]]>([
    [
      "endpoints, sizes, media types and the default endpoint",
      ['binaryMediaTypes: ["image/png"]', "minimumCompressionSize: 1_024", "disableExecuteApiEndpoint: true"],
    ],
    [
      "a private API with its policy and VPC endpoints",
      [
        'endpointType: "PRIVATE"',
        'vpcEndpointIds: ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"]',
        'Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } }',
      ],
    ],
    ["a Lambda authorizer of tokens with what they must match", ['identityValidationExpression: "^[A-Za-z0-9-_]+$"']],
    [
      "a Lambda authorizer of requests with several identity sources",
      [
        'type: "REQUEST"',
        '"method.request.header.Authorization, method.request.querystring.tenant, context.identity.sourceIp"',
      ],
    ],
    ["Cognito with scopes", ["userPools: [", 'authorizationScopes: ["orders/read", "orders/write"]']],
    ["IAM", ['authorizer: "AWS_IAM"']],
    ["a VPC link", ['vpcLinks: { "link-', 'vpcLink: "link-']],
    [
      "a non-proxy integration, with mappings, templates and responses",
      [
        'query: { page: "method.request.querystring.page" }',
        'cacheKeyParameters: ["method.request.querystring.page"]',
        'passthroughBehavior: "WHEN_NO_TEMPLATES"',
        'headers: { "X-Total": "integration.response.header.X-Total" }',
        '"404": { selectionPattern: "404", templates:',
      ],
    ],
    [
      "a function by a stage variable, as a proxy and without waiting for it",
      [
        'lambda: "arn:aws:lambda:us-east-1:123456789012:function:orders:${stageVariables.alias}"',
        `"X-Amz-Invocation-Type": "'Event'"`,
        'contentHandling: "CONVERT_TO_TEXT"',
      ],
    ],
    [
      "a backend by a stage variable",
      ['http: "https://${stageVariables.host}/{proxy}"', "insecureSkipVerification: true"],
    ],
    ["a queue", ['aws: { service: "sqs", region: "us-east-1", path: "123456789012/orders" }']],
    ["a table", ['aws: { service: "dynamodb", region: "us-east-1", action: "GetItem" }']],
    ["a state machine", ['aws: { service: "states", region: "us-east-1", action: "StartExecution" }']],
    ["an event bus", ['aws: { service: "events", region: "us-east-1", action: "PutEvents" }']],
    ["a bucket", ['path: "receipts/{key}.pdf", httpMethod: "GET" }', 'path: { key: "method.request.path.id" }']],
    [
      "a model, and what requests must have",
      [
        'models: { Order: { type: "object", required: ["items"] } }',
        'request: { body: { $ref: "#/models/Order" } }',
        'request: { query: { locale: "required" } }',
      ],
    ],
    ["an empty template", ['"404": { selectionPattern: "403|404", templates: { "application/json": "" } }']],
    ["a mock by its templates", ['requestTemplates: { "application/json": "{\\"statusCode\\": 200}" }']],
    [
      "CORS for several origins",
      ['"OPTIONS /orders/{id}": {', "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)"],
    ],
    ["CORS for one origin", ['cors: { allowOrigin: "https://stock.example.com", allowHeaders: ["x-api-key"] }']],
    [
      "gateway responses",
      [
        "statusCode: 402",
        'headers: { "X-Note": "buy more" }',
        'DEFAULT_5XX: { headers: { "Access-Control-Allow-Origin": "*" } }',
      ],
    ],
    [
      "stage variables, X-Ray and a client certificate",
      ['variables: { alias: "live", host: "backend.example.com" }', "tracing: true", 'clientCertificateId: "c1e2r3"'],
    ],
    [
      "a cache with settings of all methods and of single ones",
      [
        'cacheCluster: "0.5"',
        'settings: { metrics: true, logLevel: "ERROR", throttle: { rateLimit: 100.5, burstLimit: 200 } }',
        'unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403"',
        '"ANY /files/{proxy+}": { metrics: false, logLevel: "OFF", throttle: { rateLimit: 1, burstLimit: 2 } }',
      ],
    ],
    [
      "access logs with formats of their own",
      [
        'destinationArn: "arn:aws:logs:us-east-1:123456789012:log-group:orders"',
        '\\"who\\":\\"$context.identity.apiKeyId\\"',
        'format: "$context.identity.sourceIp [$context.requestTime]',
      ],
    ],
    [
      "a canary, with the description of what it serves",
      [
        'canary: { percent: 12.5, variables: { host: "next-backend.example.com" }, useStageCache: true }',
        'releaseDescription: "The next"',
      ],
    ],
    ["a web ACL", ['webAclArn: "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/orders/']],
    [
      "domain names with base paths of several stages",
      [
        'domains: [{ name: "api.example.com", basePath: "orders" }, { name: "old.example.com" }]',
        'domains: [{ name: "api.example.com", basePath: "test" }]',
        'endpointType: "EDGE"',
      ],
    ],
  ])("has in the catalog %s", (_, texts) => {
    for (const text of texts) expect(project.text("catalog.ts")).toContain(text);
  });

  // Whether an answer must have a header, and what a validator is called, the catalog does not say; and one answer goes without
  // the header of CORS.
  test("is adopted whole: what is kept is only what answers declare of their headers, and names of validators", () => {
    expect(adoption.code).toBe(0);
    expect(adoption.stdout).toContain("New in the catalog: 2 APIs, 0 tiers, 0 subscriptions, 2 domain names.");
    expect(adoption.stdout).toContain(`"npx cdktf deploy '*'" imports`);
    for (const finding of adoption.stdout.match(/^ {2}- .*$/gm) ?? [])
      expect(finding).toMatch(
        /: keeps response_parameters of the (response|answer) \d{3}[^,]* as in AWS|request validator "Validate .*": keeps name as in AWS/,
      );
    const kept = keptIn(JSON.parse(project.text("imports.json")));
    expect(
      kept.filter((each) => !/^(name|response_parameters\["method\.response\.header\.[\w-]+"\])$/.test(each)),
    ).toEqual([]);
  });

  test("stays as it is: a check of all stacks finds nothing to add, to change or to destroy", () => {
    const { code, stdout } = project.cli("adopt", "--check");
    expect([code, stdout]).toEqual([0, expect.stringContaining("A deploy imports, and changes nothing.\n")]);
    const summaries = stdout.split("\n").filter((line) => line.includes(" to import, "));
    expect(summaries.map((line) => line.replace(/:.*/, ""))).toEqual(stacks);
    expect(summaries.filter((line) => !UNCHANGED.test(line))).toEqual([]);
  });

  test("is imported by a deploy, after which plans are empty and stages and canaries serve what they served", () => {
    const before = prod();
    project.start();
    for (const stack of stacks) {
      expect(project.terraform(stack).deploy()).toMatch(/\d+ imported, 0 added, 0 changed, 0 destroyed/);
      expect([stack, actionsOf(project.terraform(stack).plan())]).toEqual([stack, []]);
    }
    expect(prod()).toEqual(before);
  });

  test("takes a new header of an answer, beside those that stay as they are", () => {
    const health = `headers: { "Retry-After": "'60'" }`;
    const catalog = project.text("catalog.ts");
    project.write("catalog.ts", catalog.replace(health, `headers: { "Retry-After": "'60'", "X-Down": "'yes'" }`));
    project.start();
    const { changes } = project.terraform("Orders").plan();
    expect(changes.map(({ actions, after }) => [actions, after.response_parameters])).toEqual([
      [["update"], { "method.response.header.Retry-After": "'60'", "method.response.header.X-Down": "'yes'" }],
      [["update"], { "method.response.header.Retry-After": false, "method.response.header.X-Down": true }],
    ]);
  });
});
