import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { TierStacks, type TierStacksProps } from "../../src/terraform/stacks/tier-stacks";
import { defineUnchecked } from "./catalogs";
import { type SharedProvider, shareProvider } from "./shared-provider";
import { type Json, withFolder, withoutStackTraces } from "./synthesize";
import { stackFolder, Terraform } from "./terraform";

let provider: SharedProvider | undefined;
beforeAll(async () => {
  provider = await shareProvider();
});
afterAll(() => provider?.stop());

/** What Terraform says of every stack that was synthesized in a folder. */
export function validateAll(folder: string, stacks: readonly string[]): Record<string, Json> {
  // Where the provider is not shared, it is downloaded once for all of them.
  const env = { TF_DATA_DIR: join(folder, ".terraform"), ...provider?.env };
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

/** The same of stacks of a catalog, by name. */
export function validateStacks(
  stacks: readonly string[],
  written: unknown,
  props?: TierStacksProps,
): Record<string, Json> {
  return withFolder((folder) => {
    const app = new App({ outdir: join(folder, "cdktf.out") });
    withoutStackTraces(() => {
      new TierStacks(app, defineUnchecked(written), props);
      app.synth();
    });
    return validateAll(folder, stacks);
  });
}

/** That result, for stacks in which nothing is wrong. */
export const allValid = (results: Record<string, Json>) =>
  Object.fromEntries(
    Object.keys(results).map((stack) => [stack, expect.objectContaining({ valid: true, diagnostics: [] })]),
  );
