import { cpSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { catalog } from "../../catalog";
import { TierStacks, type TierStacksProps } from "../../src";
import { defineUnchecked } from "../support/catalogs";
import { everything } from "../support/everything";
import { describeWith } from "../support/requirements";
import { runOrFail } from "../support/run";
import { type Json, withFolder } from "../support/synthesize";
import { stackFolder, Terraform } from "../support/terraform";

/** What Terraform says of every stack that was synthesized in a folder. */
function validateAll(folder: string, stacks: readonly string[]): Record<string, Json> {
  // One download of the provider for all of them.
  const env = { TF_DATA_DIR: join(folder, ".terraform") };
  const [first] = stacks;
  return Object.fromEntries(
    stacks.map((stack) => {
      const terraform = new Terraform(stackFolder(folder, stack), env);
      const lock = (name: string) => join(stackFolder(folder, name), ".terraform.lock.hcl");
      if (first !== undefined && existsSync(lock(first))) cpSync(lock(first), lock(stack));
      terraform.init("-backend=false");
      return [stack, terraform.validate()];
    }),
  );
}

function validateStacks(stacks: readonly string[], written: unknown, props?: TierStacksProps): Record<string, Json> {
  return withFolder((folder) => {
    const app = new App({ outdir: join(folder, "cdktf.out") });
    new TierStacks(app, defineUnchecked(written), props);
    app.synth();
    return validateAll(folder, stacks);
  });
}

const allValid = (results: Record<string, Json>) =>
  Object.fromEntries(
    Object.keys(results).map((stack) => [stack, expect.objectContaining({ valid: true, diagnostics: [] })]),
  );

describeWith(["terraform"], "the real provider finds nothing wrong with", () => {
  jest.setTimeout(120_000);

  test("any stack of the sample", () => {
    withFolder((folder) => {
      const app = new App({ outdir: join(folder, "cdktf.out") });
      const stacks = [...new TierStacks(app, catalog).stacks.keys()];
      app.synth();
      const results = validateAll(folder, stacks);
      expect(results).toEqual(allValid(results));
      expect(Object.keys(results).sort()).toEqual([
        "access",
        "journal",
        "journal-prod",
        "meditations",
        "meditations-prod",
        "meditations-test",
      ]);
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

  test.each(["one-stack", "existing-api", "subscriptions-from-csv"])("any stack of the example %s", (name) => {
    withFolder((folder) => {
      runOrFail("npx", ["ts-node", resolve("examples", name, "main.ts")], {
        env: { CDKTF_OUTDIR: join(folder, "cdktf.out") },
      });
      const stacks = { "one-stack": ["pet-shop"], "existing-api": ["access"] }[name] ?? ["access-emea"];
      const results = validateAll(folder, stacks);
      expect(results).toEqual(allValid(results));
    });
  });
});
