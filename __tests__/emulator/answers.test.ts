import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { TierStacks } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { Emulator } from "../support/emulator";
import { describeWith } from "../support/requirements";
import { actionsOf, stackFolder, Terraform } from "../support/terraform";

jest.setTimeout(240_000);

const apis = {
  pets: {
    cors: { allowOrigin: "https://app.example.com", exposeHeaders: ["x-amzn-RequestId"], maxAgeSeconds: 600 },
    gatewayResponses: {
      THROTTLED: {
        headers: { "Retry-After": "1", "X-Note": "${not a reference}" },
        template: '{"message":$context.error.messageString,"id":"$context.requestId"}',
      },
      INVALID_API_KEY: { statusCode: 401 },
    },
    stages: {
      prod: {
        accessLog: { retentionDays: 14 },
        settings: { metrics: true, logLevel: "ERROR", throttle: { rateLimit: 5, burstLimit: 10 } },
        domain: {
          name: "api.example.com",
          certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a-1",
          basePath: "v1",
        },
      },
    },
    routes: { "GET /pets": { mock: 200 }, "GET /pets/{id}": { http: "https://backend.example.com/pets/{id}" } },
  },
};

describeWith(["terraform", "emulator"], "answers that clients need", () => {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-answers-"));
  const stacks = ["account", "pets", "pets-prod"];
  let emulator: Emulator;
  let terraform: (stack: string) => Terraform;

  beforeAll(async () => {
    emulator = await Emulator.start();
    const env = { ...emulator.env, CHECKPOINT_DISABLE: "1" };
    terraform = (stack) => new Terraform(stackFolder(folder, stack), env);
    const app = new App({ outdir: join(folder, "cdktf.out") });
    new TierStacks(app, defineUnchecked(petShop({ apis, tiers: {} })), { accountLogging: true });
    app.synth();
  });
  afterAll(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });

  test.each(stacks)("are deployed with the stack %s", (stack) => {
    terraform(stack).init();
    terraform(stack).plan();
    expect(terraform(stack).apply()).toContain("Apply complete!");
  });

  test.each(stacks)("are as they were asked for: a second plan of %s changes nothing", (stack) => {
    expect(actionsOf(terraform(stack).plan())).toEqual([]);
  });
});
