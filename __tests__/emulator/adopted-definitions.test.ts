import type { Catalog } from "../../src";
import { Emulator } from "../support/emulator";
import { describeWith } from "../support/requirements";
import { type RunResult, runOrFail } from "../support/run";
import type { Json } from "../support/synthesize";
import { actionsOf, updatesOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(180_000);

const gateway =
  (workspace: Workspace) =>
  (...args: string[]): Json =>
    workspace.aws("apigateway", ...args);
const adopt = (workspace: Workspace, ...args: string[]): RunResult => workspace.cli("adopt", ...args);
function catalogOf(workspace: Workspace): Catalog {
  const program = 'console.log(JSON.stringify(require("./catalog").catalog))';
  return JSON.parse(runOrFail("node", ["-r", "ts-node/register", "-e", program], { cwd: workspace.folder }).stdout);
}

describeWith(["terraform", "emulator"], "adopting the definitions of APIs", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.startWithProvider();
  });
  afterAll(() => emulator.stop());

  const USER_POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_staff";
  describe("of an account that was built by hand", () => {
    let project: Workspace;
    let api: string;
    const stacks = ["pet-store", "pet-store-prod", "domains"];
    const served = () => gateway(project)("get-stage", "--rest-api-id", api, "--stage-name", "prod").deploymentId;

    beforeAll(async () => {
      project = await Workspace.open({ emulator });
      project.copyProjectWithoutCatalog();
      const aws = gateway(project);
      api = aws("create-rest-api", "--name", "Pet Store", "--description", "By hand").id;
      const [root] = aws("get-resources", "--rest-api-id", api).items;
      const resource = (parent: string, part: string): string =>
        aws("create-resource", "--rest-api-id", api, "--parent-id", parent, "--path-part", part).id;
      const pets = resource(root.id, "pets");
      const pet = resource(pets, "{id}");
      const method = (id: string, verb: string, options: string[], integration: string[], ...rest: string[][]) => {
        const target = ["--rest-api-id", api, "--resource-id", id, "--http-method", verb];
        aws("put-method", ...target, ...options);
        aws("put-integration", ...target, ...integration);
        for (const [operation = "", ...args] of rest) aws(operation, ...target, ...args);
      };
      const open = ["--authorization-type", "NONE"];
      const withKey = [...open, "--api-key-required"];
      const http = ["--type", "HTTP_PROXY", "--integration-http-method"];
      const call = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions";
      const lambda = `${call}/arn:aws:lambda:us-east-1:123456789012:function:pets/invocations`;
      method(
        pets,
        "GET",
        withKey,
        [
          ...["--type", "MOCK", "--request-templates", '{"application/json":"{\\"statusCode\\": 200}"}'],
          ...["--passthrough-behavior", "WHEN_NO_MATCH"],
        ],
        ["put-method-response", "--status-code", "200", "--response-models", '{"application/json":"Empty"}'],
        ["put-integration-response", "--status-code", "200", "--response-templates", '{"application/json":"Hello"}'],
      );
      method(pets, "POST", open, ["--type", "AWS_PROXY", "--integration-http-method", "POST", "--uri", lambda]);
      method(pets, "PUT", open, ["--type", "AWS", "--integration-http-method", "POST", "--uri", `${call}/x`]);
      method(
        pet,
        "GET",
        [...withKey, "--request-parameters", "method.request.path.id=true"],
        [
          ...http,
          "GET",
          "--uri",
          "https://backend.example.com/pets/{id}",
          "--request-parameters",
          "integration.request.path.id=method.request.path.id",
        ],
      );
      const link = aws(
        "create-vpc-link",
        "--name",
        "into the VPC",
        "--target-arns",
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/pets/0a1b2c3d4e5f6a7b",
      ).id;
      method(
        pet,
        "PUT",
        withKey,
        [
          ...http,
          "PUT",
          "--uri",
          "http://pets.internal/pets",
          "--connection-type",
          "VPC_LINK",
          "--connection-id",
          link,
        ].concat([
          "--request-parameters",
          '{"integration.request.header.X-Customer":"context.identity.apiKeyId"}',
          "--timeout-in-millis",
          "3000",
        ]),
      );
      method(
        pet,
        "POST",
        withKey,
        [
          ...["--type", "AWS", "--integration-http-method", "POST", "--passthrough-behavior", "NEVER"],
          ...["--uri", "arn:aws:apigateway:us-east-1:sqs:path/123456789012/orders"],
          ...["--credentials", "arn:aws:iam::123456789012:role/send"],
          ...["--request-templates", '{"application/json":"Action=SendMessage&MessageBody=$input.body"}'],
        ],
        ["put-method-response", "--status-code", "202"],
        ["put-method-response", "--status-code", "502"],
        ["put-integration-response", "--status-code", "202", "--selection-pattern", ""],
        ["put-integration-response", "--status-code", "502", "--selection-pattern", "5\\d{2}"],
      );
      method(
        pet,
        "DELETE",
        ["--authorization-type", "AWS_IAM"],
        [...http, "POST", "--uri", "https://backend.example.com/gone"],
      );
      const pool = ["--provider-arns", USER_POOL, "--identity-source", "method.request.header.Authorization"];
      const staff = ["--rest-api-id", api, "--name", "Staff & admins", "--type", "COGNITO_USER_POOLS", ...pool];
      method(
        pet,
        "PATCH",
        ["--authorization-type", "COGNITO_USER_POOLS", "--authorizer-id", aws("create-authorizer", ...staff).id],
        [...http, "PATCH", "--uri", "https://backend.example.com/pets"],
      );
      aws(
        "put-gateway-response",
        "--rest-api-id",
        api,
        "--response-type",
        "THROTTLED",
        "--response-parameters",
        `{"gatewayresponse.header.Retry-After":"'1'"}`,
      );
      aws("create-deployment", "--rest-api-id", api, "--stage-name", "prod", "--description", "The first");
      const set = (path: string, value: string) => `op=replace,path=/${path},value=${value}`;
      const ofMethod = (path: string, metrics: boolean, level: string, rate: number) => [
        set(`${path}/metrics/enabled`, String(metrics)),
        set(`${path}/logging/loglevel`, level),
        set(`${path}/throttling/rateLimit`, String(rate)),
        set(`${path}/throttling/burstLimit`, String(2 * rate)),
      ];
      const patches = [
        set("variables/a", "b"),
        ...ofMethod("*/*", true, "INFO", 5),
        ...ofMethod("~1pets/GET", false, "OFF", 1),
      ];
      aws("update-stage", "--rest-api-id", api, "--stage-name", "prod", "--patch-operations", ...patches);
      const certificate = ["--regional-certificate-arn", "arn:aws:acm:us-east-1:123456789012:certificate/a-1"];
      const regional = ["--endpoint-configuration", "types=REGIONAL", "--security-policy", "TLS_1_2"];
      const named = ["create-domain-name", ...certificate, ...regional];
      aws(...named, "--domain-name", "api.example.com", "--tags", "team=pets");
      const truststore = "truststoreUri=s3://acme-truststore/clients.pem,truststoreVersion=v-1";
      aws(...named, "--domain-name", "partners.example.com", "--mutual-tls-authentication", truststore);
      const lead = (name: string, ...args: string[]) =>
        aws("create-base-path-mapping", "--domain-name", name, "--rest-api-id", api, "--stage", "prod", ...args);
      lead("api.example.com", "--base-path", "v1");
      lead("api.example.com", "--base-path", "v2");
      lead("partners.example.com");
      aws(
        "create-usage-plan",
        "--name",
        "gold",
        "--throttle",
        "rateLimit=1,burstLimit=2",
        "--api-stages",
        `apiId=${api},stage=prod`,
      );
    });
    afterAll(() => project.close());

    test("writes the routes that the catalog supports, and lists the others", () => {
      const { code, stdout } = adopt(project, "--definitions", "--unpaced");
      expect(code).toBe(0);
      const written = project.text("catalog.ts").replaceAll(/(?<="link-)\w+|(?<={ id: ")\w+/g, "a1b2c3");
      expect(written).toContain(`    "pet-store": {
      name: "Pet Store",
      description: "By hand",
      endpointType: "EDGE",
      authorizers: {
        "staff-admins": {
          name: "Staff & admins",
          userPools: ["${USER_POOL}"],
        },
      },
      vpcLinks: { "link-a1b2c3": { id: "a1b2c3" } },
      gatewayResponses: { THROTTLED: { headers: { "Retry-After": "1" } } },
      stages: {
        prod: {
          variables: { a: "b" },
          settings: { metrics: true, logLevel: "INFO", throttle: { rateLimit: 5, burstLimit: 10 } },
          methodSettings: {
            "GET /pets": { metrics: false, logLevel: "OFF", throttle: { rateLimit: 1, burstLimit: 2 } },
          },
          releaseDescription: "The first",
          domains: [
            { name: "api.example.com", basePath: "v1" },
            { name: "api.example.com", basePath: "v2" },
            { name: "partners.example.com" },
          ],
        },
      },
      routes: {
        "GET /pets": {
          mock: 200,
          integration: {
            passthroughBehavior: "WHEN_NO_MATCH",
            responses: { "200": { templates: { "application/json": "Hello" } } },
            requestTemplates: { "application/json": "{\\"statusCode\\": 200}" },
          },
        },
        "POST /pets": { lambda: "arn:aws:lambda:us-east-1:123456789012:function:pets", apiKeyRequired: false },
        "DELETE /pets/{id}": {
          http: "https://backend.example.com/gone",
          integration: { httpMethod: "POST", path: { id: false } },
          apiKeyRequired: false,
          authorizer: "AWS_IAM",
        },
        "GET /pets/{id}": { http: "https://backend.example.com/pets/{id}" },
        "PATCH /pets/{id}": {
          http: "https://backend.example.com/pets",
          integration: { path: { id: false } },
          apiKeyRequired: false,
          authorizer: "staff-admins",
        },
        "POST /pets/{id}": {
          aws: { service: "sqs", region: "us-east-1", path: "123456789012/orders" },
          integration: {
            credentials: "arn:aws:iam::123456789012:role/send",
            requestTemplates: { "application/json": "Action=SendMessage&MessageBody=$input.body" },
            passthroughBehavior: "NEVER",
            responses: { "202": {}, "502": { selectionPattern: "5\\\\d{2}" } },
          },
        },
        "PUT /pets/{id}": {
          http: "http://pets.internal/pets",
          integration: {
            vpcLink: "link-a1b2c3",
            timeoutMilliseconds: 3_000,
            headers: { "X-Customer": "context.identity.apiKeyId" },
            path: { id: false },
          },
        },
      },
    },
`);
      expect(stdout).toMatch(/PUT \/pets: has no integration response, so AWS answers 500; it stays as it is in AWS/);
      expect(stdout).not.toContain("keeps authorization");
    });

    test("`--check` passes, and names beforehand what cannot be imported", () => {
      const { code, stdout } = adopt(project, "--check");
      expect([code, stdout]).toEqual([
        0,
        expect.stringMatching(
          /\nTriggers of a deployment cannot be imported, for AWS does not keep them \(pet-store-prod\)/,
        ),
      ]);
      expect(stdout).toContain("pet-store: 25 to import, 0 to add, 0 to change, 0 to destroy\n");
      expect(stdout).toContain("pet-store-prod: 4 to import, 0 to add, 0 to change, 0 to destroy\n");
      expect(stdout).toContain("domains: 5 to import, 0 to add, 0 to change, 0 to destroy\n");
      expect(stdout).toContain("A deploy imports, and changes nothing.\n");
    });

    test("a deploy imports, no stage is deployed again, and a second plan shows no change", () => {
      const before = served();
      project.start();
      for (const stack of stacks) {
        expect(project.terraform(stack).deploy()).toMatch(/\d+ imported, 0 added, 0 changed, 0 destroyed/);
        expect([stack, actionsOf(project.terraform(stack).plan())]).toEqual([stack, []]);
      }
      expect(served()).toBe(before);
    });

    test("the first change of a route deploys the stages again, and names the route", () => {
      project.write(
        "catalog.ts",
        project.text("catalog.ts").replace(/(?<="GET \/pets": {\s+)mock: 200,/, "mock: 200, apiKeyRequired: false,"),
      );
      project.start();
      expect(project.terraform("pet-store").plan().changes.map(updatesOf)).toEqual([
        { api_key_required: [true, false] },
      ]);
      const plan = project.terraform("pet-store-prod").plan();
      expect(actionsOf(plan)).toEqual([
        expect.stringMatching(/^create\+delete aws_api_gateway_deployment\./),
        expect.stringMatching(/^update aws_api_gateway_stage\./),
      ]);
      project.terraform("pet-store-prod").apply();
      expect(actionsOf(project.terraform("pet-store-prod").plan())).toEqual([]);
    });
  });

  test("a catalog that this project deployed is adopted into an equal one", async () => {
    const written = `import { defineCatalog } from "./src";
export const catalog = defineCatalog({
  apis: {
    pets: {
      stages: { prod: { description: "Live", tags: { for: "all" } } },
      gatewayResponses: { QUOTA_EXCEEDED: { statusCode: 402, headers: { "X-Note": "buy more" } } },
      routes: {
        "GET /pets": { mock: { status: 200, body: [{ name: "Rex", price: "$5 #1" }] } },
        "GET /pets/{id}": { http: "https://backend.example.com/pets/{id}" },
        "GET /health": { mock: 204, apiKeyRequired: false },
      },
    },
  },
  tiers: {
    gold: {
      displayName: "Gold & more", description: "All", closed: true, tags: { price: "1" },
      access: { pets: "*" },
      throttle: { rateLimit: 0.5, burstLimit: 20 },
      quota: { limit: 1000, period: "MONTH", offset: 3 },
      methodThrottle: { pets: { "GET /pets": { rateLimit: 1, burstLimit: 2 } } },
    },
    trial: { access: {}, quota: { limit: 5, period: "DAY" } },
  },
  subscriptions: {
    "joe-black": { tier: "gold", customer: "Joe \\"the\\" Black", additionalTiers: { trial: "trial" } },
    "zoe@example.com": { tier: "trial", enabled: false, tags: { region: "eu" } },
    "acme.inc": { tier: "gold", marketplaceCustomerId: "c-1" },
  },
});
`;
    const deployed = await Workspace.open({ emulator, region: "eu-west-1" });
    const adopted = await Workspace.open({ emulator, region: "eu-west-1" });
    try {
      deployed.copyProject();
      deployed.write("catalog.ts", written);
      deployed.start();
      adopted.copyProjectWithoutCatalog();
      for (const stack of ["pets", "pets-prod", "access"]) {
        deployed.terraform(stack).init();
        deployed.terraform(stack).deploy();
      }
      expect(adopt(adopted, "--definitions", "--unpaced")).toMatchObject({ code: 0 });
      expect(catalogOf(adopted)).toEqual(catalogOf(deployed));
      const { code, stdout } = adopt(adopted, "--check");
      expect([code, stdout]).toEqual([0, expect.stringContaining("A deploy imports, and changes nothing.")]);
    } finally {
      await deployed.close();
      await adopted.close();
    }
  });
});
