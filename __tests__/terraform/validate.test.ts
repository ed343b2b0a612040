import { join, resolve } from "node:path";
import { App } from "cdktf";
import { catalog } from "../../catalog";
import { TierStacks } from "../../src";
import { everything } from "../support/everything";
import { describeWith } from "../support/requirements";
import { runOrFail, TYPESCRIPT } from "../support/run";
import { withFolder } from "../support/synthesize";
import { allValid, validateAll, validateStacks } from "../support/validate-stacks";

describeWith(["terraform"], "the real provider finds nothing wrong with", () => {
  jest.setTimeout(120_000);

  test("any kind of stack of the sample", () => {
    withFolder((folder) => {
      const app = new App({ outdir: join(folder, "cdktf.out") });
      new TierStacks(app, catalog);
      app.synth();
      const results = validateAll(folder, ["access", "journal", "meditations", "meditations-prod"]);
      expect(results).toEqual(allValid(results));
    });
  });

  test("any kind of stack of a catalog that uses every word of the vocabulary", () => {
    const kinds = ["account", "pets", "pets-prod", "toys-live", "pets-beta", "access", "access-emea"];
    const results = validateStacks(kinds, everything, {
      tags: { team: "platform" },
      region: "eu-central-1",
      accountLogging: true,
    });
    expect(results).toEqual(allValid(results));
  });

  test("a stack whose state, and that of the stack that it refers to, stands in S3", () => {
    const { legacy } = everything.apis;
    const written = { apis: { legacy }, tiers: { free: everything.tiers.free }, cohorts: { emea: {} } };
    const subscriptions = { zoe: { tier: "free", cohort: "emea" } };
    const state = {
      bucket: "acme-states",
      region: "eu-central-1",
      kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/3f2c1b7a-9c4d-4e5f-8a6b-0d1e2f3a4b5c",
    };
    const results = validateStacks(["access-emea"], { ...written, subscriptions }, { state });
    expect(results).toEqual(allValid(results));
  });

  test.each(["one-stack", "existing-api", "subscriptions-from-csv", "weather"])(
    "any stack of the example %s",
    (name) => {
      withFolder((folder) => {
        runOrFail("node", [...TYPESCRIPT, resolve("examples", name, "main.ts")], {
          env: { CDKTF_OUTDIR: join(folder, "cdktf.out") },
        });
        const kinds: Record<string, string[]> = {
          "one-stack": ["pet-shop"],
          "existing-api": ["access"],
          weather: ["weather", "weather-prod", "domains", "access"],
        };
        const stacks = kinds[name] ?? ["access-emea"];
        const results = validateAll(folder, stacks);
        expect(results).toEqual(allValid(results));
      });
    },
  );
});
