import { ACCESS_LOG_FIELDS } from "../../src";
import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { actionsOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

const apis = {
  pets: {
    cors: {
      allowOrigin: ["https://app.example.com", "https://admin.example.com"],
      exposeHeaders: ["x-amzn-RequestId"],
      maxAgeSeconds: 600,
    },
    gatewayResponses: {
      THROTTLED: {
        headers: { "Retry-After": "1", "X-Note": "${not a reference}" },
        template: '{"message":$context.error.messageString,"id":"$context.requestId"}',
      },
      INVALID_API_KEY: { statusCode: 401 },
    },
    stages: {
      prod: {
        accessLog: {
          retentionDays: 14,
          format: { ...ACCESS_LOG_FIELDS, integrationError: "$context.integration.error" },
        },
        alarms: {
          topicArn: "arn:aws:sns:us-east-1:123456789012:on-call",
          clientErrors: true,
          serverErrors: { percent: 0.57, minutes: 1 },
          tooManyRequests: true,
          latency: { percentile: 99.5 },
          integrationLatency: true,
          accountRate: true,
        },
        dashboard: true,
        settings: { metrics: true, logLevel: "ERROR", throttle: { rateLimit: 5, burstLimit: 10 } },
        domains: [{ name: "api.example.com", basePath: "v1" }],
      },
    },
    routes: { "GET /pets": { mock: 200 }, "GET /pets/{id}": { http: "https://backend.example.com/pets/{id}" } },
  },
};

describeWith(["terraform", "emulator"], "answers that clients need", () => {
  const stacks = ["account", "pets", "pets-prod", "access", "domains"];
  let workspace: Workspace;
  const terraform = (stack: string) => workspace.terraform(stack);

  function write(written: unknown): void {
    const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/a-1";
    const domainNames = { "api.example.com": { certificateArn } };
    workspace.synthesize(petShop({ apis: written, tiers: {}, domainNames }), { accountLogging: true });
  }

  beforeAll(async () => {
    workspace = await Workspace.open();
    write(apis);
  });
  afterAll(() => workspace.close());

  test.each(stacks)("are deployed with the stack %s", (stack) => {
    terraform(stack).init();
    expect(terraform(stack).deploy()).toContain("Apply complete!");
  });

  test.each(stacks)("are as they were asked for: a second plan of %s changes nothing", (stack) => {
    expect(actionsOf(terraform(stack).plan())).toEqual([]);
  });

  test("go with a retired stage in the order that AWS accepts", () => {
    const { pets } = apis;
    write({ pets: { ...pets, stages: { prod: { ...pets.stages.prod, retired: true } } } });
    terraform("domains").deploy();
    const log = terraform("pets-prod").deploy();
    const started = (type: string) => log.search(new RegExp(`aws_api_gateway_${type}\\..*: Destroying`));
    const gone = (type: string) => log.search(new RegExp(`aws_api_gateway_${type}\\..*: Destruction complete`));
    const order: [string, string][] = [
      ["method_settings", "stage"],
      ["stage", "deployment"],
    ];
    for (const [first, then] of order) {
      expect(gone(first)).toBeGreaterThan(0);
      expect([first, then, gone(first) < started(then)]).toEqual([first, then, true]);
    }
  });
});
