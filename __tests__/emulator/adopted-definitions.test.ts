import type { Catalog } from "../../src";
import { gatewayOf, HandMadeApi } from "../support/hand-made-account";
import { describeWith } from "../support/requirements";
import { type RunResult, runOrFail, TYPESCRIPT } from "../support/run";
import { actionsOf, updatesOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(180_000);

const adopt = (workspace: Workspace, ...args: string[]): RunResult => workspace.cli("adopt", ...args);
function catalogOf(workspace: Workspace): Catalog {
  const program = 'console.log(JSON.stringify(require("./catalog").catalog))';
  return JSON.parse(runOrFail("node", [...TYPESCRIPT, "-e", program], { cwd: workspace.folder }).stdout);
}

describeWith(["terraform", "emulator"], "adopting the definitions of APIs", () => {
  const USER_POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_staff";
  describe("of an account that was built by hand", () => {
    let project: Workspace;
    let api: string;
    const stacks = ["pet-store", "pet-store-prod", "domains"];
    const served = () =>
      project.aws("apigateway", "get-stage", "--rest-api-id", api, "--stage-name", "prod").deploymentId;

    beforeAll(async () => {
      project = await Workspace.open();
      project.copyProjectWithoutCatalog();
      const gateway = gatewayOf(project);
      const pets = await HandMadeApi.create(gateway, { name: "Pet Store", description: "By hand" });
      api = pets.id;
      const restApiId = api;
      const key = { apiKeyRequired: true };
      await pets.method(
        "GET /pets",
        key,
        {
          type: "MOCK",
          requestTemplates: { "application/json": '{"statusCode": 200}' },
          passthroughBehavior: "WHEN_NO_MATCH",
        },
        { "200": { template: "Hello", models: { "application/json": "Empty" } } },
      );
      const lambda = { integrationHttpMethod: "POST", uri: pets.invoke("pets") };
      await pets.method("POST /pets", {}, { type: "AWS_PROXY", ...lambda });
      await pets.method("PUT /pets", {}, { type: "AWS", ...lambda });
      await pets.method(
        "GET /pets/{id}",
        { ...key, requestParameters: { "method.request.path.id": true } },
        {
          type: "HTTP_PROXY",
          integrationHttpMethod: "GET",
          uri: "https://backend.example.com/pets/{id}",
          requestParameters: { "integration.request.path.id": "method.request.path.id" },
        },
      );
      const { id: connectionId } = await gateway.createVpcLink({
        name: "into the VPC",
        targetArns: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/pets/0a1b2c3d4e5f6a7b"],
      });
      await pets.method("PUT /pets/{id}", key, {
        type: "HTTP_PROXY",
        integrationHttpMethod: "PUT",
        uri: "http://pets.internal/pets",
        connectionType: "VPC_LINK",
        connectionId,
        requestParameters: { "integration.request.header.X-Customer": "context.identity.apiKeyId" },
        timeoutInMillis: 3_000,
      });
      await pets.method(
        "POST /pets/{id}",
        key,
        {
          type: "AWS",
          integrationHttpMethod: "POST",
          passthroughBehavior: "NEVER",
          uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/orders",
          credentials: "arn:aws:iam::123456789012:role/send",
          requestTemplates: { "application/json": "Action=SendMessage&MessageBody=$input.body" },
        },
        { "202": { pattern: "" }, "502": { pattern: "5\\d{2}" } },
      );
      await pets.method(
        "DELETE /pets/{id}",
        { authorizationType: "AWS_IAM" },
        { type: "HTTP_PROXY", integrationHttpMethod: "POST", uri: "https://backend.example.com/gone" },
      );
      const staff = await gateway.createAuthorizer({
        restApiId,
        name: "Staff & admins",
        type: "COGNITO_USER_POOLS",
        providerARNs: [USER_POOL],
        identitySource: "method.request.header.Authorization",
      });
      const model = (name: string, schema: object, description?: string) =>
        gateway.createModel({
          ...{ restApiId, name, description, contentType: "application/json" },
          schema: JSON.stringify(schema, undefined, 2),
        });
      const url = `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Owner`;
      await model("Owner", { type: "object", description: "Who keeps pets" }, "Who keeps pets");
      await model("Pet", { properties: { owner: { $ref: url } } });
      await model("Unused", { type: "object" });
      const { id: requestValidatorId } = await gateway.createRequestValidator({
        ...{ restApiId, name: "body", validateRequestBody: true },
      });
      const checked = { requestValidatorId, requestModels: { "application/json": "Pet" } };
      await pets.method(
        "PATCH /pets/{id}",
        { authorizationType: "COGNITO_USER_POOLS", authorizerId: staff.id, ...checked },
        { type: "HTTP_PROXY", integrationHttpMethod: "PATCH", uri: "https://backend.example.com/pets" },
      );
      await gateway.putGatewayResponse({
        restApiId,
        responseType: "THROTTLED",
        responseParameters: { "gatewayresponse.header.Retry-After": "'1'" },
      });
      await pets.deploy("prod", { description: "The first" });
      const ofMethod = (path: string, metrics: boolean, level: string, rate: number) => ({
        [`${path}/metrics/enabled`]: String(metrics),
        [`${path}/logging/loglevel`]: level,
        [`${path}/throttling/rateLimit`]: String(rate),
        [`${path}/throttling/burstLimit`]: String(2 * rate),
      });
      await pets.set("prod", {
        "variables/a": "b",
        ...ofMethod("*/*", true, "INFO", 5),
        ...ofMethod("~1pets/GET", false, "OFF", 1),
      });
      const named = {
        regionalCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a-1",
        endpointConfiguration: { types: ["REGIONAL" as const] },
        securityPolicy: "TLS_1_2" as const,
      };
      await gateway.createDomainName({ ...named, domainName: "api.example.com", tags: { team: "pets" } });
      await gateway.createDomainName({
        ...named,
        domainName: "partners.example.com",
        mutualTlsAuthentication: { truststoreUri: "s3://acme-truststore/clients.pem", truststoreVersion: "v-1" },
      });
      const lead = { restApiId, stage: "prod" };
      for (const basePath of ["v1", "v2"])
        await gateway.createBasePathMapping({ ...lead, domainName: "api.example.com", basePath });
      await gateway.createBasePathMapping({ ...lead, domainName: "partners.example.com" });
      await gateway.createUsagePlan({
        name: "gold",
        throttle: { rateLimit: 1, burstLimit: 2 },
        apiStages: [{ apiId: api, stage: "prod" }],
      });
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
      models: {
        Owner: { type: "object", description: "Who keeps pets" },
        Pet: { properties: { owner: { $ref: "#/models/Owner" } } },
      },
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
          request: { body: { $ref: "#/models/Pet" } },
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
      expect(stdout).toContain("pet-store: 28 to import, 0 to add, 0 to change, 0 to destroy\n");
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
    const deployed = await Workspace.open();
    const adopted = await Workspace.open({ emulator: deployed.emulator });
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
      await adopted.close();
      await deployed.close();
    }
  });
});
